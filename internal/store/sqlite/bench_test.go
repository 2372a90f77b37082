package sqlite_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"lectern/internal/search"
	"lectern/internal/store/storetest"
)

func BenchmarkStore(b *testing.B) {
	storetest.Bench(b, openEmpty, storetest.Baseline{Insert: rawInsert, Search: rawSearch})
}

// raw opens a file without the store, as durable as the store's.
func raw(b *testing.B, path string) *sql.Conn {
	b.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=mmap_size(268435456)&_pragma=cache_size(-16384)")
	if err != nil {
		b.Fatal(err)
	}
	c, err := db.Conn(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { c.Close(); db.Close() })
	return c
}

// prepared returns a function that runs a statement.
func prepared(b *testing.B, c *sql.Conn, text string) func(args ...any) error {
	b.Helper()
	s, err := c.PrepareContext(context.Background(), text)
	if err != nil {
		b.Fatal(err)
	}
	return func(args ...any) error {
		_, err := s.Exec(args...)
		return err
	}
}

func rawInsert(b *testing.B, title, body string) func() error {
	path := filepath.Join(b.TempDir(), "raw.db")
	s := openFile(b, path)
	by := setUp(b, s)
	centers, err := s.HelpCenters(b.Context(), by.Workspace)
	if err != nil {
		b.Fatal(err)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	c := raw(b, path)
	e := search.Index("en", search.Document{Title: title, Body: body})
	words := strings.Join(e.Words, " ")
	begin, commit := prepared(b, c, `BEGIN IMMEDIATE`), prepared(b, c, `COMMIT`)
	counter := prepared(b, c, `UPDATE counter SET value = value + 4 WHERE workspace_id = 0`)
	article := prepared(b, c, `INSERT INTO article VALUES ($1, $2, $3, $4, $4, 0, 0, 0, 0, 0, 0, 0, NULL, '', '', 0)`)
	text := prepared(b, c, `INSERT INTO article_text VALUES ($1, $2, 'en', $2, $3, '', $4, $5, 'published', 0, 0, $2, 1, 1, 1, $5, $5, 0)`)
	version := prepared(b, c, `INSERT INTO article_version VALUES ($1, $2, $2, 'en', NULL, $3, '', $4, $5, $5, 'api', 0)`)
	forward := prepared(b, c, `INSERT INTO search_text VALUES ($1, $2, 'en', 'article', 'published', $2, 2, 1, 1, 1, 1, $4, $3)`)
	stat := prepared(b, c, `INSERT INTO search_stat VALUES ($1, 'article', 'en', 'published', 1, 1, 1, 1, 1, $2)
		ON CONFLICT DO UPDATE SET docs = docs + 1, event_id = excluded.event_id`)
	event := prepared(b, c, `INSERT INTO event VALUES ($1, $2, 0, 'article.created', $2, $3, '', '{"updated_at":1,"published":["en"]}')`)
	id := 1 << 20
	return func() error {
		id++
		for _, step := range []func() error{
			func() error { return begin() },
			func() error { return counter() },
			func() error { return article(by.Workspace, id, centers[0].ID, by.Admin) },
			func() error { return text(by.Workspace, id, title, body, by.Admin) },
			func() error { return version(by.Workspace, id, title, body, by.Admin) },
			func() error {
				carried := ""
				if id == 1<<20+1 { // later rows have no new words
					carried = words
				}
				return forward(by.Workspace, id, e.Forward, carried)
			},
			func() error { return stat(by.Workspace, id) },
			func() error { return event(by.Workspace, id, by.Admin) },
			func() error { return commit() },
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	}
}

func rawSearch(b *testing.B, docs [][2]string) func(words []string) error {
	c := raw(b, filepath.Join(b.TempDir(), "raw.db"))
	for _, statement := range []string{
		`CREATE VIRTUAL TABLE doc USING fts5 (title, body, content = '', contentless_delete = 1, tokenize = 'ascii')`, `BEGIN`,
	} {
		if err := prepared(b, c, statement)(); err != nil {
			b.Fatal(err)
		}
	}
	// Stemmed as the store's are, so that both find the same.
	terms := func(text string) []string {
		var list []string
		for w := range strings.FieldsSeq(text) {
			list = append(list, search.ParseQuery("en", w, search.Options{}).Terms...)
		}
		return list
	}
	insert := prepared(b, c, `INSERT INTO doc (rowid, title, body) VALUES ($1, $2, $3)`)
	for i, d := range docs {
		if err := insert(i+1, strings.Join(terms(d[0]), " "), strings.Join(terms(d[1]), " ")); err != nil {
			b.Fatal(err)
		}
	}
	if err := prepared(b, c, `COMMIT`)(); err != nil {
		b.Fatal(err)
	}
	s, err := c.PrepareContext(context.Background(), `SELECT rowid FROM doc WHERE doc MATCH $1 ORDER BY bm25(doc, 5, 1) LIMIT 10`)
	if err != nil {
		b.Fatal(err)
	}
	return func(words []string) error {
		rows, err := s.Query(`"` + strings.Join(terms(strings.Join(words, " ")), `" OR "`) + `"`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id int64
			if err := rows.Scan(&id); err != nil {
				return err
			}
		}
		return rows.Err()
	}
}
