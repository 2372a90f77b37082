package differential_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/testpg"
)

// told opens a store by open and tells a story in it.
func told(t *testing.T, db *store.DB, seed uint64) *story {
	t.Helper()
	c := &clock{at: time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)}
	setUp(t, db)
	n := serve(t, "source", db, c.now)
	s := newStory(&twin{TB: t, clock: c, nodes: []*node{n}}, seed)
	for range 150 {
		s.step()
	}
	return s
}

// quiet is for whoever does not look at the progress of a move.
func quiet(store.MoveStep) {}

// counted are the rows of the tables that a move reports.
func counted(tables []store.MovedTable) map[string]int64 {
	rows := map[string]int64{}
	for _, x := range tables {
		rows[x.Name] = x.Rows
	}
	return rows
}

// turnRound adds a collection of two articles, turns the order of the articles in each
// collection round, and says what it is then.
func turnRound(t *testing.T, db *store.DB) string {
	t.Helper()
	workspaces, err := db.Workspaces(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	admins, err := db.Admins(t.Context(), workspaces[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	author := lectern.ByCommand(workspaces[0].ID, admins[0].ID)
	shelf, err := db.AddCollection(t.Context(), author, &lectern.CollectionEdit{CollectionTextEdit: lectern.CollectionTextEdit{Name: new("Shelf")}})
	if err != nil {
		t.Fatal(err)
	}
	for _, title := range []string{"One", "Two"} {
		_, err := db.AddArticle(t.Context(), author, &lectern.ArticleEdit{
			ArticleTextEdit: lectern.ArticleTextEdit{Title: &title, Author: &author.Admin}, Parents: &[]lectern.CollectionID{shelf.ID}})
		if err != nil {
			t.Fatal(err)
		}
	}
	was := orders(t, db)
	eachOrder(t, db, func(by lectern.Actor, id lectern.CollectionID, o *lectern.Order) {
		slices.Reverse(o.Articles)
		if _, err := db.OrderCollection(t.Context(), by, id, lectern.Order{Articles: o.Articles}); err != nil {
			t.Fatal(err)
		}
	})
	now := orders(t, db)
	if now == was {
		t.Fatal("the order stayed")
	}
	return now
}

// orders says in which order the articles of each collection stand.
func orders(t *testing.T, db *store.DB) string {
	t.Helper()
	var all []string
	eachOrder(t, db, func(_ lectern.Actor, id lectern.CollectionID, o *lectern.Order) {
		all = append(all, fmt.Sprint(id, o.Articles))
	})
	slices.Sort(all)
	return strings.Join(all, "\n")
}

func eachOrder(t *testing.T, db *store.DB, do func(lectern.Actor, lectern.CollectionID, *lectern.Order)) {
	t.Helper()
	workspaces, err := db.Workspaces(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ws := workspaces[0].ID
	collections, _, err := db.Collections(t.Context(), ws, lectern.CollectionQuery{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range collections {
		o, err := db.CollectionOrder(t.Context(), ws, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		do(lectern.ByCommand(ws, 0), c.ID, o)
	}
}

func TestEverythingMovesToPostgreSQLAndBack(t *testing.T) {
	now := (&clock{at: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)}).now
	first := openSQLite(t, t.TempDir(), now)
	s := told(t, first, 1)
	turned := turnRound(t, first)
	second := openPostgres(t, testpg.DSN(t), now)
	there, err := second.Move(t.Context(), first, quiet)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"workspace", "token", "article", "article_text", "event", "search_text", "tag", "folder", "content_snippet", "redirect"} {
		if counted(there)[name] == 0 {
			t.Errorf("no row of %s was moved", name)
		}
	}
	third := openSQLite(t, t.TempDir(), now)
	back, err := third.Move(t.Context(), second, quiet)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(there, back) {
		t.Errorf("there %v\nand back %v", there, back)
	}
	if again, err := third.Move(t.Context(), second, quiet); err != nil || !slices.Equal(again, back) {
		t.Errorf("a move that is done already: %v, error %v", again, err)
	}

	for _, moved := range []*store.DB{second, third} {
		if got := orders(t, moved); got != turned {
			t.Errorf("the order of collections is\n%s, was\n%s", got, turned)
		}
	}

	// From here on the three are one: they answer alike and go on alike.
	for _, moved := range []*store.DB{second, third} {
		w := &twin{TB: t, clock: s.clock, nodes: []*node{s.nodes[0], serve(t, "moved", moved, s.clock.now)}}
		on := *s
		on.twin = w
		on.all()
	}
	w := &twin{TB: t, clock: s.clock, nodes: []*node{serve(t, "PostgreSQL", second, s.clock.now), serve(t, "SQLite", third, s.clock.now)}}
	on := *s
	on.twin = w
	for range 50 {
		on.step()
		on.read()
	}
}

// TestAMoveGoesOnWhereItStopped cuts a move off at random moments until it gets
// through. A row that was copied twice, or not at all, would end it.
func TestAMoveGoesOnWhereItStopped(t *testing.T) {
	folder, dsn := t.TempDir(), testpg.DSN(t)
	from := openSQLite(t, folder, time.Now)
	s := told(t, from, 2)
	random := rand.New(rand.NewPCG(3, 3))
	var most int64
	stops := 0
	for ; ; stops++ {
		to := openPostgres(t, dsn, time.Now)
		ctx, cancel := context.WithCancel(t.Context())
		left, begun := 1+random.IntN(20), int64(-1)
		tables, err := to.Move(ctx, from, func(step store.MoveStep) {
			if begun < 0 && step.Doing == "copy" {
				begun = step.Done
			}
			if step.Doing == "copy" { // comparing begins anew each time
				left--
			}
			if left == 0 {
				cancel()
			}
		})
		cancel()
		if err == nil {
			if begun >= 0 && begun < most {
				t.Errorf("the last attempt began at row %d, after %d were copied", begun, most)
			}
			s.nodes = append(s.nodes, serve(t, "PostgreSQL", to, s.clock.now))
			s.all()
			if counted(tables)["article"] == 0 {
				t.Error("no article was moved")
			}
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		if err := to.Finished(t.Context()); !errors.Is(err, store.ErrUnfinished) {
			t.Fatalf("after attempt %d the target says %v", stops+1, err)
		}
		most = max(most, begun)
		if err := to.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if stops < 3 {
		t.Errorf("it was stopped %d times only", stops)
	}
}

func TestAMoveIsRefused(t *testing.T) {
	full := func(t *testing.T) *store.DB {
		db := openSQLite(t, t.TempDir(), time.Now)
		setUp(t, db)
		return db
	}
	stopped := func(t *testing.T, from, to *store.DB) {
		t.Helper()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		if _, err := to.Move(ctx, from, func(store.MoveStep) { cancel() }); !errors.Is(err, context.Canceled) {
			t.Fatalf("the move ended with %v", err)
		}
	}
	change := func(t *testing.T, db *store.DB) {
		t.Helper()
		all, err := db.Workspaces(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.AddTag(t.Context(), lectern.ByCommand(all[0].ID, 0), "new"); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		name string
		move func(t *testing.T, from, to *store.DB) error
		says string
	}{
		{"into a database that is in use", func(t *testing.T, from, to *store.DB) error {
			setUp(t, to)
			_, err := to.Move(t.Context(), from, quiet)
			return err
		}, "The target is not empty"},
		{"into what was begun with another source", func(t *testing.T, from, to *store.DB) error {
			stopped(t, from, to)
			other := full(t)
			change(t, other)
			_, err := to.Move(t.Context(), other, quiet)
			return err
		}, "unfinished move of another database"},
		{"once the source was changed between two attempts", func(t *testing.T, from, to *store.DB) error {
			stopped(t, from, to)
			change(t, from)
			_, err := to.Move(t.Context(), from, quiet)
			return err
		}, "before it was changed"},
		{"if the source is changed meanwhile", func(t *testing.T, from, to *store.DB) error {
			changed := false
			_, err := to.Move(t.Context(), from, func(s store.MoveStep) {
				if !changed {
					changed = true
					change(t, from)
				}
			})
			return err
		}, "The source was changed during the move"},
		{"from what is itself unfinished", func(t *testing.T, from, to *store.DB) error {
			stopped(t, from, to)
			_, err := openSQLite(t, t.TempDir(), time.Now).Move(t.Context(), to, quiet)
			return err
		}, store.ErrUnfinished.Error()},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := test.move(t, full(t), openPostgres(t, testpg.DSN(t), time.Now))
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("error %v, want one that says %q", err, test.says)
			}
		})
	}
}

func TestAnEmptyDatabaseMovesToo(t *testing.T) {
	from := openSQLite(t, t.TempDir(), time.Now)
	to := openPostgres(t, testpg.DSN(t), time.Now)
	if _, err := to.Move(t.Context(), from, quiet); err != nil {
		t.Fatal(err)
	}
	setUp(t, to)
}

// TestAMoveNamesTheRowThatCannotBeKept has a text in SQLite that old versions let
// in and PostgreSQL has no way to keep.
func TestAMoveNamesTheRowThatCannotBeKept(t *testing.T) {
	folder := t.TempDir()
	from := openSQLite(t, folder, time.Now)
	by := setUp(t, from)
	tag, err := from.AddTag(t.Context(), by, "old")
	if err != nil {
		t.Fatal(err)
	}
	file, err := sql.Open("sqlite", filepath.Join(folder, "lectern.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.ExecContext(t.Context(), `UPDATE tag SET name = 'o' || char(0) || 'ld'`); err != nil {
		t.Fatal(err)
	}
	_, err = openPostgres(t, testpg.DSN(t), time.Now).Move(t.Context(), from, quiet)
	want := fmt.Sprintf("tag.name of the row where workspace_id = %d, id = %d", by.Workspace, tag.ID)
	if !errors.Is(err, lectern.Invalid) || !strings.Contains(err.Error(), want) {
		t.Errorf("error %v, want one with %q", err, want)
	}
}
