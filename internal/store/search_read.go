package store

import (
	"crypto/sha256"
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
	return search.Index(d.locale, search.Document{
		Title: d.title, Description: d.description, Body: richtext.Text(d.body), Headings: richtext.Headings(d.body),
	})
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
