package storetest

import (
	"errors"

	"lectern"
)

var isolationTests = []test{
	{"another workspace sees nothing", func(b *bed) {
		c := b.collection("Secret", 0)
		edit := b.edit("Secret", "secret", lectern.Published)
		edit.Parents = &[]lectern.CollectionID{c.ID}
		a, err := b.store.AddArticle(b.ctx, b.by, edit)
		b.must(err)
		g, err := b.store.AddTag(b.ctx, b.by, "secret")
		b.must(err)
		team, err := b.store.AddTeam(b.ctx, b.by, lectern.Team{Name: "secret", Members: []lectern.AdminID{b.by.Admin}})
		b.must(err)
		tokens, err := b.store.Tokens(b.ctx, b.ws)
		b.must(err)
		o := b.another()
		o.article("Open", "open")
		before := b.happened(func() {})

		// One by one.
		var errs []error
		add := func(_ any, err error) { errs = append(errs, err) }
		add(o.store.Admin(o.ctx, o.ws, b.by.Admin))
		add(o.store.Team(o.ctx, o.ws, team.ID))
		add(o.store.SetTeamMembers(o.ctx, o.by, team.ID, []lectern.AdminID{o.by.Admin}))
		add(o.store.HelpCenter(o.ctx, o.ws, b.home.ID))
		add(o.store.Collection(o.ctx, o.ws, c.ID))
		add(o.store.Article(o.ctx, o.ws, a.ID))
		add(o.store.Tag(o.ctx, o.ws, g.ID))
		add(o.store.SetAway(o.ctx, o.by, b.by.Admin, lectern.Away{Enabled: true}))
		add(o.store.RevokeToken(o.ctx, o.by, tokens[0].ID))
		add(o.store.UpdateHelpCenter(o.ctx, o.by, b.home.ID, func(*lectern.HelpCenter) error { return errors.New("seen") }))
		add(o.store.UpdateCollection(o.ctx, o.by, c.ID, &lectern.CollectionEdit{}, func(*lectern.Collection, *lectern.HelpCenter) error { return errors.New("seen") }))
		add(nil, o.store.DeleteCollection(o.ctx, o.by, c.ID))
		add(o.store.UpdateArticle(o.ctx, o.by, a.ID, &lectern.ArticleEdit{}, func(*lectern.Article, *lectern.HelpCenter) error { return errors.New("seen") }))
		add(nil, o.store.DeleteArticle(o.ctx, o.by, a.ID))
		add(o.store.RenameTag(o.ctx, o.by, g.ID, "mine"))
		add(nil, o.store.DeleteTag(o.ctx, o.by, g.ID))
		for _, err := range errs {
			o.refused(err, lectern.NotFound, "")
		}

		// What belongs to another cannot be referred to.
		_, err = o.store.AddTeam(o.ctx, o.by, lectern.Team{Members: []lectern.AdminID{b.by.Admin}})
		o.refused(err, lectern.Invalid, "admin_ids")
		foreign := o.edit("T", "", lectern.Draft)
		foreign.Author = &b.by.Admin
		_, err = o.store.AddArticle(o.ctx, o.by, foreign)
		o.refused(err, lectern.Invalid, "author_id")
		foreign = o.edit("T", "", lectern.Draft)
		foreign.Parents = &[]lectern.CollectionID{c.ID}
		_, err = o.store.AddArticle(o.ctx, o.by, foreign)
		o.refused(err, lectern.Invalid, "parent_id")
		name := lectern.CollectionTextEdit{Name: new("x")}
		_, err = o.store.AddCollection(o.ctx, o.by, &lectern.CollectionEdit{CollectionTextEdit: name, Parent: &c.ID})
		o.refused(err, lectern.Invalid, "parent_id")
		_, err = o.store.AddCollection(o.ctx, o.by, &lectern.CollectionEdit{CollectionTextEdit: name, HelpCenter: &b.home.ID})
		o.refused(err, lectern.Invalid, "help_center_id")
		by := o.by
		by.Admin = b.by.Admin
		_, err = o.store.AddToken(o.ctx, by, lectern.Token{Hash: lectern.HashToken("x")})
		o.refused(err, lectern.Invalid, "admin_id")

		// Lists and counts.
		list, total, err := o.store.Articles(o.ctx, o.ws, lectern.ArticleQuery{Limit: 10})
		o.must(err)
		o.equal("articles", []int{len(list), total}, []int{1, 1})
		_, total, err = o.store.Articles(o.ctx, o.ws, lectern.ArticleQuery{Limit: 10, Parent: c.ID})
		o.must(err)
		o.equal("articles of a collection", total, 0)
		o.equal("hits", o.search(lectern.SearchQuery{Phrase: "secret"}), ids(nil))
		o.equal("hits", len(o.search(lectern.SearchQuery{})), 1)
		o.equal("hits", o.search(lectern.SearchQuery{HelpCenter: b.home.ID}), ids(nil))
		_, total, err = o.store.Collections(o.ctx, o.ws, lectern.CollectionQuery{})
		o.must(err)
		o.equal("collections", total, 0)
		admins, err := o.store.Admins(o.ctx, o.ws)
		o.must(err)
		o.equal("admins", len(admins), 2)
		teams, err := o.store.Teams(o.ctx, o.ws)
		o.must(err)
		o.equal("teams", len(teams), 0)
		centers, err := o.store.HelpCenters(o.ctx, o.ws)
		o.must(err)
		o.equal("help centers", len(centers), 1)
		tags, err := o.store.Tags(o.ctx, o.ws)
		o.must(err)
		o.equal("tags", len(tags), 0)
		tokens, err = o.store.Tokens(o.ctx, o.ws)
		o.must(err)
		o.equal("tokens", len(tokens), 1)
		for _, e := range o.events() {
			if e.Workspace != o.ws || e.Data.Name == "Secret" || e.Data.Name == "secret" {
				o.Errorf("event %+v", e)
			}
		}

		// Nothing of the first one changed.
		b.equal("events", b.happened(func() {}), before)
		got, err := b.store.Article(b.ctx, b.ws, a.ID)
		b.must(err)
		b.equal("article", *got, *a)
		b.equal("hits", b.search(lectern.SearchQuery{Phrase: "secret"}), ids{a.ID})
		b.equal("hits", b.search(lectern.SearchQuery{Phrase: "open"}), ids(nil))
	}},
	{"two workspaces may use the same names", func(b *bed) {
		o := b.another()
		for _, x := range []*bed{b, o} {
			_, err := x.store.AddTag(x.ctx, x.by, "same")
			b.must(err)
			_, err = x.store.AddAdmin(x.ctx, x.by, lectern.Admin{Email: "same@example.com"})
			b.must(err)
		}
	}},
}
