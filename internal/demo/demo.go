// Package demo fills an empty workspace with two help centers: Lectern's own
// manual, and that of a made-up company with what customers bring along (a logo,
// pictures of every size, long names, long lists), so that a first look at the
// program is a look at real help centers in several languages.
//
// The manual lies under manual/, one folder a locale. Below it a folder is a
// collection and a file an article, in Markdown or, as *.html, in HTML as it is
// stored; the numbers in front of their names give the order. A translation has
// the same path in its locale's folder as the English original. The company's
// lies under bicycles/ in the same way. manual.go reads the trees, bicycles.go
// makes the second help center, and this file writes them to a store.
package demo

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"lectern"
)

// Load fills the workspace of by with the manual, published in by's name, in
// the workspace's default help center, and with the other help center, whose
// authors join the workspace. In a workspace that holds an article or a
// collection it does nothing and returns zero. What the manual lacks in its help
// center's default locale appears there in English. The manual is written last:
// lists of what is newest begin with it.
//
// Articles are first created as drafts and then filled and published: a link
// needs the ID of its target. Load is many transactions; one that was
// interrupted is gone on with by the next.
func Load(ctx context.Context, s lectern.Store, by lectern.Actor) (articles int, err error) {
	mine, err := s.BeginLoad(ctx, by)
	if err != nil || !mine {
		return 0, err
	}
	centers, err := s.HelpCenters(ctx, by.Workspace)
	if err != nil {
		return 0, fmt.Errorf("find the help center: %w", err)
	}
	if len(centers) == 0 {
		return 0, lectern.NotFoundf("the workspace has no help center for the demo")
	}
	home := centers[slices.IndexFunc(centers, func(h *lectern.HelpCenter) bool { return h.Default || len(centers) == 1 })]
	more, err := openBicycles(ctx, s, by, centers)
	if err != nil {
		return 0, err
	}
	m, err := readTree("manual", home.DefaultLocale)
	if err != nil {
		return 0, err
	}
	if err := introduce(ctx, s, by, home.ID); err != nil {
		return 0, err
	}
	for _, l := range []*loader{more, {store: s, by: by, center: home, manual: m}} {
		if err := l.load(ctx); err != nil {
			return 0, err
		}
		articles += len(l.manual.articles)
	}
	if err := s.EndLoad(ctx, by); err != nil {
		return 0, fmt.Errorf("end the loading of the manual: %w", err)
	}
	return articles, nil
}

// load writes everything that is not there yet.
func (l *loader) load(ctx context.Context) error {
	if err := l.findWhatIsThere(ctx); err != nil {
		return err
	}
	if err := l.addCollections(ctx); err != nil {
		return err
	}
	if err := l.addArticles(ctx); err != nil {
		return err
	}
	return l.publish(ctx)
}

// A loader writes one manual to one help center. Its maps grow as it goes.
type loader struct {
	store       lectern.Store
	by          lectern.Actor
	center      *lectern.HelpCenter
	manual      *manual
	authors     map[string]lectern.AdminID      // by what the files call them
	pictures    map[string]lectern.AssetName    // by the names of their files
	collections map[string]lectern.CollectionID // by path
	articles    map[string]lectern.ArticleID    // by key
	published   map[string]bool                 // by key
}

// findWhatIsThere recognises what an interrupted loading has made: a page by its
// parent and its English title.
func (l *loader) findWhatIsThere(ctx context.Context) error {
	collections, _, err := l.store.Collections(ctx, l.by.Workspace, lectern.CollectionQuery{HelpCenter: l.center.ID})
	if err != nil {
		return fmt.Errorf("list the collections that are there: %w", err)
	}
	l.collections = map[string]lectern.CollectionID{}
	for _, p := range l.manual.collections { // parents before children
		i := slices.IndexFunc(collections, func(c *lectern.Collection) bool {
			return c.Parent == l.collections[p.parent()] && c.Texts[original].Name == p.texts[original].title
		})
		if i >= 0 {
			l.collections[p.path] = collections[i].ID
		}
	}
	l.articles, l.published = map[string]lectern.ArticleID{}, map[string]bool{}
	articles, _, err := l.store.Articles(ctx, l.by.Workspace, lectern.ArticleQuery{Limit: 10_000})
	if err != nil {
		return fmt.Errorf("list the articles that are there: %w", err)
	}
	for _, p := range l.manual.articles {
		parent, ok := l.collections[p.parent()]
		if !ok {
			continue
		}
		i := slices.IndexFunc(articles, func(a *lectern.Article) bool {
			return slices.Contains(a.Parents, parent) && a.Texts[original].Title == p.texts[original].title
		})
		if i >= 0 {
			l.articles[p.key()] = articles[i].ID
			l.published[p.key()] = articles[i].Texts[original].State == lectern.Published
		}
	}
	return nil
}

