package richtext

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// startCode opens a <pre>. Inside it white space counts, lines end with line
// feeds, and formatting and links are kept.
func (r *reader) startCode(t html.Token) {
	into := r.nest()
	c := &codeBlock{attrs: attrsOf(t, r.top().attrs), language: firstOf(languageOf(t), r.top().code)}
	if programming[strings.ToLower(c.lang)] {
		c.lang = ""
	}
	r.push(frame{tag: "pre", attrs: c.within(), pre: c, done: func() {
		if len(c.runs) > 0 {
			*into = append(*into, c)
		}
	}})
	r.swallowLine = true
}

// startInCode reads a start tag inside a <pre> and reports whether it belongs
// there. Other elements end the <pre>: its end was forgotten.
func (r *reader) startInCode(t html.Token) bool {
	r.swallowLine = false
	c := r.top().pre
	switch {
	case t.Data == "code":
		if lang := languageOf(t); lang != "" {
			c.language = lang
		}
	case inlineTags[t.Data] != "" || t.Data == "span" || t.Data == "a" || t.Data == "br" || t.Data == "img":
		return false
	case t.Data == "p" || slices.Contains(transparent, t.Data) && !hasClass(t, "intercom-interblocks-callout"):
		r.codeLine()
	default:
		r.pop()
		return false
	}
	return true
}

// codeText appends text to the code block. The line feed right after <pre> is
// not part of it, says HTML.
func (r *reader) codeText(s string) {
	if r.swallowLine {
		s = strings.TrimPrefix(s, "\n")
		r.swallowLine = false
	}
	if s != "" {
		c := r.top().pre
		c.runs = append(c.runs, run{text: s, marks: dropMark(r.shown, "code")})
	}
}

// codeLine begins a new line where a block element begins or ends, unless we
// are at the start of one.
func (r *reader) codeLine() {
	runs := r.top().pre.runs
	if n := len(runs); n > 0 && !strings.HasSuffix(runs[n-1].text, "\n") {
		r.codeText("\n")
	}
}

// languageOf returns the class for the language that an element names for its
// code, in any of the spellings that editors and highlighters use.
func languageOf(t html.Token) string {
	for _, name := range []string{"data-lang", "data-language", "data-enlighter-language"} {
		if v := attr(t, name); v != "" {
			return languageClass(v)
		}
	}
	if lang := strings.ToLower(attr(t, "lang")); t.Data == "pre" && programming[lang] { // as GitHub writes it
		return languageClass(lang)
	}
	list := strings.Fields(strings.NewReplacer(":", ": ", ";", " ").Replace(attr(t, "class")))
	for i, class := range list {
		for _, prefix := range languagePrefixes {
			if name, ok := strings.CutPrefix(class, prefix); ok && languageClass(name) != "" {
				return languageClass(name)
			}
		}
		if class == "brush:" && i+1 < len(list) {
			return languageClass(list[i+1])
		}
	}
	for _, mark := range []string{"hljs", "sourceCode", "prettyprint", "rouge-code"} { // beside a bare name
		if !slices.Contains(list, mark) {
			continue
		}
		for _, class := range list {
			if class != mark && !notLanguages[class] && !strings.Contains(class, "-") {
				return languageClass(class)
			}
		}
	}
	return ""
}

// languagePrefixes stand before the name of a language, the longer first.
var languagePrefixes = []string{
	"language-", "lang-", "highlight-source-", "highlight-text-html-", "highlight-text-", "highlight-", "brush:", "mw-highlight-lang-",
	"source-", "code-", "prism-", "shj-lang-", "lang:",
}

// notLanguages are classes beside the names of languages.
var notLanguages = map[string]bool{
	"hljs": true, "highlight": true, "linenums": true, "numberSource": true, "numberLines": true, "notranslate": true, "code": true,
	"copy": true, "line-numbers": true, "prettyprinted": true, "literate": true, "nohighlight": true,
}

// programming are the languages that cannot be meant to be people's.
var programming = func() map[string]bool {
	m := map[string]bool{}
	for name := range strings.FieldsSeq(`bash c cpp csharp css diff go graphql html http ini java javascript js json jsx kotlin php
		powershell python py ruby rust scss sh shell sql swift text toml tsx typescript xml yaml yml`) {
		m[name] = true
	}
	return m
}()

var languageName = regexp.MustCompile(`^[A-Za-z0-9+#._-]{1,40}$`)

// languageClass returns the class for a language, or "" if that is no name.
func languageClass(name string) string {
	if !languageName.MatchString(name) {
		return ""
	}
	return "language-" + name
}
