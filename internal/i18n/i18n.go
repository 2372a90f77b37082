// Package i18n holds the words of the public site's interface in the languages
// of its readers, and how each of them writes dates, numbers and lists.
//
// Messages are go-i18n's message files, messages/{locale}.json, so translators
// may use any tool that knows them. A message is a whole sentence with named
// places, {{.name}}; one that counts has the plural forms that CLDR gives its
// language. There is no markup in messages: where a part of a sentence is a
// link or bold, two places stand around it, and Rich fills them in. English is
// complete by definition. A message missing elsewhere falls back to English by
// itself, not the page as a whole.
//
// Facts about locales are Unicode's (CLDR 48), in cldr.json, which the command
// in cldr/ writes.
package i18n

import (
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"strings"
	"sync"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"lectern"
)

// English is the locale whose messages are complete.
const English lectern.Locale = "en"

//go:embed messages/*.json
var files embed.FS

// A Catalogue is the interface's words in one locale. It never changes and may
// be shared.
type Catalogue struct {
	locale   lectern.Locale
	facts    *facts
	messages map[string]*message
}

// A message is one entry of a catalogue.
type message struct {
	forms map[string]text // by CLDR plural category; only "other" where nothing is counted
	in    lectern.Locale  // whose plural rules choose between them
}

// For returns the catalogue of l. For a locale outside lectern.Locales it is
// the English one.
func For(l lectern.Locale) *Catalogue {
	if c := catalogues()[l]; c != nil {
		return c
	}
	return catalogues()[English]
}

// catalogues are read from the program itself, so an error is one in its
// making, which any test meets.
var catalogues = sync.OnceValue(func() map[lectern.Locale]*Catalogue {
	own := map[lectern.Locale]map[string]*message{}
	for _, l := range lectern.Locales {
		messages, err := readMessages(l)
		if err != nil {
			panic(fmt.Sprintf("i18n: messages of %s: %v", l, err))
		}
		own[l] = messages
	}
	all := map[lectern.Locale]*Catalogue{}
	for _, l := range lectern.Locales {
		c := &Catalogue{locale: l, facts: allFacts()[l], messages: maps.Clone(own[English])}
		maps.Copy(c.messages, own[l])
		all[l] = c
	}
	return all
})

// readMessages returns the messages written for l itself; none is no error.
func readMessages(l lectern.Locale) (map[string]*message, error) {
	name := "messages/" + string(l) + ".json"
	data, err := files.ReadFile(name)
	if err != nil {
		return nil, nil
	}
	file, err := goi18n.ParseMessageFileBytes(data, name, map[string]goi18n.UnmarshalFunc{"json": json.Unmarshal})
	if err != nil {
		return nil, err
	}
	messages := map[string]*message{}
	for _, m := range file.Messages {
		forms := map[string]text{}
		for category, s := range map[string]string{
			"zero": m.Zero, "one": m.One, "two": m.Two, "few": m.Few, "many": m.Many, "other": m.Other,
		} {
			if s != "" {
				forms[category] = parseText(s)
			}
		}
		messages[m.ID] = &message{forms: forms, in: l}
	}
	return messages, nil
}

// T returns the message under key with its places filled from args, which are
// names and values in turn: T("article.by", "name", author). Integers are
// written as the locale does. A place without a value stays empty. An unknown
// key is returned as it is.
func (c *Catalogue) T(key string, args ...any) string {
	return c.fill(c.message(key, ""), args, plain)
}

// N returns the form of the message under key that belongs to the number n. Its
// place n is filled with it.
func (c *Catalogue) N(key string, n int, args ...any) string {
	return c.fill(c.message(key, c.category(key, n)), counted(n, args), plain)
}

// Rich is T for a page: the message and its values are escaped, but for values
// that are HTML already.
func (c *Catalogue) Rich(key string, args ...any) template.HTML {
	return template.HTML(c.fill(c.message(key, ""), args, escaped))
}

// RichN is N for a page, as Rich is T.
func (c *Catalogue) RichN(key string, n int, args ...any) template.HTML {
	return template.HTML(c.fill(c.message(key, c.category(key, n)), counted(n, args), escaped))
}

func counted(n int, args []any) []any { return append([]any{"n", n}, args...) }

// message is the text of a key's form, the general one if it has no such form.
func (c *Catalogue) message(key, category string) text {
	m := c.messages[key]
	if m == nil {
		return text{{words: key}}
	}
	if t, ok := m.forms[category]; ok {
		return t
	}
	return m.forms["other"]
}

// category is the CLDR plural category of n in the language of a message.
func (c *Catalogue) category(key string, n int) string {
	m := c.messages[key]
	if m == nil || len(m.forms) < 2 {
		return "other"
	}
	return pluralCategory(m.in, n)
}

// pluralRules asks go-i18n, which has CLDR's rules and keeps them to itself: in
// this bundle the plural forms of one message are the names of the categories.
var pluralRules = sync.OnceValue(func() map[lectern.Locale]*goi18n.Localizer {
	names := &goi18n.Message{ID: "category",
		Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: "other"}
	of := map[lectern.Locale]*goi18n.Localizer{}
	for _, l := range lectern.Locales {
		tag := language.Make(pluralLanguage(l))
		b := goi18n.NewBundle(tag)
		b.MustAddMessages(tag, names)
		of[l] = goi18n.NewLocalizer(b, tag.String())
	}
	return of
})

// pluralLanguage is the language whose plural rules a locale has. European
// Portuguese has its own; every other region counts as its language does.
func pluralLanguage(l lectern.Locale) string {
	if l == "pt" {
		return "pt-PT"
	}
	base, _, _ := strings.Cut(string(l), "-")
	return base
}

func pluralCategory(l lectern.Locale, n int) string {
	s, err := pluralRules()[l].Localize(&goi18n.LocalizeConfig{MessageID: "category", PluralCount: n})
	if err != nil {
		return "other"
	}
	return cmp.Or(s, "other")
}
