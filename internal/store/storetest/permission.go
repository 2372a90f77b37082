package storetest

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/db"
)

// An attempt is a change, the right it needs, and what prepares it: prepare makes
// what is to be changed, in the name of who may, and returns the change.
type attempt struct {
	right   lectern.Rights
	prepare func(b *bed) func(by lectern.Actor) error
}

// attempts has every change of a store that an actor is answerable for, by the
// name of the method.
var attempts = map[string]attempt{
	"AddAdmin": {lectern.MayWritePeople, func(b *bed) func(lectern.Actor) error {
		return func(by lectern.Actor) error {
			return second(b.store.AddAdmin(b.ctx, by, lectern.Admin{Name: "Grace", Email: "grace@example.com"}))
		}
	}},
	"SetAway": {lectern.MayWritePeople, func(b *bed) func(lectern.Actor) error {
		return func(by lectern.Actor) error {
			return second(b.store.SetAway(b.ctx, by, b.by.Admin, lectern.Away{Enabled: true}))
		}
	}},
	"AddTeam": {lectern.MayWritePeople, func(b *bed) func(lectern.Actor) error {
		return func(by lectern.Actor) error {
			return second(b.store.AddTeam(b.ctx, by, lectern.Team{Name: "Team"}))
		}
	}},
	"SetTeamMembers": {lectern.MayWritePeople, func(b *bed) func(lectern.Actor) error {
		team, err := b.store.AddTeam(b.ctx, b.by, lectern.Team{Name: "Team"})
		b.must(err)
		return func(by lectern.Actor) error {
			return second(b.store.SetTeamMembers(b.ctx, by, team.ID, []lectern.AdminID{b.by.Admin}))
		}
	}},
	"AddToken": {lectern.MayManageTokens, func(b *bed) func(lectern.Actor) error {
		return func(by lectern.Actor) error {
			return second(b.store.AddToken(b.ctx, by, lectern.Token{Admin: b.by.Admin, Name: "k", Hash: lectern.HashToken("k")}))
		}
	}},
	"RevokeToken": {lectern.MayManageTokens, func(b *bed) func(lectern.Actor) error {
		k, err := b.store.AddToken(b.ctx, b.by, lectern.Token{Admin: b.by.Admin, Name: "k", Hash: lectern.HashToken("k")})
		b.must(err)
		return func(by lectern.Actor) error { return second(b.store.RevokeToken(b.ctx, by, k.ID)) }
	}},
	"AddWorkspace": {lectern.MayRunInstallation, func(b *bed) func(lectern.Actor) error {
		return func(by lectern.Actor) error { return second(b.store.AddWorkspace(b.ctx, by, setup("other"))) }
	}},
	"UpdateWorkspace": {lectern.MayManageWorkspace, func(b *bed) func(lectern.Actor) error {
		return func(by lectern.Actor) error {
			return second(b.store.UpdateWorkspace(b.ctx, by, func(w *lectern.Workspace) error { w.Name = "New"; return nil }))
		}
	}},
	"BeginLoad": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		return func(by lectern.Actor) error { return second(b.store.BeginLoad(b.ctx, by)) }
	}},
	"EndLoad": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		_, err := b.store.BeginLoad(b.ctx, b.by)
		b.must(err)
		return func(by lectern.Actor) error { return b.store.EndLoad(b.ctx, by) }
	}},
	"AddHelpCenter": {lectern.MayWriteSettings, func(b *bed) func(lectern.Actor) error {
		return func(by lectern.Actor) error {
			return second(b.store.AddHelpCenter(b.ctx, by, lectern.HelpCenter{Identifier: "new", DisplayName: "New", DefaultLocale: "en"}))
		}
	}},
	"UpdateHelpCenter": {lectern.MayWriteSettings, func(b *bed) func(lectern.Actor) error {
		return func(by lectern.Actor) error {
			return second(b.store.UpdateHelpCenter(b.ctx, by, b.home.ID, func(h *lectern.HelpCenter) error { h.DisplayName = "New"; return nil }))
		}
	}},
	"UpdateSite": {lectern.MayWriteSettings, func(b *bed) func(lectern.Actor) error {
		return func(by lectern.Actor) error {
			_, _, err := b.store.UpdateSite(b.ctx, by, b.home.ID, nil, func(_ *lectern.HelpCenter, t *lectern.Theme) error { t.Color = "#123456"; return nil })
			return err
		}
	}},
	"AddBrand": {lectern.MayWriteSettings, func(b *bed) func(lectern.Actor) error {
		return func(by lectern.Actor) error { return second(b.store.AddBrand(b.ctx, by, "Brand", b.home.ID)) }
	}},
	"AddCollection": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		return func(by lectern.Actor) error {
			return second(b.store.AddCollection(b.ctx, by, &lectern.CollectionEdit{CollectionTextEdit: lectern.CollectionTextEdit{Name: new("C")}}))
		}
	}},
	"UpdateCollection": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		c := b.collection("C", 0)
		return func(by lectern.Actor) error {
			edit := &lectern.CollectionEdit{CollectionTextEdit: lectern.CollectionTextEdit{Name: new("New")}}
			return second(b.store.UpdateCollection(b.ctx, by, c.ID, edit, nil))
		}
	}},
	"OrderCollection": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		c := b.collection("C", 0)
		a := b.shelved("A", c.ID)
		return func(by lectern.Actor) error {
			return second(b.store.OrderCollection(b.ctx, by, c.ID, lectern.Order{Articles: []lectern.ArticleID{a.ID}}))
		}
	}},
	"OrderHelpCenter": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		b.collection("A", 0)
		c := b.collection("B", 0)
		return func(by lectern.Actor) error {
			return second(b.store.OrderHelpCenter(b.ctx, by, b.home.ID, lectern.Order{Collections: []lectern.CollectionID{c.ID}}))
		}
	}},
	"DeleteCollection": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		c := b.collection("C", 0)
		return func(by lectern.Actor) error { return b.store.DeleteCollection(b.ctx, by, c.ID) }
	}},
	"AddArticle": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		return func(by lectern.Actor) error {
			return second(b.store.AddArticle(b.ctx, by, b.edit("T", "B", lectern.Draft)))
		}
	}},
	"UpdateArticle": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		a := b.article("T", "B")
		return func(by lectern.Actor) error {
			return second(b.store.UpdateArticle(b.ctx, by, a.ID, b.edit("New", "B", lectern.Published), nil))
		}
	}},
	"StageDraft": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		a := b.article("T", "B")
		return func(by lectern.Actor) error {
			return second(b.store.StageDraft(b.ctx, by, a.ID, b.edit("New", "B", lectern.Draft), nil))
		}
	}},
	"PublishDrafts": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		a := b.article("T", "B")
		_, err := b.store.StageDraft(b.ctx, b.by, a.ID, b.edit("New", "B", lectern.Draft), nil)
		b.must(err)
		return func(by lectern.Actor) error { return second(b.store.PublishDrafts(b.ctx, by, a.ID, nil)) }
	}},
	"DeleteArticle": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		a := b.article("T", "B")
		return func(by lectern.Actor) error { return b.store.DeleteArticle(b.ctx, by, a.ID) }
	}},
	"AddInternalArticle": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		return func(by lectern.Actor) error {
			return second(b.store.AddInternalArticle(b.ctx, by, b.internalEdit("T", "B")))
		}
	}},
	"UpdateInternalArticle": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		a := b.internal("T")
		return func(by lectern.Actor) error {
			return second(b.store.UpdateInternalArticle(b.ctx, by, a.ID, &lectern.InternalArticleEdit{Title: new("New")}, nil))
		}
	}},
	"DeleteInternalArticle": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		a := b.internal("T")
		return func(by lectern.Actor) error { return b.store.DeleteInternalArticle(b.ctx, by, a.ID) }
	}},
	"AddSnippet": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		return func(by lectern.Actor) error {
			return second(b.store.AddSnippet(b.ctx, by, &lectern.SnippetEdit{Title: new("T"), Content: &lectern.SnippetContent{Blocks: "[]"}}))
		}
	}},
	"UpdateSnippet": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		x := b.snippet("T")
		return func(by lectern.Actor) error {
			return second(b.store.UpdateSnippet(b.ctx, by, x.ID, &lectern.SnippetEdit{Title: new("New")}, nil))
		}
	}},
	"DeleteSnippet": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		x := b.snippet("T")
		return func(by lectern.Actor) error { return b.store.DeleteSnippet(b.ctx, by, x.ID) }
	}},
	"AddFolder": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		return func(by lectern.Actor) error {
			return second(b.store.AddFolder(b.ctx, by, &lectern.FolderEdit{Name: new("F")}))
		}
	}},
	"UpdateFolder": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		f := b.folder("F", 0)
		return func(by lectern.Actor) error {
			return second(b.store.UpdateFolder(b.ctx, by, f.ID, &lectern.FolderEdit{Name: new("New")}, nil))
		}
	}},
	"DeleteFolder": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		f := b.folder("F", 0)
		return func(by lectern.Actor) error { return b.store.DeleteFolder(b.ctx, by, f.ID) }
	}},
	"AddAudience": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		return func(by lectern.Actor) error {
			return second(b.store.AddAudience(b.ctx, by, &lectern.AudienceEdit{Name: new("A")}))
		}
	}},
	"UpdateAudience": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		a := b.audience("A")
		return func(by lectern.Actor) error {
			return second(b.store.UpdateAudience(b.ctx, by, a.ID, &lectern.AudienceEdit{Name: new("New")}, nil))
		}
	}},
	"DeleteAudience": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		a := b.audience("A")
		return func(by lectern.Actor) error { return b.store.DeleteAudience(b.ctx, by, a.ID) }
	}},
	"AddImportSource": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		return func(by lectern.Actor) error {
			return second(b.store.AddImportSource(b.ctx, by, &lectern.ImportSourceEdit{URL: new("https://docs.example.com"), Sync: new(lectern.SyncAPI)}))
		}
	}},
	"UpdateImportSource": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		s := b.source()
		return func(by lectern.Actor) error {
			return second(b.store.UpdateImportSource(b.ctx, by, s.ID, &lectern.ImportSourceEdit{Status: new(lectern.SourceDeactivated)}, nil))
		}
	}},
	"DeleteImportSource": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		s := b.source()
		return func(by lectern.Actor) error { return b.store.DeleteImportSource(b.ctx, by, s.ID) }
	}},
	"PutExternalPage": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		s := b.source()
		return func(by lectern.Actor) error {
			return second(b.store.PutExternalPage(b.ctx, by, pageEdit(s, "a", "x")))
		}
	}},
	"UpdateExternalPage": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		p := b.page(b.source(), "a", "x")
		return func(by lectern.Actor) error {
			return second(b.store.UpdateExternalPage(b.ctx, by, p.ID, &lectern.ExternalPageEdit{Title: new("New")}, nil))
		}
	}},
	"DeleteExternalPage": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		p := b.page(b.source(), "a", "x")
		return func(by lectern.Actor) error { return second(b.store.DeleteExternalPage(b.ctx, by, p.ID)) }
	}},
	"AddTag": {lectern.MayWriteTags, func(b *bed) func(lectern.Actor) error {
		return func(by lectern.Actor) error { return second(b.store.AddTag(b.ctx, by, "t")) }
	}},
	"RenameTag": {lectern.MayWriteTags, func(b *bed) func(lectern.Actor) error {
		g := b.tag("t")
		return func(by lectern.Actor) error { return second(b.store.RenameTag(b.ctx, by, g.ID, "new")) }
	}},
	"DeleteTag": {lectern.MayWriteTags, func(b *bed) func(lectern.Actor) error {
		g := b.tag("t")
		return func(by lectern.Actor) error { return b.store.DeleteTag(b.ctx, by, g.ID) }
	}},
	"TagObject": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		g, o := b.tag("t"), lectern.Object{Kind: lectern.ArticleObject, ID: int64(b.article("T", "").ID)}
		return func(by lectern.Actor) error { return second(b.store.TagObject(b.ctx, by, o, g.ID, b.by.Admin)) }
	}},
	"UntagObject": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		g, o := b.tag("t"), lectern.Object{Kind: lectern.ArticleObject, ID: int64(b.article("T", "").ID)}
		b.must(second(b.store.TagObject(b.ctx, b.by, o, g.ID, 0)))
		return func(by lectern.Actor) error { return second(b.store.UntagObject(b.ctx, by, o, g.ID)) }
	}},
	"AddRedirect": {lectern.MayWriteRedirects, func(b *bed) func(lectern.Actor) error {
		to := lectern.Target{Article: b.article("T", "").ID}
		return func(by lectern.Actor) error {
			return second(b.store.AddRedirect(b.ctx, by, lectern.Redirect{HelpCenter: b.home.ID, From: "/old", Locale: "en", Target: to}))
		}
	}},
	"DeleteRedirect": {lectern.MayWriteRedirects, func(b *bed) func(lectern.Actor) error {
		r := b.redirect("/old", lectern.Target{Article: b.article("T", "").ID})
		return func(by lectern.Actor) error { return b.store.DeleteRedirect(b.ctx, by, b.home.ID, r.ID) }
	}},
	"AddSearchRule": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		return func(by lectern.Actor) error {
			return second(b.store.AddSearchRule(b.ctx, by, lectern.SearchRule{
				HelpCenter: b.home.ID, Locale: "en", Kind: lectern.SynonymRule, Phrases: []string{"a", "b"},
			}))
		}
	}},
	"UpdateSearchRule": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		r := b.synonyms("a", "b")
		return func(by lectern.Actor) error {
			return second(b.store.UpdateSearchRule(b.ctx, by, b.home.ID, r.ID, func(r *lectern.SearchRule) error { r.Phrases = []string{"a", "c"}; return nil }))
		}
	}},
	"DeleteSearchRule": {lectern.MayWriteArticles, func(b *bed) func(lectern.Actor) error {
		r := b.synonyms("a", "b")
		return func(by lectern.Actor) error { return b.store.DeleteSearchRule(b.ctx, by, b.home.ID, r.ID) }
	}},
	"AddBulkAction": {lectern.MayActInBulk, func(b *bed) func(lectern.Actor) error {
		g, a := b.tag("t"), b.article("T", "")
		return func(by lectern.Actor) error {
			return second(b.store.AddBulkAction(b.ctx, by, &lectern.BulkAction{
				Verb: lectern.BulkUpdateTags, Tags: lectern.Membership[lectern.TagID]{Add: []lectern.TagID{g.ID}},
				Items: []lectern.BulkItem{{Object: lectern.Object{Kind: lectern.ArticleObject, ID: int64(a.ID)}}},
			}))
		}
	}},
}

