// Package storetest says, as tests, what any lectern.Store does: the comments
// in package lectern are its summary. An engine joins with a line in a test of
// its own:
//
//	func TestKeepsThePromisesOfAStore(t *testing.T) { storetest.Run(t, openEmpty) }
//
// where openEmpty opens a store on an empty database with the given options.
// Each test has a store of its own and says one sentence. Bench measures what
// was promised about speed.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lectern"
	"lectern/internal/store"
)

// An Opener opens a store on an empty database, and closes it when the test ends.
type Opener func(t testing.TB, o store.Options) lectern.Store

// A test is one promise.
type test struct {
	says string
	run  func(b *bed)
}

// Run tests every promise on stores that open opens.
func Run(t *testing.T, open Opener) {
	for _, group := range [][]test{
		workspaceTests, adminTests, tokenTests, helpCenterTests, collectionTests, articleTests, listTests,
		searchTests, searchLocaleTests, searchPublicTests, tagTests, taggingTests, internalArticleTests, folderTests, eventTests, isolationTests, concurrencyTests, plainTextTests, draftTests, audienceTests, redirectTests, snippetTests,
		aiContentTests, brandTests, contentTests, bulkTests,
		readerTests, orderTests, countTests, themeTests, relatedTests,
		searchRuleTests, searchLogTests, meaningTests,
	} {
		for _, x := range group {
			t.Run(x.says, func(t *testing.T) {
				t.Parallel()
				x.run(newBed(t, open))
			})
		}
	}
}

// A bed is what a test works on: a store with one workspace.
type bed struct {
	testing.TB
	ctx   context.Context
	store lectern.Store
	clock *clock
	ws    lectern.WorkspaceID
	by    lectern.Actor // the first teammate
	home  *lectern.HelpCenter
}

// newBed sets up a store.
func newBed(t testing.TB, open Opener) *bed {
	t.Helper()
	b := &bed{TB: t, ctx: t.Context(), clock: newClock()}
	b.store = open(t, store.Options{Now: b.clock.now})
	ws, created, err := b.store.Setup(b.ctx, setup("help"))
	b.must(err)
	if !created {
		t.Fatal("the store is not empty")
	}
	b.enter(ws.ID)
	return b
}

// setup is a first start; name tells two of them apart.
func setup(name string) lectern.Setup {
	return lectern.Setup{
		WorkspaceName: "Example " + name, Locale: "en", Identifier: name, HelpCenter: "Help " + name,
		Admin:     lectern.Admin{Name: "Ada", Email: "ada@example.com", JobTitle: "Author", HasInboxSeat: true},
		TokenName: "first", Token: lectern.HashToken(name),
	}
}

// enter makes b work in a workspace.
func (b *bed) enter(ws lectern.WorkspaceID) {
	b.Helper()
	admins, err := b.store.Admins(b.ctx, ws)
	b.must(err)
	centers, err := b.store.HelpCenters(b.ctx, ws)
	b.must(err)
	if len(admins) == 0 || len(centers) == 0 {
		b.Fatalf("workspace %d has %d admins and %d help centers", ws, len(admins), len(centers))
	}
	b.ws, b.home = ws, centers[0]
	b.by = lectern.ByCommand(ws, admins[0].ID)
	b.by.IP = "192.0.2.1"
}

// another returns a bed on a second workspace of the same store.
func (b *bed) another() *bed {
	b.Helper()
	adder, ok := b.store.(interface {
		AddWorkspace(context.Context, lectern.Actor, lectern.Setup) (*lectern.Workspace, error)
	})
	if !ok {
		b.Fatal("the store cannot add a workspace")
	}
	ws, err := adder.AddWorkspace(b.ctx, lectern.ByInstallation(0, lectern.ViaCommand), setup("other"))
	b.must(err)
	o := *b
	o.enter(ws.ID)
	return &o
}

// must ends the test on an error.
func (b *bed) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// refused fails the test unless err is of the kind, about the field.
func (b *bed) refused(err error, kind lectern.Kind, field string) {
	b.Helper()
	var e *lectern.Error
	if !errors.As(err, &e) || e.Kind != kind || e.Field != field {
		b.Errorf("error %v, want %s about %q", err, kind, field)
	}
}

// A clock is set by hand. It starts in 2026 and stands still.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 3, 4, 5, 6, 7, 8e6, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// pass moves the clock.
func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// seconds is the clock's time in whole seconds, as nouns keep it.
func (c *clock) seconds() time.Time { return c.now().Truncate(time.Second) }

// article adds a published article.
func (b *bed) article(title, body string) *lectern.Article {
	b.Helper()
	a, err := b.store.AddArticle(b.ctx, b.by, b.edit(title, body, lectern.Published))
	b.must(err)
	return a
}

// edit is what makes an article with a text in the default locale.
func (b *bed) edit(title, body string, state lectern.State) *lectern.ArticleEdit {
	return &lectern.ArticleEdit{ArticleTextEdit: lectern.ArticleTextEdit{
		Title: new(title), Body: new(body), Author: new(b.by.Admin), State: new(state),
	}}
}

// collection adds a collection, under a parent unless that is zero.
func (b *bed) collection(name string, parent lectern.CollectionID) *lectern.Collection {
	b.Helper()
	c, err := b.store.AddCollection(b.ctx, b.by, &lectern.CollectionEdit{
		CollectionTextEdit: lectern.CollectionTextEdit{Name: new(name)}, Parent: new(parent),
	})
	b.must(err)
	return c
}

// center adds a second help center.
func (b *bed) center(identifier string) *lectern.HelpCenter {
	b.Helper()
	h, err := b.store.AddHelpCenter(b.ctx, b.by, lectern.HelpCenter{
		Identifier: identifier, DisplayName: "Help " + identifier, DefaultLocale: "en",
	})
	b.must(err)
	return h
}

// events lists what happened, oldest first.
func (b *bed) events() []lectern.Event {
	b.Helper()
	events, total, err := b.store.Events(b.ctx, b.ws, lectern.EventQuery{})
	b.must(err)
	if total != len(events) {
		b.Errorf("total %d of %d events", total, len(events))
	}
	slices.Reverse(events)
	return events
}

// happened returns the kinds of the events that fn causes, as one text.
func (b *bed) happened(fn func()) string {
	b.Helper()
	before := len(b.events())
	fn()
	var kinds []string
	for _, e := range b.events()[before:] {
		kinds = append(kinds, string(e.Kind))
	}
	return strings.Join(kinds, " ")
}

// equal fails the test unless two values print alike.
func (b *bed) equal(what string, got, want any) {
	b.Helper()
	if g, w := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want); g != w {
		b.Errorf("%s is\n\t%s, want\n\t%s", what, g, w)
	}
}
