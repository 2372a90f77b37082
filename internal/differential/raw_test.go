package differential_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"lectern"
	"lectern/internal/search"
)

// raw is pgx by hand: the statements that the store sends, as few ways to the
// server as they allow, without HTTP, rights, rules or JSON.
type raw struct {
	pool *pgxpool.Pool
	add  *pgxpool.Pool // another database, so that what is added by hand is no news to a store
	id   atomic.Int64
	home lectern.HelpCenterID
	by   lectern.Actor
}

// articleRows are what an article consists of. Each ends where IDs are to follow.
var articleRows = []string{
	`SELECT id, help_center_id, created_by, updated_by, created_at, updated_at, views, conversations, happy, neutral, sad,
		scheduled_at, scheduled_state, scheduled_locales, scheduled_by FROM article WHERE workspace_id = 1001 AND id IN`,
	`SELECT article_id, locale, content_id, version_id, title, description, body, author_id, state, chatbot, copilot, sales_agent,
		created_by, updated_by, created_at, updated_at, published_at FROM article_text WHERE workspace_id = 1001 AND article_id IN`,
	`SELECT p.article_id, p.collection_id, c.parent_id IS NOT NULL
		FROM article_parent p JOIN collection c ON c.workspace_id = p.workspace_id AND c.id = p.collection_id
		WHERE p.workspace_id = 1001 AND p.article_id IN`,
	`SELECT d.article_id, d.locale, d.version_id, v.title, v.description, v.body, v.author_id, d.updated_by, d.updated_at
		FROM article_draft d JOIN article_version v ON v.workspace_id = d.workspace_id AND v.id = d.version_id
		WHERE d.workspace_id = 1001 AND d.article_id IN`,
	`SELECT x.article_id, x.locale, o.audience_id
		FROM article_text x JOIN audience_of o ON o.workspace_id = x.workspace_id AND o.object_id = x.content_id
		WHERE x.workspace_id = 1001 AND x.article_id IN`,
	`SELECT t.object_id, g.id, g.name, t.applied_at, t.applied_by
		FROM tagging t JOIN tag g ON g.workspace_id = t.workspace_id AND g.id = t.tag_id
		WHERE t.workspace_id = 1001 AND t.object_kind = 'article' AND t.object_id IN`,
	`SELECT object_id, folder_id FROM folder_content WHERE workspace_id = 1001 AND object_kind = 'article' AND object_id IN`,
}

// newRaw opens the database of a store, and a database with the same tables.
func newRaw(b *testing.B, dsn, empty string) *raw {
	b.Helper()
	r := &raw{}
	db := openPostgres(b, empty, time.Now)
	r.by = setUp(b, db)
	centers, err := db.HelpCenters(b.Context(), r.by.Workspace)
	if err != nil {
		b.Fatal(err)
	}
	r.home = centers[0].ID
	r.id.Store(1 << 20)
	for dsn, pool := range map[string]**pgxpool.Pool{dsn: &r.pool, empty: &r.add} {
		if *pool, err = pgxpool.New(b.Context(), dsn); err != nil {
			b.Fatal(err)
		}
		b.Cleanup((*pool).Close)
	}
	return r
}

// send sends statements at once, as one transaction, and reads every row.
func send(ctx context.Context, pool *pgxpool.Pool, batch *pgx.Batch) error {
	results := pool.SendBatch(ctx, batch)
	for range batch.Len() {
		rows, err := results.Query()
		if err != nil {
			results.Close()
			return err
		}
		for rows.Next() {
			if _, err := rows.Values(); err != nil {
				return err
			}
		}
		rows.Close()
	}
	return results.Close()
}

// articles adds the statements that read articles.
func articles(batch *pgx.Batch, ids []any) {
	places := make([]string, len(ids))
	for i := range ids {
		places[i] = fmt.Sprint("$", i+1)
	}
	for _, text := range articleRows {
		batch.Queue(text+` (`+strings.Join(places, ",")+`)`, ids...)
	}
}

// get reads an article.
func (r *raw) get(ctx context.Context, id lectern.ArticleID) error {
	batch := &pgx.Batch{}
	articles(batch, []any{id})
	return send(ctx, r.pool, batch)
}