// addCollections creates the collections, parents before children.
func (l *loader) addCollections(ctx context.Context) error {
	for _, c := range l.manual.collections {
		if _, there := l.collections[c.path]; there {
			continue
		}
		edit := &lectern.CollectionEdit{HelpCenter: &l.center.ID, Icon: new(c.texts[original].icon), Texts: map[lectern.Locale]lectern.CollectionTextEdit{}}
		if parent, nested := l.collections[c.parent()]; nested {
			edit.Parent = &parent
		}
		for locale, t := range c.texts {
			edit.Texts[locale] = lectern.CollectionTextEdit{Name: &t.title, Description: &t.description}
		}
		added, err := l.store.AddCollection(ctx, l.by, edit)
		if err != nil {
			return fmt.Errorf("add collection %s: %w", c.path, err)
		}
		l.collections[c.path] = added.ID
	}
	return nil
}

// addArticles creates every article as a draft with its titles alone, to learn
// the IDs.
func (l *loader) addArticles(ctx context.Context) error {
	for _, a := range l.manual.articles {
		if _, there := l.articles[a.key()]; there {
			continue
		}
		edit := &lectern.ArticleEdit{
			ArticleTextEdit: lectern.ArticleTextEdit{Author: new(l.author(a))},
			Parents:         &[]lectern.CollectionID{l.collections[a.parent()]},
			Texts:           map[lectern.Locale]lectern.ArticleTextEdit{},
		}
		for locale, t := range a.texts {
			edit.Texts[locale] = lectern.ArticleTextEdit{Title: &t.title, Description: &t.description, Author: new(l.author(a))}
		}
		added, err := l.store.AddArticle(ctx, l.by, edit)
		if err != nil {
			return fmt.Errorf("add article %s: %w", a.path, err)
		}
		l.articles[a.key()] = added.ID
	}
	return nil
}

// publish gives every article its bodies, whose links have targets now.
func (l *loader) publish(ctx context.Context) error {
	published := lectern.Published
	for _, a := range l.manual.articles {
		if l.published[a.key()] {
			continue
		}
		edit := &lectern.ArticleEdit{Texts: map[lectern.Locale]lectern.ArticleTextEdit{}}
		for locale, t := range a.texts {
			body, err := t.html(func(key string) (string, error) { return l.address(key, locale) }, l.picture)
			if err != nil {
				return fmt.Errorf("convert %s/%s: %w", locale, a.path, err)
			}
			edit.Texts[locale] = lectern.ArticleTextEdit{Body: &body, State: &published}
		}
		if _, err := l.store.UpdateArticle(ctx, l.by, l.articles[a.key()], edit, nil); err != nil {
			return fmt.Errorf("publish article %s: %w", a.path, err)
		}
	}
	return nil
}

// author is who wrote a page: whom its original names, or who loads it.
func (l *loader) author(p page) lectern.AdminID {
	if id, ok := l.authors[p.texts[original].author]; ok {
		return id
	}
	return l.by.Admin
}

// picture returns the path of the picture in the file name.
func (l *loader) picture(name string) (string, error) {
	asset, ok := l.pictures[name]
	if !ok {
		return "", fmt.Errorf("there is no picture %s", name)
	}
	return l.assetPath(asset), nil
}

func (l *loader) assetPath(name lectern.AssetName) string {
	return "/" + l.center.Identifier + "/_/" + string(name)
}

// address returns where the article key is read in locale, or in English if it
// is not translated. Only the ID in an address matters, so it outlives a new
// title.
func (l *loader) address(key string, locale lectern.Locale) (string, error) {
	a, ok := l.manual.article(key)
	if !ok {
		return "", fmt.Errorf("a link leads to article:%s, which does not exist", key)
	}
	if _, translated := a.texts[locale]; !translated {
		locale = original
	}
	return fmt.Sprintf("/%s/%s/articles/%d", l.center.Identifier, locale, l.articles[key]), nil
}

// greetings are what the home page says in the languages of the manual.
var greetings = map[lectern.Locale]lectern.ThemeText{
	"en": {Name: "Lectern Help", Greeting: "What do you want to do with Lectern?", Introduction: "How to run it, write in it and program with it."},
	"de": {Name: "Lectern-Hilfe", Greeting: "Was möchten Sie mit Lectern tun?", Introduction: "Betreiben, schreiben und programmieren: so geht es."},
	"fr": {Name: "Aide Lectern", Greeting: "Que voulez-vous faire avec Lectern ?", Introduction: "Comment l’installer, y écrire et le programmer."},
	"ja": {Name: "Lectern ヘルプ", Greeting: "Lectern で何をしますか？", Introduction: "動かす、書く、プログラムから使う方法を説明します。"},
	"ar": {Name: "مساعدة ليكترن", Greeting: "ماذا تريد أن تفعل بليكترن؟", Introduction: "كيف تشغّله، وتكتب فيه، وتبرمج به."},
}

// introduce gives the help center the words of its home page, unless it has
// some of its own.
func introduce(ctx context.Context, s lectern.Store, by lectern.Actor, id lectern.HelpCenterID) error {
	_, _, err := s.UpdateSite(ctx, by, id, nil, func(_ *lectern.HelpCenter, t *lectern.Theme) error {
		if len(t.Texts) == 0 {
			t.Texts = maps.Clone(greetings)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("introduce the manual: %w", err)
	}
	return nil
}
