package store

import (
	"database/sql"
	"errors"
	"slices"
	"strings"

	"lectern"
	"lectern/internal/search"
	"lectern/internal/store/db"
	"lectern/internal/store/find"
)

// A TextKey names the text of an article in one locale, or that of another
// object in its only one.
type TextKey struct {
	Workspace lectern.WorkspaceID
	lectern.Object
	Locale lectern.Locale
}

// articleText names the text of an article in one locale.
func articleText(ws lectern.WorkspaceID, id lectern.ArticleID, l lectern.Locale) TextKey {
	return TextKey{ws, lectern.Object{Kind: lectern.ArticleObject, ID: int64(id)}, l}
}

// learn makes the text of an article findable as it is now. Known is whether
// the article had a text in that locale before.
func (t *tx) learn(key TextKey, text lectern.ArticleText, known bool) error {
	return t.learnText(key, text.State, document{key.Locale, text.Title, text.Description, text.Body}, known)
}

// learnContent makes an object that is no article, a new one or one that has
// changed, findable by content search. Body is HTML.
func (t *tx) learnContent(o lectern.Object, l lectern.Locale, title, body string) error {
	d := document{l, title, "", body}
	digest := d.digest()
	known, err := db.All(t, db.Scalar[string], `
		SELECT digest FROM search_object WHERE workspace_id = $1 AND object_id = $2`, t.by.Workspace, o.ID)
	if err != nil {
		return err
	}
	err = t.do(`
		INSERT INTO search_object (workspace_id, object_id, digest, created_by, updated_by) VALUES ($1, $2, $3, $4, $4)
		ON CONFLICT (workspace_id, object_id) DO UPDATE SET digest = excluded.digest, updated_by = excluded.updated_by`,
		t.by.Workspace, o.ID, digest, t.by.Admin)
	if err != nil || len(known) > 0 && known[0] == digest {
		return err
	}
	if err := t.forgetTexts(o); err != nil {
		return err
	}
	return t.learnText(TextKey{t.by.Workspace, o, l}, lectern.Published, d, len(known) > 0)
}

// forgetContent makes an object that learnContent knows unfindable, before it
// is deleted.
func (t *tx) forgetContent(o lectern.Object) error {
	err := t.do(`DELETE FROM search_object WHERE workspace_id = $1 AND object_id = $2`, t.by.Workspace, o.ID)
	if err != nil {
		return err
	}
	return t.forgetTexts(o)
}

func (t *tx) forgetTexts(o lectern.Object) error {
	locales, err := db.All(t, db.Scalar[lectern.Locale], `
		SELECT locale FROM search_text WHERE workspace_id = $1 AND object_id = $2 AND state <> ''`, t.by.Workspace, o.ID)
	if err != nil {
		return err
	}
	for _, l := range locales {
		if err := t.forget(TextKey{t.by.Workspace, o, l}); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) learnText(key TextKey, state lectern.State, d document, known bool) error {
	e, ok := t.reading.entry(d)
	if !ok {
		return nil // the transaction will begin again
	}
	var old textRow
	if known {
		var err error
		if old, err = t.textRow(key); err != nil {
			return err
		}
	}
	return t.putText(key, old, rowOf(state, e))
}

// forget makes a text unfindable. A text that is not known is not. Its row
// stays, empty, so that whoever has the text in memory hears of it.
func (t *tx) forget(key TextKey) error {
	old, err := t.textRow(key)
	if err != nil || old.state == "" {
		return err
	}
	return t.putText(key, old, textRow{})
}

// A textRow is what search keeps of a text. One without a state is gone.
type textRow struct {
	state                              lectern.State
	title, description, headings, body int // lengths
	words                              []string
	forward                            []byte
}

// rowOf is the row of a text in a state.
func rowOf(state lectern.State, e search.Entry) textRow {
	return textRow{
		state: state, title: e.TitleLen, description: e.DescriptionLen, headings: e.HeadingsLen, body: e.BodyLen,
		words: e.Words, forward: e.Forward,
	}
}

// textRow reads the row of a text, without its forward bytes. One that is not
// there is like one that is gone.
func (t *tx) textRow(key TextKey) (r textRow, err error) {
	var words string
	err = db.One(t, []any{&r.state, &r.title, &r.description, &r.headings, &r.body, &words}, `
		SELECT state, title_len, description_len, headings_len, body_len, words
		FROM search_text WHERE workspace_id = $1 AND object_id = $2 AND locale = $3`, key.Workspace, key.ID, key.Locale)
	if errors.Is(err, sql.ErrNoRows) {
		return textRow{}, nil
	}
	r.words = strings.Fields(words)
	return r, err
}

// putText writes the row of a text in the place of an old one, and the totals
// that ranking compares a text with.
//
// A row carries the words that no other was known to have, so that the rows of
// a locale together have its vocabulary. They stay when the text changes: later
// rows may rely on them.
func (t *tx) putText(key TextKey, old, r textRow) error {
	if t.last.event == 0 { // nobody has taken an ID for this change yet
		if _, err := t.take(0, 1); err != nil {
			return err
		}
	}
	fresh := t.find.Unknown(key.Workspace, key.Locale, r.words)
	t.learned = append(t.learned, find.Words{Workspace: key.Workspace, Locale: key.Locale, Words: fresh})
	words := slices.Concat(old.words, fresh)
	slices.Sort(words)
	err := t.do(`
		INSERT INTO search_text (workspace_id, object_id, locale, kind, state, event_id, version,
			title_len, description_len, headings_len, body_len, words, forward)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (workspace_id, object_id, locale) DO UPDATE SET
			state = excluded.state, event_id = excluded.event_id, version = excluded.version,
			title_len = excluded.title_len, description_len = excluded.description_len,
			headings_len = excluded.headings_len, body_len = excluded.body_len,
			words = excluded.words, forward = excluded.forward`,
		key.Workspace, key.ID, key.Locale, key.Kind, r.state, t.last.event, search.Version,
		r.title, r.description, r.headings, r.body, strings.Join(slices.Compact(words), " "), append([]byte{}, r.forward...))
	if err != nil {
		return err
	}
	if old.state != "" && old.state != r.state {
		if err := t.countText(key, old.state, -1, -old.title, -old.description, -old.headings, -old.body); err != nil {
			return err
		}
		old = textRow{}
	}
	if r.state == "" {
		return nil
	}
	docs := 1
	if old.state == r.state {
		docs = 0
	}
	return t.countText(key, r.state, docs, r.title-old.title, r.description-old.description, r.headings-old.headings, r.body-old.body)
}

// countText adds to the totals of a kind, locale and state, and notes in them
// that a text has changed.
func (t *tx) countText(key TextKey, state lectern.State, docs, title, description, headings, body int) error {
	err := t.do(`
		INSERT INTO search_stat (workspace_id, kind, locale, state, docs, title_len, description_len, headings_len, body_len, event_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (workspace_id, kind, locale, state) DO UPDATE SET
			docs = search_stat.docs + excluded.docs,
			title_len = search_stat.title_len + excluded.title_len,
			description_len = search_stat.description_len + excluded.description_len,
			headings_len = search_stat.headings_len + excluded.headings_len,
			body_len = search_stat.body_len + excluded.body_len,
			event_id = excluded.event_id`,
		key.Workspace, key.Kind, key.Locale, state, docs, title, description, headings, body, t.last.event)
	return err
}
