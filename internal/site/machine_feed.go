package site

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"

	"lectern"
)

// feedEntries is how many articles a feed names: those changed last.
const feedEntries = 50

// An atomFeed is a feed as RFC 4287 has it.
type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"xml:lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle,omitempty"`
	Updated  string      `xml:"updated"`
	Author   atomPerson  `xml:"author"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  *atomPerson `xml:"author"`
	Summary string      `xml:"summary,omitempty"`
	Links   []atomLink  `xml:"link"`
	Topics  []atomTopic `xml:"category"`
}

type atomTopic struct {
	Term string `xml:"term,attr"`
}

// feed answers GET /{locale}/feed.atom.
func (s *Site) feed(c *call) (*answer, error) {
	f := atomFeed{Title: s.siteName(c), Updated: stamp(c.center.UpdatedAt)}
	f.Links = []atomLink{{"alternate", "text/html", c.homeAddress(c.locale)}}
	return s.finishFeed(c, f, 0, "/"+string(c.locale)+"/feed.atom")
}

// collectionFeed answers GET /{locale}/collections/{…}/feed.atom.
func (s *Site) collectionFeed(c *call) (*answer, error) {
	id, ok := leadingID(c.step)
	if !ok {
		return s.gone(c)
	}
	topic, err := s.store.CollectionPage(c.Context(), c.visit(), lectern.CollectionID(id))
	if err != nil {
		return s.orGone(c, err)
	}
	at := c.collectionURL(topic.ID, topic.Name)[len(c.root):]
	f := atomFeed{Title: topic.Name + " | " + s.siteName(c), Subtitle: topic.Description, Updated: stamp(topic.UpdatedAt)}
	f.Links = []atomLink{{"alternate", "text/html", escaped(c.canonical(at))}}
	return s.finishFeed(c, f, topic.ID, fmt.Sprintf("/%s/collections/%d/feed.atom", c.locale, topic.ID))
}

// finishFeed adds the articles of a collection, or of all, to the feed at path.
func (s *Site) finishFeed(c *call, f atomFeed, of lectern.CollectionID, path string) (*answer, error) {
	rows, err := s.store.Latest(c.Context(), c.visit(), of, feedEntries)
	if err != nil {
		return s.orGone(c, err)
	}
	self := escaped(c.canonical(path))
	f.Lang, f.ID, f.Author.Name = string(c.locale), self, s.siteName(c)
	f.Links = append(f.Links, atomLink{"self", "application/atom+xml", self})
	for i, r := range rows {
		e := atomEntry{
			// Without the words of the title, which may change.
			ID:    escaped(c.canonical("/" + string(c.locale) + "/articles/" + strconv.FormatInt(int64(r.ID), 10))),
			Title: r.Title, Updated: stamp(r.UpdatedAt), Summary: r.Description,
		}
		at := c.articleAddress(c.locale, r.ID, r.Title)
		e.Links = []atomLink{{"alternate", "text/html", at}, {"alternate", "text/markdown", at + ".md"}}
		if r.Author.Name != "" {
			e.Author = &atomPerson{r.Author.Name}
		}
		if n := len(r.Path); n > 0 {
			e.Topics = []atomTopic{{r.Path[n-1].Name}}
		}
		if f.Entries = append(f.Entries, e); i == 0 {
			f.Updated = e.Updated
		}
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(f); err != nil {
		return nil, fmt.Errorf("write the feed: %w", err)
	}
	b.WriteByte('\n')
	return made(atomKind, b.Bytes()), nil
}
