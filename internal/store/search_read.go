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

// A reading is what was read for a transaction, perhaps before it began again.
type reading struct {
	entries map[document]search.Entry
	ahead   map[document]<-chan search.Entry // being read meanwhile
	times   int
	unread  []document // long texts that the transaction came upon
}

// begin has a document read by another processor, while the transaction goes on
// to where it needs the words.
func (r *reading) begin(d document) {
	if _, known := r.entries[d]; known || r.ahead[d] != nil {
		return
	}
	words := make(chan search.Entry, 1)
	go func() {
		defer close(words)
		defer func() { recover() }() // who needs the words reads them again, and meets the fault where it is caught
		words <- d.read()
	}()
	if r.ahead == nil {
		r.ahead = map[document]<-chan search.Entry{}
	}
	r.ahead[d] = words
}

// entry returns the words of a document, unless it is to be read first.
func (r *reading) entry(d document) (e search.Entry, ok bool) {
	_, known := r.entries[d]
	if !known && len(r.ahead[d]) == 0 && len(d.body) >= longText && r.times < maxReadings {
		r.unread = append(r.unread, d)
		return search.Entry{}, false
	}
	return r.read(d), true
}

// read returns the words of a document, and remembers them.
func (r *reading) read(d document) search.Entry {
	if e, known := r.entries[d]; known {
		return e
	}
	var e search.Entry
	done := false
	if words := r.ahead[d]; words != nil {
		e, done = <-words
	}
	if !done {
		e = d.read()
	}
	if r.entries == nil {
		r.entries = map[document]search.Entry{}
	}
	r.entries[d] = e
	return e
}

// catchUp reads what is unread.
func (r *reading) catchUp() {
	for _, d := range r.unread {
		r.read(d)
	}
	r.unread = nil
	r.times++
}
