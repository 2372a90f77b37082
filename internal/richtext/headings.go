package richtext

import (
	"strings"

	"golang.org/x/net/html"
)

// Headings returns the words of a body's headings (h1 to h6), a line each, as
// [Text] has them.
func Headings(body string) string {
	if !strings.Contains(body, "<h") && !strings.Contains(body, "<H") {
		return "" // most bodies
	}
	var w textWriter
	z := html.NewTokenizer(strings.NewReader(translate(tidy(body), nil)))
	within := false
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return w.b.String()
		case html.TextToken:
			if within {
				w.write(z.Text())
			}
		case html.StartTagToken, html.EndTagToken:
			if tag, _ := tagName(z); len(tag) == 2 && tag[0] == 'h' && '1' <= tag[1] && tag[1] <= '6' {
				within = kind == html.StartTagToken
				w.separate(aLine)
			}
		}
	}
}
