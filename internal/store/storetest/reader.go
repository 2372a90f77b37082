package storetest

import (
	"fmt"
	"strings"
	"time"

	"lectern"
)

// visit is a reader in the first help center.
func (b *bed) visit(l lectern.Locale) lectern.Visit {
	return lectern.Visit{Workspace: b.ws, HelpCenter: b.home.ID, Locale: l}
}

// shelved adds a published article to collections.
func (b *bed) shelved(title string, in ...lectern.CollectionID) *lectern.Article {
	b.Helper()
	return b.shelvedAs(title, nil, in...)
}

// shelvedAs is shelved with a change to what the article is made of.
func (b *bed) shelvedAs(title string, change func(*lectern.ArticleEdit), in ...lectern.CollectionID) *lectern.Article {
	b.Helper()
	edit := b.edit(title, "<p>"+title+"</p>", lectern.Published)
	edit.Parents = &in
	if change != nil {
		change(edit)
	}
	a, err := b.store.AddArticle(b.ctx, b.by, edit)
	b.must(err)
	return a
}

// inFrench gives an article a French text.
func (b *bed) inFrench(title string, s lectern.State) func(*lectern.ArticleEdit) {
	return func(e *lectern.ArticleEdit) {
		e.Texts = map[lectern.Locale]lectern.ArticleTextEdit{"fr": {Title: new(title), Body: new("<p>" + title + "</p>"), State: &s, Author: new(b.by.Admin)}}
	}
}

// outline is the outline in a locale, in one text.
func (b *bed) outline(l lectern.Locale) string {
	b.Helper()
	o, err := b.store.Outline(b.ctx, b.visit(l))
	b.must(err)
	return fmt.Sprint(o.Articles, " by ", o.Writers, collectionsText(o.Collections))
}

// collectionsText writes collections as "Name(3 by Ada): row, row [children]".
func collectionsText(list []*lectern.OpenCollection) string {
	var s strings.Builder
	for _, c := range list {
		fmt.Fprintf(&s, " %s(%d by", c.Name, c.Articles)
		for _, w := range c.Writers {
			s.WriteString(" " + w.Name)
		}
		fmt.Fprintf(&s, ")%s", titles(c.Rows))
		if len(c.Children) > 0 {
			s.WriteString(" [" + collectionsText(c.Children) + " ]")
		}
	}
	return s.String()
}

// titles writes rows as " title(path/to)".
func titles(rows []lectern.ArticleRow) string {
	var s strings.Builder
	for _, r := range rows {
		s.WriteString(" " + r.Title)
		if len(r.Path) > 0 {
			s.WriteString("(" + path(r.Path) + ")")
		}
	}
	return s.String()
}

func path(steps []lectern.Step) string {
	var names []string
	for _, p := range steps {
		names = append(names, p.Name)
	}
	return strings.Join(names, "/")
}

// read is the page of an article in one text.
func (b *bed) read(l lectern.Locale, id lectern.ArticleID) string {
	b.Helper()
	p, err := b.store.Page(b.ctx, b.visit(l), id)
	b.must(err)
	text := fmt.Sprintf("%s %s%s", p.Locale, p.Body, titles([]lectern.ArticleRow{p.ArticleRow}))
	for _, n := range p.Names {
		text += fmt.Sprintf(" %s:%s", n.Locale, n.Name)
	}
	if p.Previous != nil {
		text += " <" + p.Previous.Title
	}
	if p.Next != nil {
		text += " >" + p.Next.Title
	}
	return text
}

// public lists all public texts as "title/locale", two at a time.
func (b *bed) public(v lectern.Visit, q lectern.PublicQuery) string {
	b.Helper()
	var list []string
	for q.Limit = 2; ; {
		page, err := b.store.PublicTexts(b.ctx, v, q)
		b.must(err)
		if len(page) == 0 {
			return strings.Join(list, " ")
		}
		for _, t := range page {
			list = append(list, t.Title+"/"+string(t.Locale)+t.Body)
		}
		q.After = page[len(page)-1].Key()
	}
}

