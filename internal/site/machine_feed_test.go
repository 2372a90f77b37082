package site_test

import (
	"encoding/xml"
	"slices"
	"strings"
	"testing"
)

// An atom is what a reader of feeds finds.
type atom struct {
	Lang    string `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	ID      string `xml:"id"`
	Title   string `xml:"title"`
	Updated string `xml:"updated"`
	Entries []struct {
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Updated string `xml:"updated"`
		Summary string `xml:"summary"`
		Author  string `xml:"author>name"`
		Links   []struct {
			Type string `xml:"type,attr"`
			Href string `xml:"href,attr"`
		} `xml:"link"`
	} `xml:"entry"`
}

func (d *desk) feed(at string) (f atom) {
	d.Helper()
	p := d.read(200, at)
	if kind := p.Header().Get("Content-Type"); kind != "application/atom+xml; charset=utf-8" {
		d.Errorf("%s is %s", at, kind)
	}
	wellFormed(d, p.Body.Bytes())
	d.must(xml.Unmarshal(p.Body.Bytes(), &f))
	return f
}

func (f atom) titles() (list []string) {
	for _, e := range f.Entries {
		list = append(list, e.Title)
	}
	return list
}

func TestAFeedNamesWhatChangedLastInItsLanguage(t *testing.T) {
	d := forMachines(t)
	f := d.feed("/help/en/feed.atom")
	if got, want := f.titles(), []string{"Only English", "First steps"}; !slices.Equal(got, want) {
		t.Errorf("entries %q, want %q", got, want)
	}
	if f.Lang != "en" || f.Title != "Larkpost Help" || f.ID != "http://help.test/help/en/feed.atom" || f.Updated != "2026-11-12T11:00:00Z" {
		t.Errorf("feed %q %q %q %q", f.Lang, f.Title, f.ID, f.Updated)
	}
	e := f.Entries[1]
	if e.Author != "Ada Lovelace" || e.Summary != "What First steps is about." || e.Updated != "2026-11-12T10:00:00Z" || strings.Contains(e.ID, "steps") {
		t.Errorf("entry %+v", e)
	}
	for _, x := range e.Links {
		if kind := d.read(200, strings.TrimPrefix(x.Href, "http://help.test")).Header().Get("Content-Type"); !strings.HasPrefix(kind, x.Type) {
			t.Errorf("%s is %s, the feed says %s", x.Href, kind, x.Type)
		}
	}
	if got := d.feed("/help/de/feed.atom").titles(); !slices.Equal(got, []string{"Erste Schritte"}) {
		t.Errorf("entries in German %q", got)
	}
	if got := d.feed("/help/ar/feed.atom").titles(); got != nil {
		t.Errorf("entries in Arabic %q", got)
	}
}

func TestACollectionHasAFeedOfItsOwnThatItsPageNames(t *testing.T) {
	d := forMachines(t)
	inner := d.topic("Another", 0, nil)
	d.article("In another", inner)
	p := d.read(200, "/help/en/collections/"+number(inner)+"-another")
	feeds := p.values("link[type=application/atom+xml]", "href")
	if len(feeds) != 1 {
		t.Fatalf("feeds %q", feeds)
	}
	if got := d.feed(strings.TrimPrefix(feeds[0], "http://help.test")).titles(); !slices.Equal(got, []string{"In another"}) {
		t.Errorf("entries %q", got)
	}
	d.read(404, "/help/en/collections/999/feed.atom")
	d.read(404, "/help/en/collections/x/feed.atom")
}
