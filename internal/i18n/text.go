package i18n

import (
	"fmt"
	"html/template"
	"strings"
	"unicode"
)

// A text is a message in pieces: words, or a place to fill.
type text []piece

type piece struct {
	words string // as they stand, or
	place string // the name of a place
}

// parseText reads the places of a message: {{.name}}, the part of Go's
// templates that go-i18n's files need. Anything else stands for itself.
func parseText(s string) text {
	var t text
	for {
		words, rest, found := strings.Cut(s, "{{.")
		name, after, closed := strings.Cut(rest, "}}")
		if !found || !closed {
			return append(t, piece{words: s})
		}
		if words != "" {
			t = append(t, piece{words: words})
		}
		t = append(t, piece{place: strings.TrimSpace(name)})
		if s = after; s == "" {
			return t
		}
	}
}

// fill joins the pieces of t. Every word and value goes through write.
func (c *Catalogue) fill(t text, args []any, write func(b *strings.Builder, v any, apart bool)) string {
	var b strings.Builder
	for _, p := range t {
		if p.place == "" {
			write(&b, p.words, false)
			continue
		}
		for i := 0; i+1 < len(args); i += 2 {
			if args[i] != p.place {
				continue
			}
			switch v := args[i+1].(type) {
			case int:
				write(&b, c.Number(v), false)
			case string:
				write(&b, v, c.runsAgainst(v))
			default:
				write(&b, v, false)
			}
			break
		}
	}
	return b.String()
}

// Characters around a value that runs in its own direction, whatever stands
// beside it: Unicode's isolates.
const isolate, endIsolate = "\u2068", "\u2069"

// runsAgainst reports whether a value has letters or digits that run, or may be
// drawn to run, against the locale's sentences, so that the marks beside it would
// change their places.
func (c *Catalogue) runsAgainst(v string) bool {
	toLeft := c.facts.Dir == "rtl"
	return strings.ContainsFunc(v, func(r rune) bool {
		if unicode.In(r, unicode.Arabic, unicode.Hebrew) {
			return !toLeft
		}
		return toLeft && (unicode.IsLetter(r) || unicode.IsDigit(r))
	})
}

// plain writes a value as text, apart from the text around it if it has to be.
func plain(b *strings.Builder, v any, apart bool) {
	if apart {
		b.WriteString(isolate)
		defer b.WriteString(endIsolate)
	}
	if s, ok := v.(string); ok {
		b.WriteString(s)
		return
	}
	fmt.Fprint(b, v)
}

// escaped is plain for a page.
func escaped(b *strings.Builder, v any, apart bool) {
	if h, ok := v.(template.HTML); ok {
		b.WriteString(string(h))
		return
	}
	if apart {
		b.WriteString("<bdi>")
		defer b.WriteString("</bdi>")
	}
	template.HTMLEscape(b, []byte(fmt.Sprint(v)))
}
