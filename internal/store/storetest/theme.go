package storetest

import (
	"time"

	"lectern"
)

// theme changes the theme of the first help center.
func (b *bed) theme(assets []lectern.Asset, change func(*lectern.Theme)) error {
	b.Helper()
	_, _, err := b.store.UpdateSite(b.ctx, b.by, b.home.ID, assets, func(_ *lectern.HelpCenter, t *lectern.Theme) error {
		change(t)
		return nil
	})
	return err
}

// logo is a picture that content tells apart.
func (b *bed) logo(content string) lectern.Asset {
	b.Helper()
	a, err := lectern.NewAsset("image/png", []byte(content))
	b.must(err)
	return a
}

var themeTests = []test{
	{"a new help center has the zero theme", func(b *bed) {
		got, err := b.store.Theme(b.ctx, b.ws, b.home.ID)
		b.must(err)
		b.equal("theme", *got, lectern.Theme{Texts: map[lectern.Locale]lectern.ThemeText{}})
		_, err = b.store.Theme(b.ctx, b.ws, b.home.ID+1000)
		b.refused(err, lectern.NotFound, "")
		o := b.another()
		_, err = b.store.Theme(b.ctx, o.ws, b.home.ID)
		b.refused(err, lectern.NotFound, "")
	}},
	{"a theme is kept as it was given, and told of by an event", func(b *bed) {
		logo := b.logo("a")
		text := lectern.ThemeText{
			Name: "Help", Greeting: "Hello", Introduction: "Ask us",
			HeaderLinks: []lectern.Link{{Label: "Status", URL: "https://status.example.com"}},
			FooterLinks: []lectern.Link{{Label: "Imprint", URL: "/imprint"}},
			Contact:     &lectern.Contact{Link: lectern.Link{Label: "Write", URL: "mailto:a@example.com"}, Text: "We answer"},
		}
		b.equal("events", b.happened(func() {
			b.must(b.theme([]lectern.Asset{logo}, func(t *lectern.Theme) {
				t.Color, t.Header, t.Logo = "#0B7", lectern.TintHeader, logo.Name
				t.Texts["fr"] = text
			}))
		}), "help_center.updated")
		got, err := b.store.Theme(b.ctx, b.ws, b.home.ID)
		b.must(err)
		b.equal("color", got.Color, "#00bb77")
		b.equal("header", got.Header, lectern.TintHeader)
		b.equal("contact", *got.Texts["fr"].Contact, *text.Contact)
		b.equal("links", got.Texts["fr"].HeaderLinks, text.HeaderLinks)
		a, err := b.store.Asset(b.ctx, b.ws, logo.Name)
		b.must(err)
		b.equal("logo", *a, logo)
		b.equal("events of no change", b.happened(func() { b.must(b.theme(nil, func(*lectern.Theme) {})) }), "")
	}},
	{"a theme that cannot be is refused, and nothing is stored", func(b *bed) {
		for field, change := range map[string]func(*lectern.Theme){
			"brand_color":  func(t *lectern.Theme) { t.Color = "red" },
			"header_style": func(t *lectern.Theme) { t.Header = lectern.PictureHeader },
			"theme":        func(t *lectern.Theme) { t.Logo = b.logo("unknown").Name },
			"texts":        func(t *lectern.Theme) { t.Texts["xx"] = lectern.ThemeText{Name: "x"} },
			"header_links[0].url": func(t *lectern.Theme) {
				t.Texts["en"] = lectern.ThemeText{HeaderLinks: []lectern.Link{{Label: "x", URL: "javascript:x"}}}
			},
			"footer_links[0].label": func(t *lectern.Theme) { t.Texts["en"] = lectern.ThemeText{FooterLinks: []lectern.Link{{URL: "/"}}} },
		} {
			b.equal("events", b.happened(func() { b.refused(b.theme(nil, change), lectern.Invalid, field) }), "")
		}
		got, err := b.store.Theme(b.ctx, b.ws, b.home.ID)
		b.must(err)
		b.equal("theme", *got, lectern.Theme{Texts: map[lectern.Locale]lectern.ThemeText{}})
	}},
	{"a help center and its theme change together or not at all", func(b *bed) {
		other := b.center("other")
		b.equal("events", b.happened(func() {
			_, _, err := b.store.UpdateSite(b.ctx, b.by, b.home.ID, nil, func(h *lectern.HelpCenter, t *lectern.Theme) error {
				h.Identifier, t.Color = other.Identifier, "#ffffff"
				return nil
			})
			b.refused(err, lectern.Conflict, "")
		}), "")
		b.equal("events", b.happened(func() {
			h, theme, err := b.store.UpdateSite(b.ctx, b.by, b.home.ID, nil, func(h *lectern.HelpCenter, t *lectern.Theme) error {
				h.DisplayName, t.Color = "New", "#ffffff"
				return nil
			})
			b.must(err)
			b.equal("name and color", h.DisplayName+theme.Color, "New#ffffff")
		}), "help_center.updated")
		told := b.events()
		data := told[len(told)-1].Data
		b.equal("from", data.Before, "display name: Help help; brand color: ")
		b.equal("to", data.After, "display name: New; brand color: #ffffff")
		h, err := b.store.HelpCenter(b.ctx, b.ws, b.home.ID)
		b.must(err)
		b.equal("name", h.DisplayName, "New")
	}},
	{"making another help center the default and changing its looks is one event of each", func(b *bed) {
		other := b.center("other")
		b.equal("events", b.happened(func() {
			_, _, err := b.store.UpdateSite(b.ctx, b.by, other.ID, nil, func(h *lectern.HelpCenter, t *lectern.Theme) error {
				h.Default, h.DisplayName, t.Color = true, "New", "#ffffff"
				return nil
			})
			b.must(err)
		}), "help_center.updated help_center.updated")
		told := b.events()
		b.equal("of", []int64{told[len(told)-2].Object, told[len(told)-1].Object}, []int64{int64(b.home.ID), int64(other.ID)})
		got, err := b.store.HelpCenter(b.ctx, b.ws, other.ID)
		b.must(err)
		b.equal("name and default", []any{got.DisplayName, got.Default}, []any{"New", true})
		theme, err := b.store.Theme(b.ctx, b.ws, other.ID)
		b.must(err)
		b.equal("color", theme.Color, "#ffffff")
	}},
	{"a picture stays for 30 days after the last theme that showed it", func(b *bed) {
		first, second, third := b.logo("1"), b.logo("2"), b.logo("3")
		show := func(a lectern.Asset) {
			b.must(b.theme([]lectern.Asset{a}, func(t *lectern.Theme) { t.Logo = a.Name }))
		}
		show(first)
		b.clock.pass(2 * lectern.AssetAge)
		show(second)
		_, err := b.store.Asset(b.ctx, b.ws, first.Name)
		b.must(err)
		b.clock.pass(lectern.AssetAge + time.Second)
		show(third)
		_, err = b.store.Asset(b.ctx, b.ws, first.Name)
		b.refused(err, lectern.NotFound, "")
		_, err = b.store.Asset(b.ctx, b.ws, second.Name)
		b.must(err)
		_, err = b.store.Asset(b.ctx, b.another().ws, second.Name)
		b.refused(err, lectern.NotFound, "")
	}},
	{"a renamed help center is found by the names it had", func(b *bed) {
		rename := func(to string) {
			_, err := b.store.UpdateHelpCenter(b.ctx, b.by, b.home.ID, func(h *lectern.HelpCenter) error {
				h.Identifier = to
				return nil
			})
			b.must(err)
		}
		found := func(name string, want lectern.HelpCenterID) {
			b.Helper()
			ws, h, err := b.store.HelpCenterByIdentifier(b.ctx, name)
			b.must(err)
			b.equal(name, h.ID, want)
			b.equal("workspace", ws, b.ws)
		}
		old := b.home.Identifier
		rename("second")
		rename("third")
		for _, name := range []string{old, "second", "third"} {
			found(name, b.home.ID)
		}
		other := b.center("second")
		found("second", other.ID)
		rename(old)
		found(old, b.home.ID)
		found("third", b.home.ID)
	}},
}

