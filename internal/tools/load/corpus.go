package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"lectern"
	"lectern/internal/richtext"
)

// An item is an article of a corpus.
type item struct {
	id         string // external_id
	collection string
	texts      map[lectern.Locale]text
}

// A text is an article in one locale. Its body is HTML or Markdown.
type text struct {
	title    string
	body     string
	markdown bool
}

// html is the body as it is sent.
func (t text) html() (string, error) {
	if !t.markdown {
		return t.body, nil
	}
	return richtext.FromMarkdown(t.body)
}

// A record is a line of a corpus file: an article in many locales with HTML
// bodies, or a page in one locale with a Markdown body.
type record struct {
	ExternalID   string `json:"external_id"`
	Collection   string `json:"collection"`
	Translations map[string]struct {
		Title    string `json:"title"`
		BodyHTML string `json:"body_html"`
	} `json:"translations"`

	Locale       string `json:"locale"`
	Title        string `json:"title"`
	BodyMarkdown string `json:"body_markdown"`
}

// item turns a record of the named source into an item. A record without a
// collection belongs to one called like its source.
func (r *record) item(source string) (item, error) {
	it := item{id: r.ExternalID, collection: r.Collection, texts: map[lectern.Locale]text{}}
	if it.collection == "" {
		it.collection = source
	}
	if it.id == "" {
		return it, errors.New("external_id is missing")
	}
	add := func(locale string, t text) error {
		l, ok := lectern.ParseLocale(locale)
		if !ok {
			return fmt.Errorf("%s: %q is no locale of the API", it.id, locale)
		}
		it.texts[l] = t
		return nil
	}
	for locale, t := range r.Translations {
		if err := add(locale, text{title: t.Title, body: t.BodyHTML}); err != nil {
			return it, err
		}
	}
	if r.Locale != "" {
		return it, add(r.Locale, text{title: r.Title, body: r.BodyMarkdown, markdown: true})
	}
	return it, nil
}

// readCorpus reads the items of the files one by one. It ends after an error.
func readCorpus(files []string) iter.Seq2[item, error] {
	return func(yield func(item, error) bool) {
		for _, file := range files {
			if !readFile(file, yield) {
				return
			}
		}
	}
}

// readFile yields the items of one file and reports whether to go on.
func readFile(file string, yield func(item, error) bool) bool {
	fail := func(err error) bool {
		yield(item{}, fmt.Errorf("read %s: %w", file, err))
		return false
	}
	f, err := os.Open(file)
	if err != nil {
		yield(item{}, err)
		return false
	}
	defer f.Close()
	var in io.Reader = bufio.NewReader(f)
	if strings.HasSuffix(file, ".gz") {
		if in, err = gzip.NewReader(in); err != nil {
			return fail(err)
		}
	}
	source, _, _ := strings.Cut(filepath.Base(file), ".")
	for d := json.NewDecoder(in); ; {
		var r record
		if err := d.Decode(&r); errors.Is(err, io.EOF) {
			return true
		} else if err != nil {
			return fail(err)
		}
		it, err := r.item(source)
		if err != nil {
			return fail(err)
		}
		if !yield(it, nil) {
			return false
		}
	}
}

// survey reads all files once: how many items, and which collections they need
// in the order in which they are met.
func survey(files []string) (items int, collections []string, err error) {
	seen := map[string]bool{}
	for it, err := range readCorpus(files) {
		if err != nil {
			return 0, nil, err
		}
		items++
		if !seen[it.collection] {
			seen[it.collection] = true
			collections = append(collections, it.collection)
		}
	}
	return items, collections, nil
}