// second is the error of a method that returns a value as well.
func second[T any](_ T, err error) error { return err }

// unasked are the methods of a store that no actor is named to. Reads are asked
// for by a door before it answers: an answer that is kept never comes here. The
// installation's own are called by its worker and by its start.
var unasked = map[string][]string{
	"reads": {
		"Admin", "Admins", "Article", "ArticlePlace", "ArticleVersion", "ArticleVersions", "Articles", "Asset", "Audience", "Audiences",
		"Bodies", "Brands", "BulkAction", "Collection", "CollectionOrder", "CollectionPage", "Collections", "CountAnswers", "Events", "ExternalPage",
		"ExternalPages", "Folder", "Folders", "HelpCenter", "HelpCenterByDomain", "HelpCenterByIdentifier", "HelpCenterOrder",
		"HelpCenters", "ImportSource", "ImportSources", "InternalArticle", "InternalArticles", "Latest", "OftenSearched", "Outline",
		"Page", "Ping", "Popular", "PublicTexts", "ReactionOf", "RecentViews", "Redirect", "Redirects", "RedirectsAt",
		"Rows", "SearchArticles", "SearchContent", "SearchLog", "SearchRule", "SearchRules",
		"Snippet", "Snippets", "Suggest", "Tag", "Tags", "Team", "Teams", "Theme", "TokenByHash", "Tokens", "Workspace", "Workspaces",
	},
	"the installation's own": {
		"AgeCounts", "AgeSearches", "Close", "CountSearch", "CountView", "DoBulkItem", "FlushSearches", "FlushTokenUses", "FlushViews",
		"LoadWanted", "OutdateIndex", "Reindex", "RunSchedules", "Setup", "UseToken", "VisitorSalt", "WarmSearch", "Watch", "WatchLoss", "WatchStatistics",
	},
	"a reader's": {"React"},
}