// related are the titles of what is related to an article.
func (b *bed) related(l lectern.Locale, a *lectern.Article) string {
	b.Helper()
	p, err := b.store.Page(b.ctx, b.visit(l), a.ID)
	b.must(err)
	b.equal("unknown", p.RelatedUnknown, false)
	return titles(p.Related)
}

var relatedTests = []test{
	{"an article is related to those that share its own words, and to nothing that is not listed", func(b *bed) {
		c := b.collection("C", 0)
		tax := b.shelvedAs("Customs duty for parcels", func(e *lectern.ArticleEdit) {
			e.Body = new("<p>Customs duty depends on the parcel and its declaration.</p>")
		}, c.ID)
		form := b.shelvedAs("The customs declaration", func(e *lectern.ArticleEdit) {
			e.Body = new("<p>A declaration lists what a parcel holds. Customs reads it.</p>")
		}, c.ID)
		b.shelvedAs("Password reset", func(e *lectern.ArticleEdit) { e.Body = new("<p>Choose another password.</p>") }, c.ID)
		b.shelvedAs("Customs draft", func(e *lectern.ArticleEdit) {
			e.State, e.Body = new(lectern.Draft), new("<p>Customs declaration of a parcel and its duty.</p>")
		}, c.ID)
		b.shelved("Customs declaration of a parcel, unlisted")
		b.must(b.store.WarmSearch(b.ctx))
		b.equal("related", b.related("en", tax), " The customs declaration")
		b.equal("the other way", b.related("en", form), " Customs duty for parcels")
		_, err := b.store.UpdateArticle(b.ctx, b.by, form.ID, &lectern.ArticleEdit{ArticleTextEdit: lectern.ArticleTextEdit{State: new(lectern.Draft)}}, nil)
		b.must(err)
		b.equal("at once", b.related("en", tax), "")
	}},
	{"articles that share nothing but words that say little are not related", func(b *bed) {
		c := b.collection("C", 0)
		a := b.shelvedAs("How do I print this?", b.inFrench("Comment imprimer avec cela ?", lectern.Published), c.ID)
		b.shelvedAs("How do I get my money back?", b.inFrench("Comment retourner avec cela ?", lectern.Published), c.ID)
		b.must(b.store.WarmSearch(b.ctx))
		b.equal("English", b.related("en", a), "")
		b.equal("French", b.related("fr", a), "")
	}},
	{"a new article turns up beside those it is related to", func(b *bed) {
		c := b.collection("C", 0)
		a := b.shelved("Printing shipping labels", c.ID)
		b.shelved("Opening hours", c.ID)
		b.must(b.store.WarmSearch(b.ctx))
		b.equal("before", b.related("en", a), "")
		b.equal("events", b.happened(func() { b.shelved("Shipping labels for returns", c.ID) }), "article.created")
		b.equal("after", b.related("en", a), " Shipping labels for returns")
	}},
	{"related articles are of the language that is shown, and of the same help center", func(b *bed) {
		c := b.collection("C", 0)
		a := b.shelvedAs("Printing labels", b.inFrench("Imprimer des étiquettes", lectern.Published), c.ID)
		b.shelvedAs("Labels for returns", b.inFrench("Autre chose", lectern.Published), c.ID)
		b.shelvedAs("Something else", b.inFrench("Des étiquettes de retour", lectern.Published), c.ID)
		b.must(b.store.WarmSearch(b.ctx))
		b.equal("English", b.related("en", a), " Labels for returns")
		b.equal("French", b.related("fr", a), " Des étiquettes de retour")
	}},
	{"an article can be deleted once it is related to others", func(b *bed) {
		c := b.collection("C", 0)
		a, other := b.shelved("Printing labels", c.ID), b.shelved("Labels for returns", c.ID)
		b.must(b.store.WarmSearch(b.ctx))
		b.equal("before", b.related("en", a), " Labels for returns")
		b.must(b.store.DeleteArticle(b.ctx, b.by, other.ID))
		b.equal("related", b.related("en", a), "")
	}},
	{"no page waits until the texts of its language are in memory", func(b *bed) {
		c := b.collection("C", 0)
		a := b.shelved("Printing labels", c.ID)
		b.shelved("Labels for returns", c.ID)
		page := func() *lectern.Page {
			p, err := b.store.Page(b.ctx, b.visit("en"), a.ID)
			b.must(err)
			return p
		}
		p := page()
		b.equal("unknown", p.RelatedUnknown, true)
		b.equal("none", titles(p.Related), "")
		for more := true; more; {
			var err error
			more, err = b.store.LoadWanted(b.ctx)
			b.must(err)
		}
		p = page()
		b.equal("unknown", p.RelatedUnknown, false)
		b.equal("related", titles(p.Related), " Labels for returns")
	}},
}
