package design

import (
	"bytes"
	"strings"
)

// minify takes comments and needless space out of a stylesheet. Strings stay as
// they are. Space around a colon stays, too: in a selector it has a meaning.
func minify(css string) string {
	b := make([]byte, 0, len(css))
	space := false // was read and not written yet
	for i := 0; i < len(css); {
		c := css[i]
		switch {
		case strings.HasPrefix(css[i:], "/*"):
			i = after(css, i+2, "*/")
			space = true
			continue
		case c == ' ' || c == '\n' || c == '\t' || c == '\r':
			space = true
			i++
			continue
		}
		if space && needed(b, c) {
			b = append(b, ' ')
		}
		space = false
		end := i + 1
		if c == '"' || c == '\'' {
			end = after(css, i+1, string(c))
		}
		if c == '}' {
			b = bytes.TrimSuffix(b, []byte(";"))
		}
		b = append(b, css[i:end]...)
		i = end
	}
	return string(b)
}

// after returns where the text that follows mark begins, at or after from.
func after(css string, from int, mark string) int {
	if at := strings.Index(css[min(from, len(css)):], mark); at >= 0 {
		return from + at + len(mark)
	}
	return len(css)
}

// needed reports whether a space between what was written and c says something.
func needed(written []byte, c byte) bool {
	const loose = "{};,"
	return len(written) > 0 && !strings.ContainsRune(loose, rune(written[len(written)-1])) && !strings.ContainsRune(loose, rune(c))
}
