package store_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/sqlite"
)

// open sets up a store in a new file, and returns it with its first teammate.
func open(t testing.TB, o store.Options) (*store.DB, lectern.Actor) {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "lectern.db"), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	ws, _, err := s.Setup(t.Context(), lectern.Setup{Locale: "en", Identifier: "help", Admin: lectern.Admin{Name: "Ada"}})
	if err != nil {
		t.Fatal(err)
	}
	admins, err := s.Admins(t.Context(), ws.ID)
	if err != nil {
		t.Fatal(err)
	}
	return s, lectern.ByCommand(ws.ID, admins[0].ID)
}

// add adds an article.
func add(t testing.TB, s lectern.Store, by lectern.Actor, title string) *lectern.Article {
	t.Helper()
	a, err := s.AddArticle(t.Context(), by, &lectern.ArticleEdit{
		ArticleTextEdit: lectern.ArticleTextEdit{Title: &title, Author: &by.Admin},
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAnIDBroughtFromElsewhereIsNotGivenAgain(t *testing.T) {
	s, by := open(t, store.Options{})
	const brought = 5_000_000_000
	if err := s.Reserve(t.Context(), by.Workspace, 7, brought, 8); err != nil {
		t.Fatal(err)
	}
	if err := s.Reserve(t.Context(), by.Workspace, 9); err != nil {
		t.Fatal(err)
	}
	if a := add(t, s, by, "T"); a.ID != brought+1 {
		t.Errorf("the next ID is %d, want %d", a.ID, brought+1)
	}
}

func TestAReservationIsNoEventAndHidesNone(t *testing.T) {
	s, by := open(t, store.Options{})
	var heard []lectern.EventID
	s.Watch(func(events []lectern.Event) {
		for _, e := range events {
			heard = append(heard, e.ID)
		}
	})
	add(t, s, by, "1")
	if err := s.Reserve(t.Context(), by.Workspace, 1e9); err != nil {
		t.Fatal(err)
	}
	add(t, s, by, "2")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if len(heard) != 2 || heard[1] <= 1e9 {
		t.Errorf("heard of %d", heard)
	}
}

func TestAListStaysExactBeyondEveryLimitOfItsAnchors(t *testing.T) {
	now := time.Unix(1e9, 0)
	s, by := open(t, store.Options{Now: func() time.Time { return now }})
	var made []lectern.ArticleID
	check := func(when string) {
		t.Helper()
		for _, offset := range []int{0, 100, 1000, len(made) - 1, len(made)} {
			list, total, err := s.Articles(t.Context(), by.Workspace, lectern.ArticleQuery{Offset: offset, Limit: 1})
			if err != nil {
				t.Fatal(err)
			}
			if total != len(made) {
				t.Errorf("%s: total %d, want %d", when, total, len(made))
			}
			if at := len(made) - 1 - offset; at >= 0 && (len(list) != 1 || list[0].ID != made[at]) || at < 0 && len(list) != 0 {
				t.Errorf("%s: article at %d is not %d", when, offset, made[max(at, 0)])
			}
		}
	}
	grow := func(n int) {
		t.Helper()
		for range n {
			made = append(made, add(t, s, by, "T").ID)
		}
	}
	grow(2 * store.AnchorEvery)
	check("at first")
	grow(store.MaxAnchorEvents + 1)
	check("after more changes than are followed")
	for range 3 {
		grow(store.MaxAnchorGap / 2)
		check("as the way to the first anchor grows")
	}
	for i, id := range made[:300] {
		if err := s.DeleteArticle(t.Context(), by, id); err != nil {
			t.Fatal(err)
		}
		if i%100 == 99 {
			made = made[100:]
			check(fmt.Sprintf("after %d deletions", i+1))
		}
	}
}

func TestMoreWorkspacesThanHaveAnchorsListTheirOwnArticles(t *testing.T) {
	s, _ := open(t, store.Options{})
	var workspaces []lectern.WorkspaceID
	for i := range 40 {
		ws, err := s.AddWorkspace(t.Context(), lectern.ByInstallation(0, lectern.ViaCommand), lectern.Setup{
			Locale: "en", Identifier: fmt.Sprint("w", i), Token: lectern.HashToken(fmt.Sprint(i)), Admin: lectern.Admin{Name: "Ada"},
		})
		if err != nil {
			t.Fatal(err)
		}
		admins, err := s.Admins(t.Context(), ws.ID)
		if err != nil {
			t.Fatal(err)
		}
		for range i {
			add(t, s, lectern.ByCommand(ws.ID, admins[0].ID), "T")
		}
		workspaces = append(workspaces, ws.ID)
	}
	for range 2 {
		for i, ws := range workspaces {
			if _, total, err := s.Articles(t.Context(), ws, lectern.ArticleQuery{Limit: 1}); err != nil || total != i {
				t.Errorf("workspace %d: total %d, error %v", i, total, err)
			}
		}
	}
}

func TestFoldingMakesEqualWhatDiffersInCase(t *testing.T) {
	for _, x := range [][2]string{{"Hello", "hELLO"}, {"ΣΑΣ", "σας"}, {"Ж", "ж"}, {"K", "\u212a"}, {"ß", "ẞ"}, {"", ""}, {"日本", "日本"}} {
		if store.Fold(x[0]) != store.Fold(x[1]) {
			t.Errorf("%q and %q fold to %q and %q", x[0], x[1], store.Fold(x[0]), store.Fold(x[1]))
		}
	}
	for _, x := range [][2]string{{"a", "b"}, {"i", "ı"}, {"e", "é"}, {"ss", "ß"}} {
		if store.Fold(x[0]) == store.Fold(x[1]) {
			t.Errorf("%q and %q fold to the same", x[0], x[1])
		}
	}
}

func FuzzNoPhraseBreaksASearch(f *testing.F) {
	for _, seed := range []string{"", "fox", `"fox" OR`, "NEAR(a b)", "a*", "\x00", "\xff\u0091", "日本語", strings.Repeat("x ", 100)} {
		f.Add(seed)
	}
	s, by := open(f, store.Options{})
	if _, err := s.AddArticle(f.Context(), by, &lectern.ArticleEdit{
		ArticleTextEdit: lectern.ArticleTextEdit{Title: new("Quick fox"), Author: &by.Admin},
		Texts:           map[lectern.Locale]lectern.ArticleTextEdit{"ja": {Title: new("日本語")}, "de": {Title: new("Fuchs")}},
	}); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, phrase string) {
		hits, total, err := s.SearchArticles(t.Context(), by.Workspace, lectern.SearchQuery{Phrase: phrase, Limit: 5})
		if err != nil || len(hits) != total || total > 1 {
			t.Errorf("%d hits, total %d, error %v", len(hits), total, err)
		}
	})
}
