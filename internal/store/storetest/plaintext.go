package storetest

import (
	"errors"

	"lectern"
)

// unstorable are texts that not every database can keep.
var unstorable = []string{"a\x00b", "\x00", "a\xffb", "\xc3"}

var plainTextTests = []test{
	{"a text that not every database can keep is refused", func(b *bed) {
		b.equal("events", b.happened(func() {
			for _, s := range unstorable {
				_, err := b.store.AddTag(b.ctx, b.by, s)
				_, err2 := b.store.AddTeam(b.ctx, b.by, lectern.Team{Name: s})
				_, err3 := b.store.AddFolder(b.ctx, b.by, &lectern.FolderEdit{Name: new(s)})
				for _, err := range []error{err, err2, err3} {
					if !errors.Is(err, lectern.Invalid) {
						b.Errorf("%q: error %v, want invalid", s, err)
					}
				}
			}
		}), "")
	}},
	{"a text that no database can keep is looked for in vain", func(b *bed) {
		b.article("a", "b")
		for _, s := range unstorable {
			_, _, err := b.store.HelpCenterByIdentifier(b.ctx, s)
			b.refused(err, lectern.NotFound, "")
			at, err := b.store.RedirectsAt(b.ctx, b.ws, b.home.ID, s)
			if len(at) != 0 || err != nil {
				b.Errorf("%d redirects, error %v", len(at), err)
			}
			events, total, err := b.store.Events(b.ctx, b.ws, lectern.EventQuery{Kinds: []lectern.EventKind{lectern.EventKind(s)}})
			if len(events) != 0 || total != 0 || err != nil {
				b.Errorf("%d events, total %d, error %v", len(events), total, err)
			}
			_, _, err = b.store.SearchArticles(b.ctx, b.ws, lectern.SearchQuery{Phrase: s, Limit: 5})
			b.must(err)
		}
	}},
}
