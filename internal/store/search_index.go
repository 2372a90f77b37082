package store

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"

	"lectern"
	"lectern/internal/richtext"
	"lectern/internal/search"
)

const (
	// longText is from how many bytes a text is read outside the transaction:
	// reading it takes longer than beginning again.
	longText = 4 << 10
	// maxReadings is how often a transaction begins again with what was read,
	// before it reads by itself what others keep changing.
	maxReadings = 3
)

// errUnread ends a transaction in order to read long texts without keeping
// others waiting.
var errUnread = errors.New("long texts are to be read first")

// A document is a text as its object has it.
type document struct {
	locale                   lectern.Locale
	title, description, body string
}

// read finds the words of a document.
func (d document) read() search.Entry {
	return search.Index(d.locale, search.Document{Title: d.title, Description: d.description, Body: richtext.Text(d.body)})
}

// digest tells documents apart.
func (d document) digest() string {
	sum := sha256.Sum256([]byte(string(d.locale) + "\x00" + d.title + "\x00" + d.description + "\x00" + d.body))
	return hex.EncodeToString(sum[:16])
}

// A reading is what was read for a transaction, before it began again.
type reading struct {
	entries map[document]search.Entry
	times   int
	unread  []document // long texts that the transaction came upon
}

// entry returns the words of a document, unless it is to be read first.
func (r *reading) entry(d document) (e search.Entry, ok bool) {
	if e, ok := r.entries[d]; ok {
		return e, true
	}
	if len(d.body) >= longText && r.times < maxReadings {
		r.unread = append(r.unread, d)
		return search.Entry{}, false
	}
	return d.read(), true
}

// catchUp reads what is unread.
func (r *reading) catchUp() {
	if r.entries == nil {
		r.entries = map[document]search.Entry{}
	}
	for _, d := range r.unread {
		r.entries[d] = d.read()
	}
	r.unread = nil
	r.times++
}

// articleText names the text of an article in one locale.
func articleText(ws lectern.WorkspaceID, id lectern.ArticleID, l lectern.Locale) TextKey {
	return TextKey{ws, lectern.Object{Kind: lectern.ArticleObject, ID: int64(id)}, l}
}

// learn makes the text of an article findable. It must not be known yet.
func (t *tx) learn(key TextKey, text lectern.ArticleText) error {
	return t.learnText(key, text.State, document{key.Locale, text.Title, text.Description, text.Body})
}

// learnContent makes an object that is no article, a new one or one that has
// changed, findable by content search. Body is HTML.
func (t *tx) learnContent(o lectern.Object, l lectern.Locale, title, body string) error {
	d := document{l, title, "", body}
	digest := d.digest()
	known, err := all(t, column[string], `
		SELECT digest FROM search_object WHERE workspace_id = $1 AND object_id = $2`, t.by.Workspace, o.ID)
	if err != nil {
		return err
	}
	_, err = t.Exec(`
		INSERT INTO search_object (workspace_id, object_id, digest, created_by, updated_by) VALUES ($1, $2, $3, $4, $4)
		ON CONFLICT (workspace_id, object_id) DO UPDATE SET digest = excluded.digest, updated_by = excluded.updated_by`,
		t.by.Workspace, o.ID, digest, t.by.Admin)
	if err != nil || len(known) > 0 && known[0] == digest {
		return err
	}
	if err := t.forgetTexts(o); err != nil {
		return err
	}
	return t.learnText(TextKey{t.by.Workspace, o, l}, lectern.Published, d)
}

// forgetContent makes an object that learnContent knows unfindable, before it
// is deleted.
func (t *tx) forgetContent(o lectern.Object) error {
	_, err := t.Exec(`DELETE FROM search_object WHERE workspace_id = $1 AND object_id = $2`, t.by.Workspace, o.ID)
	if err != nil {
		return err
	}
	return t.forgetTexts(o)
}

func (t *tx) forgetTexts(o lectern.Object) error {
	locales, err := all(t, column[lectern.Locale], `
		SELECT locale FROM search_fwd WHERE workspace_id = $1 AND object_id = $2`, t.by.Workspace, o.ID)
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

func (t *tx) learnText(key TextKey, state lectern.State, d document) error {
	e, ok := t.reading.entry(d)
	if !ok {
		return nil // the transaction will begin again
	}
	_, err := t.Exec(`
		INSERT INTO search_fwd (workspace_id, object_id, locale, state, title_len, description_len, body_len, forward)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		key.Workspace, key.ID, key.Locale, state, e.TitleLen, e.DescriptionLen, e.BodyLen, e.Forward)
	if err != nil {
		return err
	}
	err = t.engine.PutWords(t, key, Words{State: state, All: e.Terms, Title: e.TitleTerms})
	if err != nil {
		return err
	}
	return t.countText(key, state, 1, e.TitleLen, e.DescriptionLen, e.BodyLen)
}

// forget makes a text unfindable. A text that is not known is not.
func (t *tx) forget(key TextKey) error {
	var state lectern.State
	var title, description, body int
	err := one(t, []any{&state, &title, &description, &body}, `
		DELETE FROM search_fwd WHERE workspace_id = $1 AND object_id = $2 AND locale = $3
		RETURNING state, title_len, description_len, body_len`, key.Workspace, key.ID, key.Locale)
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
		INSERT INTO search_stat (workspace_id, kind, locale, state, docs, title_len, description_len, body_len)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (workspace_id, kind, locale, state) DO UPDATE SET
			docs = search_stat.docs + excluded.docs,
			title_len = search_stat.title_len + excluded.title_len,
			description_len = search_stat.description_len + excluded.description_len,
			body_len = search_stat.body_len + excluded.body_len`,
		key.Workspace, key.Kind, key.Locale, state, docs, title, description, body)
	return err
}
