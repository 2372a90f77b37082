package i18n

import (
	"fmt"
	"html/template"
	"strings"
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
func (c *Catalogue) fill(t text, args []any, write func(*strings.Builder, any)) string {
	var b strings.Builder
	for _, p := range t {
		if p.place == "" {
			write(&b, p.words)
			continue
		}
		for i := 0; i+1 < len(args); i += 2 {
			if args[i] != p.place {
				continue
			}
			if n, ok := args[i+1].(int); ok {
				write(&b, c.Number(n))
			} else {
				write(&b, args[i+1])
			}
			break
		}
	}
	return b.String()
}

func plain(b *strings.Builder, v any) {
	if s, ok := v.(string); ok {
		b.WriteString(s)
		return
	}
	fmt.Fprint(b, v)
}

func escaped(b *strings.Builder, v any) {
	if h, ok := v.(template.HTML); ok {
		b.WriteString(string(h))
		return
	}
	template.HTMLEscape(b, []byte(fmt.Sprint(v)))
}
