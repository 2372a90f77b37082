package site_test

import (
	"strings"
	"testing"

	"lectern"
	"lectern/internal/app"
)

func TestAnOrderThatIsSetIsFollowedEverywhere(t *testing.T) {
	d := open(t, app.Config{})
	topic := d.topic("Parcels", 0, nil)
	a, b, c := d.article("Aardvark", topic), d.article("Badger", topic), d.article("Caribou", topic)
	pages := []string{
		"/help/en/collections/" + number(topic) + "-parcels", "/help/en/collections/" + number(topic) + "-parcels.md",
		"/help/en/llms.txt", "/help/en/collections/" + number(topic) + "/llms.txt",
	}
	order := func(at string) string {
		text := d.ask("GET", at, "").Body.String()
		if _, list, ok := strings.Cut(text, "<main"); ok {
			text = list
		}
		var names string
		for text != "" {
			found := ""
			for _, name := range []string{"Aardvark", "Badger", "Caribou"} {
				if i := strings.Index(text, name); i >= 0 && (found == "" || i < strings.Index(text, found)) {
					found = name
				}
			}
			if found == "" {
				return names
			}
			if !strings.Contains(names, found[:1]) {
				names += found[:1]
			}
			_, text, _ = strings.Cut(text, found)
		}
		return names
	}
	for _, want := range []struct {
		first []lectern.ArticleID
		order string
	}{{nil, "ABC"}, {[]lectern.ArticleID{c, a}, "CAB"}, {[]lectern.ArticleID{b}, "BCA"}} {
		_, err := d.store.OrderCollection(t.Context(), d.by, topic, lectern.Order{Articles: want.first})
		d.must(err)
		for _, at := range pages {
			if got := order(at); got != want.order {
				t.Errorf("%s lists %s, want %s", at, got, want.order)
			}
		}
	}
	p, err := d.store.Page(t.Context(), lectern.Visit{Workspace: d.by.Workspace, HelpCenter: d.home.ID, Locale: "en"}, c)
	d.must(err)
	if p.Previous == nil || p.Next == nil || p.Previous.ID != b || p.Next.ID != a {
		t.Errorf("neighbours %v and %v", p.Previous, p.Next)
	}
}
