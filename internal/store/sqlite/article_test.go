package sqlite_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/sqlite"
)

func TestTwoProcessesRunEachScheduleOnceAlsoAfterARestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lectern.db")
	start := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	at := func(now time.Time) *store.DB {
		s, err := sqlite.Open(t.Context(), path, store.Options{Now: func() time.Time { return now }})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	}
	before := at(start)
	by := setUp(t, before)
	const articles = 30
	for i := range articles {
		_, err := before.AddArticle(t.Context(), by, &lectern.ArticleEdit{
			ArticleTextEdit: lectern.ArticleTextEdit{Title: new("Later"), Author: &by.Admin, State: new(lectern.Published)},
			PublishAt:       new(start.Add(time.Duration(i+1) * time.Second)),
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := before.Close(); err != nil {
		t.Fatal(err)
	}
	one, two := at(start.Add(time.Minute)), at(start.Add(time.Minute))
	var ran [2]int
	var both sync.WaitGroup
	for i, s := range []*store.DB{one, two} {
		both.Go(func() {
			n, err := s.RunSchedules(t.Context())
			if err != nil {
				t.Error(err)
			}
			ran[i] = n
		})
	}
	both.Wait()
	if ran[0]+ran[1] != articles {
		t.Errorf("%d schedules ran here and %d there, want %d together", ran[0], ran[1], articles)
	}
	_, told, err := one.Events(t.Context(), by.Workspace, lectern.EventQuery{Kinds: []lectern.EventKind{lectern.ArticleUpdated}})
	if err != nil || told != articles {
		t.Errorf("%d events, error %v; want %d", told, err, articles)
	}
}

// TestTextsFromBeforeThereWereVersionsHaveOne takes a database back to the
// schema of the first release and opens it again.
func TestTextsFromBeforeThereWereVersionsHaveOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lectern.db")
	schema, err := os.ReadFile("schema/0001_init.sql")
	if err != nil {
		t.Fatal(err)
	}
	change(t, path, string(schema)+`
		CREATE TABLE schema_migrations (workspace_id BIGINT NOT NULL, version BIGINT NOT NULL, name TEXT NOT NULL,
			checksum TEXT NOT NULL, applied_at BIGINT NOT NULL, PRIMARY KEY (workspace_id, version));
		INSERT INTO schema_migrations VALUES (0, 1, '0001_init.sql', '`+fmt.Sprintf("%x", sha256.Sum256(schema))+`', 0);
		INSERT INTO workspace VALUES (1, 'abcdefgh', 'W', 'US', 'UTC', 0);
		INSERT INTO admin VALUES (1, 2, 'Ada', '', NULL, '', 1, 0, 1, '', 0, 0, 0, 0, 0), (1, 3, 'Bob', '', NULL, '', 1, 0, 1, '', 0, 0, 0, 0, 0);
		INSERT INTO help_center VALUES (1, 4, 'help', 'Help', 1, '', 1, 'en', 'en,de', 0, 0, 0);
		INSERT INTO article VALUES (1, 5, 4, 2, 3, 10, 20, 0, 0, 0, 0, 0);
		INSERT INTO article_text VALUES (1, 5, 'en', 6, 'Title', 'D', 'B', 2, 'published', 10, 20),
			(1, 5, 'de', 7, 'Titel', '', '', 3, 'draft', 15, 15);
		UPDATE counter SET value = 2000;`)
	up := openFile(t, path)
	a, err := up.Article(t.Context(), 1, 5)
	if err != nil {
		t.Fatal(err)
	}
	for l, want := range map[lectern.Locale]lectern.ArticleText{
		"en": {Content: 6, Wording: lectern.Wording{Title: "Title", Description: "D", Body: "B", Author: 2}, State: lectern.Published, PublishedAt: time.Unix(10, 0).UTC()},
		"de": {Content: 7, Wording: lectern.Wording{Title: "Titel", Author: 3}, State: lectern.Draft},
	} {
		got := a.Texts[l]
		if got.Content != want.Content || got.Wording != want.Wording || got.State != want.State || !got.PublishedAt.Equal(want.PublishedAt) ||
			got.CreatedBy != 2 || got.UpdatedBy != 3 || got.Availability != (lectern.Availability{Chatbot: true, Copilot: true, SalesAgent: true}) {
			t.Errorf("%s is %+v", l, got)
		}
		v, err := up.ArticleVersion(t.Context(), 1, 5, got.Version)
		if err != nil || v.Wording != want.Wording || v.Locale != l || v.From != 0 || v.State != want.State {
			t.Errorf("version of %s is %+v, %v", l, v, err)
		}
	}
	by := lectern.ByCommand(1, 2)
	b, err := up.AddArticle(t.Context(), by, &lectern.ArticleEdit{ArticleTextEdit: lectern.ArticleTextEdit{Title: new("New"), Author: &by.Admin}})
	if err != nil {
		t.Fatal(err)
	}
	taken := []int64{int64(a.Texts["en"].Version), int64(a.Texts["de"].Version), int64(b.ID), int64(b.Texts["en"].Content), int64(b.Texts["en"].Version)}
	slices.Sort(taken)
	if len(slices.Compact(taken)) != 5 || taken[0] <= 2000 {
		t.Errorf("IDs given: %v", taken)
	}
}
