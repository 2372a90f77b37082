package reference

import (
	"html"
	"html/template"
	"strings"
)

// keywords are the words that samples use and their languages reserve.
var keywords = words("await const new import public class static void throws package func if err return require do end " +
	"using var try with as except def print echo library null true false nil None True False TRUE FALSE NULL method let")

func words(text string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(text) {
		set[w] = true
	}
	return set
}

// highlight marks the parts of code in ways that the stylesheet knows:
// k words and keys, s strings and n numbers. It never changes the text.
func highlight(code, lang string) template.HTML {
	var b strings.Builder
	for i := 0; i < len(code); {
		end, class := token(code, i, lang)
		if class == "" {
			b.WriteString(html.EscapeString(code[i:end]))
		} else {
			b.WriteString(`<span class="` + class + `">` + html.EscapeString(code[i:end]) + `</span>`)
		}
		i = end
	}
	return template.HTML(b.String())
}

// token returns where the token at i ends, and its class if it has one.
func token(code string, i int, lang string) (end int, class string) {
	c := code[i]
	switch {
	case strings.HasPrefix(code[i:], `"""`):
		return closing(code, i+3, `"""`), "s"
	case c == '"' || c == '`' && lang != "r" || c == '\'' && lang != "json":
		end = stringEnd(code, i, lang)
		if c == '"' && strings.HasPrefix(code[end:], ": ") && lang == "json" {
			return end, "k"
		}
		return end, "s"
	case c >= '0' && c <= '9':
		for end = i; end < len(code) && (code[end] >= '0' && code[end] <= '9' || code[end] == '.'); end++ {
		}
		return end, "n"
	case isWord(c):
		for end = i; end < len(code) && (isWord(code[end]) || code[end] >= '0' && code[end] <= '9'); end++ {
		}
		if keywords[code[i:end]] && lang != "curl" {
			return end, "k"
		}
		return end, ""
	}
	return i + 1, ""
}

func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$' || c >= 0x80
}

// stringEnd returns where the string that opens at i ends. A backslash does not
// escape between a shell's single quotes, nor in Go's raw strings.
func stringEnd(code string, i int, lang string) int {
	quote := code[i]
	raw := quote == '\'' && lang == "curl" || quote == '`' && lang == "go"
	for j := i + 1; j < len(code); j++ {
		switch {
		case code[j] == '\\' && !raw:
			j++
		case code[j] == quote:
			return j + 1
		}
	}
	return len(code)
}

// closing returns where mark, looked for from i on, has ended.
func closing(code string, i int, mark string) int {
	if at := strings.Index(code[i:], mark); at >= 0 {
		return i + at + len(mark)
	}
	return len(code)
}