// list reads the first page of all articles.
func (r *raw) list(ctx context.Context) error {
	rows, err := r.pool.Query(ctx, `
		SELECT id FROM article WHERE workspace_id = 1001 ORDER BY updated_at DESC, id DESC LIMIT 25`)
	if err != nil {
		return err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[any])
	if err != nil {
		return err
	}
	batch := &pgx.Batch{}
	articles(batch, ids)
	return send(ctx, r.pool, batch)
}

// search reads what a search reads once it knows what it finds: memory tells it.
func (r *raw) search(ctx context.Context, found []lectern.ArticleID) error {
	batch := &pgx.Batch{}
	batch.Queue(`SELECT * FROM help_center WHERE workspace_id = 1001`)
	batch.Queue(`SELECT * FROM search_stat WHERE workspace_id = 1001`)
	ids := make([]any, len(found))
	for i, id := range found {
		ids[i] = id
	}
	articles(batch, ids)
	return send(ctx, r.pool, batch)
}

// create adds the rows of an article, durably and one after the other. The words
// of its text are found beforehand.
func (r *raw) create(ctx context.Context, title, body string, words search.Entry) error {
	id := r.id.Add(1)
	batch := &pgx.Batch{}
	batch.Queue(`SELECT pg_advisory_xact_lock(1)`)
	batch.Queue(`SELECT * FROM help_center WHERE workspace_id = $1 AND is_default = 1`, r.by.Workspace)
	batch.Queue(`UPDATE counter SET value = value + 4 WHERE workspace_id = $1`, r.by.Workspace)
	batch.Queue(`INSERT INTO article (workspace_id, id, help_center_id, created_by, updated_by, created_at, updated_at, scheduled_at,
		scheduled_state, scheduled_locales, scheduled_by, views, conversations, happy, neutral, sad)
		VALUES ($1, $2, $3, $4, $4, 0, 0, NULL, '', '', 0, 0, 0, 0, 0, 0)`, r.by.Workspace, id, r.home, r.by.Admin)
	batch.Queue(`INSERT INTO article_version (workspace_id, id, article_id, locale, from_version_id, title, description, body,
		author_id, created_by, created_via, created_at) VALUES ($1, $2, $2, 'en', NULL, $3, '', $4, $5, $5, 'api', 0)`,
		r.by.Workspace, id, title, body, r.by.Admin)
	batch.Queue(`INSERT INTO article_text (workspace_id, article_id, locale, content_id, version_id, title, description, body,
		author_id, state, chatbot, copilot, sales_agent, created_by, updated_by, created_at, updated_at)
		VALUES ($1, $2, 'en', $2, $2, $3, '', $4, $5, 'draft', 1, 1, 1, $5, $5, 0, 0)`, r.by.Workspace, id, title, body, r.by.Admin)
	batch.Queue(`INSERT INTO search_text (workspace_id, object_id, locale, kind, state, event_id, version, title_len, description_len,
		headings_len, body_len, words, forward) VALUES ($1, $2, 'en', 'article', 'draft', $2, 3, 1, 0, 0, 80, '', $3)`,
		r.by.Workspace, id, words.Forward)
	batch.Queue(`INSERT INTO search_stat (workspace_id, kind, locale, state, docs, title_len, description_len, headings_len, body_len, event_id)
		VALUES ($1, 'article', 'en', 'draft', 1, 1, 0, 0, 80, $2) ON CONFLICT (workspace_id, kind, locale, state) DO UPDATE SET
		docs = search_stat.docs + excluded.docs, title_len = search_stat.title_len + excluded.title_len,
		body_len = search_stat.body_len + excluded.body_len, event_id = excluded.event_id`, r.by.Workspace, id)
	batch.Queue(`INSERT INTO event (workspace_id, id, at, kind, object, admin_id, ip, data)
		VALUES ($1, $2, 0, 'article.created', $2, $3, '', '{"updated_at":1,"name":"New"}')`, r.by.Workspace, id, r.by.Admin)
	return send(ctx, r.add, batch)
}
