package storetest

import (
	"context"
	"errors"
	"time"

	"lectern"
)

var helpCenterTests = []test{
	{"a help center comes back as added", func(b *bed) {
		want := lectern.HelpCenter{
			Identifier: "docs", DisplayName: "Docs", WebsiteTurnedOn: true, CustomDomain: "docs.example.com",
			DefaultLocale: "de", Locales: []lectern.Locale{"fr", "de", "pt-BR"}, LocalesFixed: true,
			DomainSeenAt: time.Unix(1_700_000_000, 0).UTC(), DomainSecure: true,
		}
		made, err := b.store.AddHelpCenter(b.ctx, b.by, want)
		b.must(err)
		want.ID, want.CreatedAt, want.UpdatedAt = made.ID, b.clock.seconds(), b.clock.seconds()
		want.Locales = []lectern.Locale{"de", "fr", "pt-BR"} // the default one first
		b.equal("what AddHelpCenter returns", *made, want)
		got, err := b.store.HelpCenter(b.ctx, b.ws, made.ID)
		b.must(err)
		b.equal("what HelpCenter returns", *got, want)
		_, err = b.store.HelpCenter(b.ctx, b.ws, made.ID+1000)
		b.refused(err, lectern.NotFound, "")
	}},
	{"an identifier is one help center's in the whole installation", func(b *bed) {
		o := b.another()
		b.equal("events", b.happened(func() {
			_, err := b.store.AddHelpCenter(b.ctx, b.by, lectern.HelpCenter{Identifier: "other", DefaultLocale: "en"})
			b.refused(err, lectern.Conflict, "")
			_, err = b.store.UpdateHelpCenter(b.ctx, b.by, b.home.ID, func(h *lectern.HelpCenter) error {
				h.Identifier = o.home.Identifier
				return nil
			})
			b.refused(err, lectern.Conflict, "")
		}), "")
	}},
	{"a help center is found by its identifier and its domain in every workspace", func(b *bed) {
		o := b.another()
		made := func(x *bed, identifier, domain string) *lectern.HelpCenter {
			h, err := x.store.AddHelpCenter(x.ctx, x.by, lectern.HelpCenter{Identifier: identifier, CustomDomain: domain, DefaultLocale: "en"})
			x.must(err)
			return h
		}
		docs := made(o, "docs", "Docs.Example.com")
		for _, domain := range []string{"docs.example.com", "DOCS.example.com"} { // in use
			_, err := b.store.AddHelpCenter(b.ctx, b.by, lectern.HelpCenter{Identifier: "late", CustomDomain: domain, DefaultLocale: "en"})
			b.refused(err, lectern.Conflict, "")
			_, err = b.store.UpdateHelpCenter(b.ctx, b.by, b.home.ID, func(h *lectern.HelpCenter) error {
				h.CustomDomain = domain
				return nil
			})
			b.refused(err, lectern.Conflict, "")
		}
		for _, c := range []struct {
			find  func(context.Context, string) (lectern.WorkspaceID, *lectern.HelpCenter, error)
			name  string
			owner lectern.WorkspaceID
			want  *lectern.HelpCenter // nil for none
		}{
			{b.store.HelpCenterByIdentifier, b.home.Identifier, b.ws, b.home},
			{b.store.HelpCenterByIdentifier, o.home.Identifier, o.ws, o.home},
			{b.store.HelpCenterByIdentifier, "docs", o.ws, docs},
			{b.store.HelpCenterByIdentifier, "Docs", 0, nil},
			{b.store.HelpCenterByIdentifier, "docs.example.com", 0, nil},
			{b.store.HelpCenterByIdentifier, "", 0, nil},
			{b.store.HelpCenterByDomain, "docs.example.com", o.ws, docs},
			{b.store.HelpCenterByDomain, "DOCS.example.com", o.ws, docs},
			{b.store.HelpCenterByDomain, "example.com", 0, nil},
			{b.store.HelpCenterByDomain, "docs", 0, nil},
			{b.store.HelpCenterByDomain, "", 0, nil},
		} {
			ws, h, err := c.find(b.ctx, c.name)
			if c.want == nil {
				b.refused(err, lectern.NotFound, "")
				continue
			}
			b.must(err)
			b.equal("workspace of "+c.name, ws, c.owner)
			b.equal("help center of "+c.name, h.ID, c.want.ID)
			b.equal("domain of "+c.name, h.CustomDomain, c.want.CustomDomain)
		}
	}},
	{"a language that writing switched on goes with its last text", func(b *bed) {
		locales := func() []lectern.Locale {
			h, err := b.store.HelpCenter(b.ctx, b.ws, b.home.ID)
			b.must(err)
			return h.Locales
		}
		french := func() *lectern.Article {
			edit := b.edit("T", "", lectern.Draft)
			edit.Texts = map[lectern.Locale]lectern.ArticleTextEdit{"fr": {Title: new("F")}}
			a, err := b.store.AddArticle(b.ctx, b.by, edit)
			b.must(err)
			return a
		}
		one, two := french(), french()
		c, err := b.store.AddCollection(b.ctx, b.by, &lectern.CollectionEdit{
			CollectionTextEdit: lectern.CollectionTextEdit{Name: new("C")},
			Texts:              map[lectern.Locale]lectern.CollectionTextEdit{"fr": {Name: new("F")}, "ja": {Name: new("J")}},
		})
		b.must(err)
		b.equal("locales", locales(), []lectern.Locale{"en", "fr", "ja"})
		b.must(b.store.DeleteArticle(b.ctx, b.by, one.ID))
		b.equal("locales with more texts", locales(), []lectern.Locale{"en", "fr", "ja"})
		b.must(b.store.DeleteCollection(b.ctx, b.by, c.ID))
		b.equal("locales without the collection's", locales(), []lectern.Locale{"en", "fr"})
		b.must(b.store.DeleteArticle(b.ctx, b.by, two.ID))
		b.equal("locales without any", locales(), []lectern.Locale{"en"})

		_, err = b.store.UpdateHelpCenter(b.ctx, b.by, b.home.ID, func(h *lectern.HelpCenter) error {
			return h.Apply(&lectern.HelpCenterEdit{Locales: &[]lectern.Locale{"en", "fr"}}, b.clock.seconds())
		})
		b.must(err)
		b.must(b.store.DeleteArticle(b.ctx, b.by, french().ID))
		b.equal("locales that the operator switched on", locales(), []lectern.Locale{"en", "fr"})
	}},
	{"the default help center is listed first", func(b *bed) {
		docs := b.center("docs")
		_, err := b.store.UpdateHelpCenter(b.ctx, b.by, docs.ID, func(h *lectern.HelpCenter) error {
			h.Default = true
			return nil
		})
		b.must(err)
		list, err := b.store.HelpCenters(b.ctx, b.ws)
		b.must(err)
		if len(list) != 2 || list[0].ID != docs.ID || !list[0].Default || list[1].Default {
			b.Errorf("help centers %+v, %+v", list[0], list[1])
		}
	}},
	{"a new default takes over what has no parent, with its languages", func(b *bed) {
		edit := b.edit("T", "", lectern.Draft)
		edit.Texts = map[lectern.Locale]lectern.ArticleTextEdit{"fr": {Title: new("F")}}
		loose, err := b.store.AddArticle(b.ctx, b.by, edit)
		b.must(err)
		edit = b.edit("T", "", lectern.Draft)
		edit.Parents = &[]lectern.CollectionID{b.collection("C", 0).ID}
		kept, err := b.store.AddArticle(b.ctx, b.by, edit)
		b.must(err)
		docs, err := b.store.AddHelpCenter(b.ctx, b.by, lectern.HelpCenter{Identifier: "docs", DefaultLocale: "en", Default: true})
		b.must(err)
		b.equal("locales", docs.Locales, []lectern.Locale{"en", "fr"})
		for a, want := range map[lectern.ArticleID]lectern.HelpCenterID{loose.ID: docs.ID, kept.ID: b.home.ID} {
			got, err := b.store.Article(b.ctx, b.ws, a)
			b.must(err)
			b.equal("help center", got.HelpCenter, want)
		}
	}},
	{"a help center without a language, or in one unknown, is refused", func(b *bed) {
		b.equal("events", b.happened(func() {
			_, err := b.store.AddHelpCenter(b.ctx, b.by, lectern.HelpCenter{Identifier: "docs"})
			b.refused(err, lectern.Missing, "default_locale")
			_, err = b.store.AddHelpCenter(b.ctx, b.by, lectern.HelpCenter{Identifier: "docs", DefaultLocale: "en", Locales: []lectern.Locale{"tlh"}})
			b.refused(err, lectern.Invalid, "locales")
		}), "")
	}},
	{"a workspace keeps a default help center", func(b *bed) {
		_, err := b.store.UpdateHelpCenter(b.ctx, b.by, b.home.ID, func(h *lectern.HelpCenter) error {
			h.Default = false
			return nil
		})
		b.refused(err, lectern.Invalid, "default")
	}},
	{"a changed setting is kept, dated and told in words", func(b *bed) {
		b.clock.pass(time.Minute)
		b.equal("events", b.happened(func() {
			h, err := b.store.UpdateHelpCenter(b.ctx, b.by, b.home.ID, func(h *lectern.HelpCenter) error {
				h.Locales = append(h.Locales, "fr")
				h.ID, h.CreatedAt = 5, time.Time{} // not for anyone to change
				return nil
			})
			b.must(err)
			got, err := b.store.HelpCenter(b.ctx, b.ws, b.home.ID)
			b.must(err)
			b.equal("help center", *got, *h)
			b.equal("updated at", got.UpdatedAt, b.clock.seconds())
			b.equal("created at", got.CreatedAt, b.home.CreatedAt)
		}), "help_center.updated")
		events := b.events()
		data := events[len(events)-1].Data
		b.equal("told", data, lectern.EventData{Via: lectern.ViaCommand, Name: "Help help", Before: "locales: en", After: "locales: en, fr"})
	}},
	{"that a domain answers is kept and told once", func(b *bed) {
		see := func(secure bool, want string) {
			b.equal("events", b.happened(func() {
				h, err := b.store.UpdateHelpCenter(b.ctx, b.by, b.home.ID, func(h *lectern.HelpCenter) error {
					h.CustomDomain = "docs.example.com"
					h.SeeDomain(b.clock.seconds(), secure)
					return nil
				})
				b.must(err)
				_, found, err := b.store.HelpCenterByDomain(b.ctx, "docs.example.com")
				b.must(err)
				b.equal("help center", *found, *h)
			}), want)
			b.clock.pass(time.Minute)
		}
		first := b.clock.seconds()
		see(false, "help_center.updated")
		see(false, "")
		see(true, "help_center.updated")
		see(true, "")
		h, err := b.store.HelpCenter(b.ctx, b.ws, b.home.ID)
		b.must(err)
		b.equal("since", h.DomainSeenAt, first)
		b.equal("by https", h.DomainSecure, true)
		events := b.events()
		b.equal("told", events[len(events)-1].Data, lectern.EventData{Via: lectern.ViaCommand, Name: "Help help", Before: "custom domain answers: by http", After: "custom domain answers: by https"})
	}},
	{"a help center left as it was is no event", func(b *bed) {
		b.equal("events", b.happened(func() {
			_, err := b.store.UpdateHelpCenter(b.ctx, b.by, b.home.ID, func(*lectern.HelpCenter) error { return nil })
			b.must(err)
		}), "")
	}},
	{"a refusal of the one who changes a help center is passed on and nothing stored", func(b *bed) {
		no := errors.New("no")
		b.equal("events", b.happened(func() {
			_, err := b.store.UpdateHelpCenter(b.ctx, b.by, b.home.ID, func(h *lectern.HelpCenter) error {
				h.DisplayName = "changed"
				return no
			})
			if !errors.Is(err, no) {
				b.Errorf("error %v, want no", err)
			}
		}), "")
		got, err := b.store.HelpCenter(b.ctx, b.ws, b.home.ID)
		b.must(err)
		b.equal("name", got.DisplayName, "Help help")
		_, err = b.store.UpdateHelpCenter(b.ctx, b.by, 5, func(*lectern.HelpCenter) error { return nil })
		b.refused(err, lectern.NotFound, "")
	}},
}
