package store_test

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/sqlite"
)

// searchBed opens a store with one workspace.
func searchBed(t *testing.T, path string) (*store.DB, lectern.Actor) {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if _, _, err := s.Setup(t.Context(), lectern.Setup{Locale: "en", Identifier: "help", Admin: lectern.Admin{Name: "Ada", Email: "a@example.com"}}); err != nil {
		t.Fatal(err)
	}
	all, err := s.Workspaces(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	admins, err := s.Admins(t.Context(), all[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return s, lectern.ByCommand(all[0].ID, admins[0].ID)
}

// bilingual is an article with an English and a German word of its own.
func bilingual(by lectern.Actor, n int) *lectern.ArticleEdit {
	return &lectern.ArticleEdit{
		ArticleTextEdit: lectern.ArticleTextEdit{Title: new(fmt.Sprintf("english%dth", n)), Author: new(by.Admin)},
		Texts:           map[lectern.Locale]lectern.ArticleTextEdit{"de": {Title: new(fmt.Sprintf("deutsch%dtes", n))}},
	}
}

func hits(t *testing.T, s *store.DB, by lectern.Actor, phrase string) int {
	t.Helper()
	_, total, err := s.SearchArticles(t.Context(), by.Workspace, lectern.SearchQuery{Phrase: phrase, Limit: 10})
	if err != nil {
		t.Error(err)
	}
	return total
}

// finds tells whether an article is the first hit.
func finds(t *testing.T, s *store.DB, by lectern.Actor, phrase string, id lectern.ArticleID) bool {
	t.Helper()
	list, _, err := s.SearchArticles(t.Context(), by.Workspace, lectern.SearchQuery{Phrase: phrase, Limit: 1})
	if err != nil {
		t.Error(err)
	}
	return len(list) > 0 && list[0].Article.ID == id
}

func TestASearchIsExactWithRoomForOneLanguageOnly(t *testing.T) {
	s, by := searchBed(t, filepath.Join(t.TempDir(), "lectern.db"))
	s.LimitSearch(1)
	for i := range 5 {
		a, err := s.AddArticle(t.Context(), by, bilingual(by, i))
		if err != nil {
			t.Fatal(err)
		}
		for _, phrase := range []string{fmt.Sprintf("english%dth", i), fmt.Sprintf("deutsch%dtes", i)} {
			if !finds(t, s, by, phrase, a.ID) {
				t.Errorf("%s does not find its article", phrase)
			}
		}
		if n := s.InMemory(); n != 1 {
			t.Errorf("%d languages in memory, want 1", n)
		}
	}
}

func TestWhatAnotherProcessWritesIsFoundAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lectern.db")
	one, by := searchBed(t, path)
	two, _ := searchBed(t, path)
	for i := range 20 {
		a, err := one.AddArticle(t.Context(), by, bilingual(by, i))
		if err != nil {
			t.Fatal(err)
		}
		for _, phrase := range []string{fmt.Sprintf("english%dth", i), fmt.Sprintf("deutsch%dtes", i)} {
			if !finds(t, two, by, phrase, a.ID) {
				t.Errorf("%s does not find what the other process wrote", phrase)
			}
		}
		if i%2 == 0 {
			continue
		}
		if err := two.DeleteArticle(t.Context(), by, a.ID); err != nil {
			t.Fatal(err)
		}
		if finds(t, one, by, fmt.Sprintf("english%dth", i), a.ID) {
			t.Errorf("article %d is found though it was deleted", i)
		}
	}
}

func TestSearchesAmidWritesSeeOneStateEach(t *testing.T) {
	s, by := searchBed(t, filepath.Join(t.TempDir(), "lectern.db"))
	var group sync.WaitGroup
	for i := range 4 {
		group.Go(func() {
			for n := range 25 {
				edit := bilingual(by, 100*i+n)
				edit.Body = new("shared")
				if _, err := s.AddArticle(t.Context(), by, edit); err != nil {
					t.Error(err)
				}
				// Hits are read with their articles: one of another state would be an error.
				if found := hits(t, s, by, "shared"); found < n+1 {
					t.Errorf("%d hits, want at least %d", found, n+1)
				}
			}
		})
	}
	group.Wait()
	if n := hits(t, s, by, "shared"); n != 100 {
		t.Errorf("%d hits, want 100", n)
	}
}
