package store

import (
	"database/sql"
	"errors"

	"lectern"
	"lectern/internal/richtext"
	"lectern/internal/search"
)

// learn makes a text findable. It must not be known yet.
func (t *tx) learn(key TextKey, text lectern.ArticleText) error {
	e := search.Index(key.Locale, search.Document{
		Title: text.Title, Description: text.Description, Body: richtext.Text(text.Body),
	})
	_, err := t.Exec(`
		INSERT INTO search_fwd (workspace_id, article_id, locale, state, title_len, description_len, body_len, forward)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		key.Workspace, key.Article, key.Locale, text.State, e.TitleLen, e.DescriptionLen, e.BodyLen, e.Forward)
	if err != nil {
		return err
	}
	err = t.engine.PutWords(t, key, Words{State: text.State, All: e.Terms, Title: e.TitleTerms})
	if err != nil {
		return err
	}
	return t.countText(key, text.State, 1, e.TitleLen, e.DescriptionLen, e.BodyLen)
}

// forget makes a text unfindable. A text that is not known is not.
func (t *tx) forget(key TextKey) error {
	var state lectern.State
	var title, description, body int
	err := one(t, []any{&state, &title, &description, &body}, `
		DELETE FROM search_fwd WHERE workspace_id = $1 AND article_id = $2 AND locale = $3
		RETURNING state, title_len, description_len, body_len`, key.Workspace, key.Article, key.Locale)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := t.engine.DropWords(t, key); err != nil {
		return err
	}
	return t.countText(key, state, -1, -title, -description, -body)
}

// countText adds to the totals that ranking compares a text with.
func (t *tx) countText(key TextKey, state lectern.State, docs, title, description, body int) error {
	_, err := t.Exec(`
		INSERT INTO search_stat (workspace_id, locale, state, docs, title_len, description_len, body_len)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (workspace_id, locale, state) DO UPDATE SET
			docs = search_stat.docs + excluded.docs,
			title_len = search_stat.title_len + excluded.title_len,
			description_len = search_stat.description_len + excluded.description_len,
			body_len = search_stat.body_len + excluded.body_len`,
		key.Workspace, key.Locale, state, docs, title, description, body)
	return err
}