// Rights tests that each change is refused to who has not its right, and that
// then nothing is written. Open opens an engine on an empty database.
func Rights(t *testing.T, open func(testing.TB) db.Engine) {
	asked, actor := reflect.TypeFor[lectern.Store](), reflect.TypeFor[lectern.Actor]()
	all := slices.Concat(slices.Collect(maps.Values(unasked))...)
	for _, name := range slices.Concat(all, slices.Collect(maps.Keys(attempts))) {
		if _, found := asked.MethodByName(name); !found {
			t.Errorf("%s: the store has no such method", name)
		}
	}
	for i := range asked.NumMethod() {
		m := asked.Method(i)
		named := slices.ContainsFunc(slices.Collect(m.Type.Ins()), func(in reflect.Type) bool { return in == actor })
		_, tried := attempts[m.Name]
		free := slices.Contains(all, m.Name)
		if named != tried || named == free {
			t.Errorf("%s: takes an actor %v, is tried here %v, is listed as unasked %v", m.Name, named, tried, free)
		}
	}
	for name, a := range attempts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var e db.Engine
			b := newBed(t, func(t testing.TB, o store.Options) lectern.Store {
				e = open(t)
				s, err := store.Open(t.Context(), e, o)
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { s.Close() })
				return s
			})
			change := a.prepare(b)
			before := rows(b, e)
			by := b.by
			for r := lectern.Rights(1); r != 0; r <<= 1 {
				for _, by.Rights = range []lectern.Rights{0, r &^ a.right, ^r &^ a.right} {
					if err := change(by); !errors.Is(err, lectern.Forbidden) {
						t.Errorf("with the rights %b: error %v, want forbidden", by.Rights, err)
					}
				}
			}
			if after := rows(b, e); after != before {
				t.Errorf("what was refused wrote: the database was\n%s\nand is\n%s", before, after)
			}
			by.Rights = a.right
			if err := change(by); err != nil {
				t.Errorf("with the right %b alone: %v", a.right, err)
			}
			if rows(b, e) == before {
				t.Error("with the right it changes nothing, so that the refusals say nothing")
			}
		})
	}
}

// rows is every row of every table, as text.
func rows(b *bed, e db.Engine) string {
	b.Helper()
	var text strings.Builder
	b.must(e.Read(b.ctx, func(c db.Conn) error {
		columns, err := e.Columns(c)
		if err != nil {
			return err
		}
		for len(columns) > 0 {
			table := columns[0].Table
			var names []string
			for len(columns) > 0 && columns[0].Table == table {
				names = append(names, columns[0].Name)
				columns = columns[1:]
			}
			if err := dump(c, &text, table, names); err != nil {
				return fmt.Errorf("read table %s: %w", table, err)
			}
		}
		return nil
	}))
	return text.String()
}

// dump writes the rows of a table.
func dump(c db.Conn, text *strings.Builder, table string, names []string) error {
	list := strings.Join(names, ", ")
	found, err := c.Query(`SELECT ` + list + ` FROM ` + table + ` ORDER BY ` + list)
	if err != nil {
		return err
	}
	defer found.Close()
	for found.Next() {
		values, places := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			places[i] = &values[i]
		}
		if err := found.Scan(places...); err != nil {
			return err
		}
		fmt.Fprintln(text, table, values)
	}
	return found.Err()
}
