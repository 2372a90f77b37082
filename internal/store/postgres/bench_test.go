package postgres_test

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"lectern/internal/search"
	"lectern/internal/store"
	"lectern/internal/store/postgres"
	"lectern/internal/store/storetest"
	"lectern/internal/testpg"
)

func BenchmarkStore(b *testing.B) {
	storetest.Bench(b, openEmpty, storetest.Baseline{Insert: rawInsert, Search: rawSearch})
}

// raw connects to a database without the store.
func raw(b *testing.B, dsn string) *pgx.Conn {
	b.Helper()
	c, err := pgx.Connect(b.Context(), dsn)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { c.Close(b.Context()) })
	return c
}

// run runs statements, each prepared once, and ends the benchmark on an error.
func run(b *testing.B, c *pgx.Conn, text string, args ...any) {
	b.Helper()
	if _, err := c.Exec(b.Context(), text, args...); err != nil {
		b.Fatal(err)
	}
}

// rawInsert is the rows of an article as bare statements, one after the other.
func rawInsert(b *testing.B, title, body string) func() error {
	dsn := testpg.DSN(b)
	s, err := postgres.Open(b.Context(), dsn, postgres.Options{Options: store.Options{}})
	if err != nil {
		b.Fatal(err)
	}
	by := setUp(b, s)
	centers, err := s.HelpCenters(b.Context(), by.Workspace)
	if err != nil {
		b.Fatal(err)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	c := raw(b, dsn)
	e := search.Index("en", search.Document{Title: title, Body: body})
	ws, admin, home := int64(by.Workspace), int64(by.Admin), int64(centers[0].ID)
	id := int64(1 << 20)
	return func() error {
		id++
		for _, x := range []struct {
			text string
			args []any
		}{
			{`BEGIN`, nil},
			{`UPDATE counter SET value = value + 4 WHERE workspace_id = 0`, nil},
			{`INSERT INTO article (workspace_id, id, help_center_id, created_by, updated_by, created_at, updated_at,
				views, conversations, happy, neutral, sad) VALUES ($1, $2, $3, $4, $4, 0, 0, 0, 0, 0, 0, 0)`, []any{ws, id, home, admin}},
			{`INSERT INTO article_text (workspace_id, article_id, locale, content_id, title, description, body, author_id, state,
				created_at, updated_at, version_id, chatbot, copilot, sales_agent, created_by, updated_by, published_at)
				VALUES ($1, $2, 'en', $2, $3, '', $4, $5, 'published', 0, 0, $2, 1, 1, 1, $5, $5, 0)`, []any{ws, id, title, body, admin}},
			{`INSERT INTO article_version (workspace_id, id, article_id, locale, title, description, body, author_id, created_by, created_via, created_at)
				VALUES ($1, $2, $2, 'en', $3, '', $4, $5, $5, 'api', 0)`, []any{ws, id, title, body, admin}},
			{`INSERT INTO search_text (workspace_id, object_id, locale, kind, state, event_id, version,
				title_len, description_len, headings_len, body_len, words, forward)
				VALUES ($1, $2, 'en', 'article', 'published', $2, 1, 1, 1, 1, 1, '', $3)`, []any{ws, id, e.Forward}},
			{`INSERT INTO search_stat (workspace_id, kind, locale, state, docs, title_len, description_len, headings_len, body_len, event_id)
				VALUES ($1, 'article', 'en', 'published', 1, 1, 1, 1, 1, $2)
				ON CONFLICT (workspace_id, kind, locale, state) DO UPDATE SET docs = search_stat.docs + 1, event_id = excluded.event_id`, []any{ws, id}},
			{`INSERT INTO event (workspace_id, id, at, kind, object, admin_id, ip, data)
				VALUES ($1, $2, 0, 'article.created', $2, $3, '', '{"updated_at":1,"published":["en"]}')`, []any{ws, id, admin}},
			{`COMMIT`, nil},
		} {
			if _, err := c.Exec(b.Context(), x.text, x.args...); err != nil {
				return err
			}
		}
		return nil
	}
}

// rawSearch is PostgreSQL's own full text search and ranking, without its
// dictionaries: words are stemmed as the store's are, so that both find the same.
func rawSearch(b *testing.B, docs [][2]string) func(words []string) error {
	c := raw(b, testpg.DSN(b))
	terms := func(text string) []string {
		var list []string
		for w := range strings.FieldsSeq(text) {
			list = append(list, search.ParseQuery("en", w, search.Options{}).Terms...)
		}
		return list
	}
	run(b, c, `CREATE TABLE doc (id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)`)
	run(b, c, `BEGIN`)
	for i, d := range docs {
		run(b, c, `INSERT INTO doc VALUES ($1, setweight(to_tsvector('simple', $2), 'A') || to_tsvector('simple', $3))`,
			i+1, strings.Join(terms(d[0]), " "), strings.Join(terms(d[1]), " "))
	}
	run(b, c, `COMMIT`)
	run(b, c, `CREATE INDEX ON doc USING gin (words)`)
	run(b, c, `ANALYZE doc`)
	return func(words []string) error {
		rows, err := c.Query(b.Context(), `
			SELECT id FROM doc, to_tsquery('simple', $1) q WHERE words @@ q ORDER BY ts_rank_cd(words, q) DESC LIMIT 10`,
			strings.Join(terms(strings.Join(words, " ")), " | "))
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