var readerTests = []test{
	{"an outline shows the collections that hold an article, in order, with counts and authors", func(b *bed) {
		top, empty, last := b.collection("Top", 0), b.collection("Empty", 0), b.collection("Last", 0)
		child := b.collection("Child", top.ID)
		grandchild := b.collection("Grandchild", child.ID)
		b.collection("Empty child", top.ID)
		b.shelved("A", top.ID)
		b.shelved("B", child.ID, grandchild.ID)
		b.shelved("C", grandchild.ID, last.ID)
		b.equal("outline", b.outline("en"),
			"3 by 1 Top(3 by Ada) [ Child(2 by Ada) [ Grandchild(2 by Ada) ] ] Last(1 by Ada)")
		s, err := b.store.CollectionPage(b.ctx, b.visit("en"), top.ID)
		b.must(err)
		b.equal("collection page", collectionsText([]*lectern.OpenCollection{s.OpenCollection}),
			" Top(3 by Ada) A [ Child(2 by Ada) B [ Grandchild(2 by Ada) B C ] ]")
		s, err = b.store.CollectionPage(b.ctx, b.visit("en"), grandchild.ID)
		b.must(err)
		b.equal("path", path(s.Path), "Top/Child")
		s, err = b.store.CollectionPage(b.ctx, b.visit("en"), empty.ID)
		b.must(err)
		b.equal("empty collection page", collectionsText([]*lectern.OpenCollection{s.OpenCollection}), " Empty(0 by)")
	}},
	{"a collection names three authors, those of most articles first", func(b *bed) {
		c := b.collection("C", 0)
		for i, name := range []string{"One", "Two", "Three", "Four"} {
			admin, err := b.store.AddAdmin(b.ctx, b.by, lectern.Admin{Name: name})
			b.must(err)
			for range 4 - i {
				b.shelvedAs(name, func(e *lectern.ArticleEdit) { e.Author = &admin.ID }, c.ID)
			}
		}
		o, err := b.store.Outline(b.ctx, b.visit("en"))
		b.must(err)
		b.equal("outline", b.outline("en"), "10 by 4 C(10 by One Two Three)")
		b.equal("authors", o.Collections[0].WriterCount, 4)
	}},
	{"a reader gets the text in the language asked for, else in the default one", func(b *bed) {
		c := b.collection("Top", 0)
		_, err := b.store.UpdateCollection(b.ctx, b.by, c.ID, &lectern.CollectionEdit{
			Texts: map[lectern.Locale]lectern.CollectionTextEdit{"fr": {Name: new("Haut")}}}, nil)
		b.must(err)
		other := b.collection("Other", c.ID)
		a := b.shelvedAs("A", b.inFrench("AA", lectern.Published), other.ID)
		draft := b.shelvedAs("B", b.inFrench("BB", lectern.Draft), other.ID)
		b.equal("page", b.read("fr", a.ID), "fr <p>AA</p> AA(Haut/Other) en:A fr:AA >B")
		b.equal("page", b.read("en", a.ID), "en <p>A</p> A(Top/Other) en:A fr:AA >B")
		b.equal("page", b.read("fr", draft.ID), "en <p>B</p> B(Haut/Other) en:B <AA")
		b.equal("outline", b.outline("fr"), "2 by 1 Haut(2 by Ada) [ Other(2 by Ada) ]")
		s, err := b.store.CollectionPage(b.ctx, b.visit("fr"), c.ID)
		b.must(err)
		b.equal("collection page", collectionsText([]*lectern.OpenCollection{s.OpenCollection}), " Haut(2 by Ada) [ Other(2 by Ada) AA B ]")
		b.equal("names", fmt.Sprint(s.Names[0].Locale, s.Names[0].Name, s.Names[1].Locale, s.Names[1].Name), "enTopfrHaut")
		french, err := b.store.Latest(b.ctx, b.visit("fr"), 0, 9)
		b.must(err)
		b.equal("latest", titles(french), " AA(Haut/Other)")
		b.equal("public", b.public(b.visit(""), lectern.PublicQuery{}), "A/en AA/fr B/en")
		b.equal("public in French", b.public(b.visit(""), lectern.PublicQuery{Locale: "fr", Bodies: true}), "AA/fr<p>AA</p>")
	}},
	{"a text without a title has that of the default language", func(b *bed) {
		edit := b.edit("Title", "x", lectern.Published)
		edit.Parents = &[]lectern.CollectionID{b.collection("C", 0).ID}
		edit.Texts = map[lectern.Locale]lectern.ArticleTextEdit{"fr": {Body: new("y"), State: new(lectern.Published)}}
		a, err := b.store.AddArticle(b.ctx, b.by, edit)
		b.must(err)
		b.equal("page", b.read("fr", a.ID), "fr y Title(C) en:Title fr:Title")
		b.equal("public texts", b.public(b.visit("en"), lectern.PublicQuery{}), "Title/en Title/fr")
		latest, err := b.store.Latest(b.ctx, b.visit("fr"), 0, 5)
		b.must(err)
		b.equal("latest", titles(latest), " Title(C)")
		title := a.TitleIn("fr", b.home)
		b.equal("title", title, "Title")

		x, err := b.store.AddAudience(b.ctx, b.by, &lectern.AudienceEdit{Name: new("Some")})
		b.must(err)
		_, err = b.store.UpdateArticle(b.ctx, b.by, a.ID, &lectern.ArticleEdit{
			Texts: map[lectern.Locale]lectern.ArticleTextEdit{"en": {Audiences: &[]lectern.AudienceID{x.ID}}}}, nil)
		b.must(err)
		b.equal("page, where that is for some only", b.read("fr", a.ID), "fr y (C) fr:")
	}},
	{"what is not for every reader is nowhere", func(b *bed) {
		c := b.collection("C", 0)
		shown := b.shelvedAs("Shown", b.inFrench("Montré", lectern.Published), c.ID)
		aud, err := b.store.AddAudience(b.ctx, b.by, &lectern.AudienceEdit{Name: new("Some")})
		b.must(err)
		unlisted := b.shelved("Unlisted")
		hidden := []*lectern.Article{
			b.shelvedAs("Draft", func(e *lectern.ArticleEdit) { e.State = new(lectern.Draft) }, c.ID),
			b.shelvedAs("Restricted", func(e *lectern.ArticleEdit) { e.Audiences = &[]lectern.AudienceID{aud.ID} }, c.ID),
			b.shelvedAs("Later", func(e *lectern.ArticleEdit) {
				e.State, e.PublishAt = nil, new(b.clock.now().Add(time.Hour))
			}, c.ID),
		}
		gone := b.shelved("Gone", c.ID)
		b.must(b.store.DeleteArticle(b.ctx, b.by, gone.ID))
		hidden = append(hidden, gone)
		for _, a := range append([]*lectern.Article{shown, unlisted}, hidden...) {
			b.view(a, "en", lectern.PersonView, 1)
		}
		b.must(b.store.FlushViews(b.ctx))
		ids := []lectern.ArticleID{shown.ID, unlisted.ID}
		for _, a := range hidden {
			ids = append(ids, a.ID)
			_, err := b.store.Page(b.ctx, b.visit("en"), a.ID)
			b.refused(err, lectern.NotFound, "")
		}
		b.equal("unlisted page", b.read("en", unlisted.ID), "en <p>Unlisted</p> Unlisted en:Unlisted")
		b.equal("page", b.read("en", shown.ID), "en <p>Shown</p> Shown(C) en:Shown fr:Montré")
		b.equal("outline", b.outline("en"), "1 by 1 C(1 by Ada)")
		s, err := b.store.CollectionPage(b.ctx, b.visit("en"), c.ID)
		b.must(err)
		b.equal("collection page", titles(s.Rows), " Shown")
		for what, list := range map[string]func() ([]lectern.ArticleRow, error){
			"rows":      func() ([]lectern.ArticleRow, error) { return b.store.Rows(b.ctx, b.visit("en"), ids) },
			"popular":   func() ([]lectern.ArticleRow, error) { return b.store.Popular(b.ctx, b.visit("en"), 9) },
			"latest":    func() ([]lectern.ArticleRow, error) { return b.store.Latest(b.ctx, b.visit("en"), 0, 9) },
			"latest of": func() ([]lectern.ArticleRow, error) { return b.store.Latest(b.ctx, b.visit("en"), c.ID, 9) },
		} {
			rows, err := list()
			b.must(err)
			b.equal(what, titles(rows), " Shown(C)")
		}
		b.equal("public", b.public(b.visit("en"), lectern.PublicQuery{}), "Shown/en Montré/fr")
	}},
	{"bodies are those of the texts that rows show", func(b *bed) {
		c := b.collection("C", 0)
		both := b.shelvedAs("Both", b.inFrench("Tous deux", lectern.Published), c.ID)
		english := b.shelvedAs("English", b.inFrench("Brouillon", lectern.Draft), c.ID)
		hidden := b.shelvedAs("Hidden", func(e *lectern.ArticleEdit) { e.State = new(lectern.Draft) }, c.ID)
		for l, want := range map[lectern.Locale]map[lectern.ArticleID]string{
			"en": {both.ID: "<p>Both</p>", english.ID: "<p>English</p>"},
			"fr": {both.ID: "<p>Tous deux</p>", english.ID: "<p>English</p>"},
		} {
			got, err := b.store.Bodies(b.ctx, b.visit(l), []lectern.ArticleID{both.ID, english.ID, hidden.ID, both.ID, 5})
			b.must(err)
			b.equal("bodies in "+string(l), got, want)
		}
		none, err := b.store.Bodies(b.ctx, b.visit("en"), nil)
		b.must(err)
		b.equal("of nothing", len(none), 0)
	}},
	{"a help center that is off, or a language that is, shows nothing", func(b *bed) {
		c := b.collection("C", 0)
		a := b.shelvedAs("A", b.inFrench("AA", lectern.Published), c.ID)
		_, err := b.store.UpdateHelpCenter(b.ctx, b.by, b.home.ID, func(h *lectern.HelpCenter) error {
			h.Locales, h.LocalesFixed = []lectern.Locale{"en"}, true
			return nil
		})
		b.must(err)
		b.equal("page", b.read("en", a.ID), "en <p>A</p> A(C) en:A")
		b.equal("public", b.public(b.visit("en"), lectern.PublicQuery{}), "A/en")
		b.equal("public in French", b.public(b.visit("en"), lectern.PublicQuery{Locale: "fr"}), "")
		b.nowhere(b.visit("fr"), c.ID, a.ID)
		_, err = b.store.UpdateHelpCenter(b.ctx, b.by, b.home.ID, func(h *lectern.HelpCenter) error {
			h.WebsiteTurnedOn = false
			return nil
		})
		b.must(err)
		b.nowhere(b.visit("en"), c.ID, a.ID)
	}},
	{"another help center and another workspace show nothing of it", func(b *bed) {
		c := b.collection("C", 0)
		a := b.shelved("A", c.ID)
		other, err := b.store.AddHelpCenter(b.ctx, b.by, lectern.HelpCenter{
			Identifier: "second", DisplayName: "Second", DefaultLocale: "en", WebsiteTurnedOn: true})
		b.must(err)
		o := b.another()
		for _, v := range []lectern.Visit{
			{Workspace: b.ws, HelpCenter: other.ID, Locale: "en"}, o.visit("en"),
		} {
			outline, err := b.store.Outline(b.ctx, v)
			b.must(err)
			b.equal("outline", fmt.Sprint(outline.Articles, collectionsText(outline.Collections)), "0")
			_, err = b.store.Page(b.ctx, v, a.ID)
			b.refused(err, lectern.NotFound, "")
			_, err = b.store.CollectionPage(b.ctx, v, c.ID)
			b.refused(err, lectern.NotFound, "")
			b.equal("public", b.public(v, lectern.PublicQuery{}), "")
			for _, list := range []func() ([]lectern.ArticleRow, error){
				func() ([]lectern.ArticleRow, error) { return b.store.Rows(b.ctx, v, []lectern.ArticleID{a.ID}) },
				func() ([]lectern.ArticleRow, error) { return b.store.Popular(b.ctx, v, 9) },
				func() ([]lectern.ArticleRow, error) { return b.store.Latest(b.ctx, v, 0, 9) },
			} {
				rows, err := list()
				b.must(err)
				b.equal("rows", titles(rows), "")
			}
			bodies, err := b.store.Bodies(b.ctx, v, []lectern.ArticleID{a.ID})
			b.must(err)
			b.equal("bodies", len(bodies), 0)
		}
		b.nowhere(lectern.Visit{Workspace: o.ws, HelpCenter: b.home.ID, Locale: "en"}, c.ID, a.ID)
	}},
	{"a collection without a name in either language is not there, those inside it are", func(b *bed) {
		outer := b.collection("Outer", 0)
		inner := b.collection("Inner", outer.ID)
		_, err := b.store.UpdateCollection(b.ctx, b.by, inner.ID, &lectern.CollectionEdit{
			Texts: map[lectern.Locale]lectern.CollectionTextEdit{"fr": {Name: new("Dedans")}}}, nil)
		b.must(err)
		b.shelvedAs("A", b.inFrench("AA", lectern.Published), outer.ID)
		in := b.shelvedAs("B", b.inFrench("BB", lectern.Published), inner.ID)
		_, err = b.store.UpdateHelpCenter(b.ctx, b.by, b.home.ID, func(h *lectern.HelpCenter) error {
			h.DefaultLocale, h.Locales = "fr", []lectern.Locale{"fr"}
			return nil
		})
		b.must(err)
		b.equal("outline", b.outline("fr"), "1 by 1 Dedans(1 by Ada)")
		b.equal("page", b.read("fr", in.ID), "fr <p>BB</p> BB(Dedans) fr:BB")
		_, err = b.store.CollectionPage(b.ctx, b.visit("fr"), outer.ID)
		b.refused(err, lectern.NotFound, "")
		b.equal("public", b.public(b.visit("fr"), lectern.PublicQuery{}), "BB/fr")
	}},
	{"articles stand in the order of their creation, and lead to the next one shown", func(b *bed) {
		c := b.collection("C", 0)
		first := b.shelved("1", c.ID)
		b.shelvedAs("draft", func(e *lectern.ArticleEdit) { e.State = new(lectern.Draft) }, c.ID)
		second, third := b.shelved("2", c.ID), b.shelved("3", c.ID)
		b.clock.pass(time.Hour)
		_, err := b.store.UpdateArticle(b.ctx, b.by, first.ID, &lectern.ArticleEdit{ArticleTextEdit: lectern.ArticleTextEdit{Title: new("one")}}, nil)
		b.must(err)
		b.equal("first", b.read("en", first.ID), "en <p>1</p> one(C) en:one >2")
		b.equal("second", b.read("en", second.ID), "en <p>2</p> 2(C) en:2 <one >3")
		b.equal("third", b.read("en", third.ID), "en <p>3</p> 3(C) en:3 <2")
		latest, err := b.store.Latest(b.ctx, b.visit("en"), 0, 2)
		b.must(err)
		b.equal("latest", titles(latest), " one(C) 3(C)")
		rows, err := b.store.Rows(b.ctx, b.visit("en"), []lectern.ArticleID{third.ID, first.ID, third.ID})
		b.must(err)
		b.equal("rows", titles(rows), " 3(C) one(C)")
	}},
}

// nowhere says that a visit finds nothing at all.
func (b *bed) nowhere(v lectern.Visit, c lectern.CollectionID, a lectern.ArticleID) {
	b.Helper()
	for what, read := range map[string]func() error{
		"outline":         func() error { _, err := b.store.Outline(b.ctx, v); return err },
		"collection page": func() error { _, err := b.store.CollectionPage(b.ctx, v, c); return err },
		"page":            func() error { _, err := b.store.Page(b.ctx, v, a); return err },
		"rows":            func() error { _, err := b.store.Rows(b.ctx, v, []lectern.ArticleID{a}); return err },
		"bodies":          func() error { _, err := b.store.Bodies(b.ctx, v, []lectern.ArticleID{a}); return err },
		"popular":         func() error { _, err := b.store.Popular(b.ctx, v, 3); return err },
		"latest":          func() error { _, err := b.store.Latest(b.ctx, v, 0, 3); return err },
		"public": func() error {
			_, err := b.store.PublicTexts(b.ctx, v, lectern.PublicQuery{Limit: 3})
			return err
		},
	} {
		b.Log(what)
		b.refused(read(), lectern.NotFound, "")
	}
}
