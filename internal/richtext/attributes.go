package richtext

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// attr returns the value of the token's first attribute of that name.
func attr(t html.Token, name string) string {
	v, _ := lookup(t, name)
	return v
}

func lookup(t html.Token, name string) (string, bool) {
	for _, a := range t.Attr {
		if a.Key == name {
			return plain(a.Val), true
		}
	}
	return "", false
}

// matching returns the attribute's value, white space trimmed, if it is what is
// allowed there.
func matching(t html.Token, name string, allowed *regexp.Regexp) string {
	if v := strings.TrimSpace(attr(t, name)); allowed.MatchString(v) {
		return v
	}
	return ""
}

// hasClass reports whether the token carries the class.
func hasClass(t html.Token, class string) bool {
	return slices.Contains(strings.Fields(attr(t, "class")), class)
}

// attrsOf returns the token's own attributes over the inherited ones.
func attrsOf(t html.Token, inherited attrs) attrs {
	a := inherited
	if dir := matching(t, "dir", dirValue); dir != "" {
		a.dir = strings.ToLower(dir)
	}
	if lang := matching(t, "lang", langValue); lang != "" {
		a.lang = lang
	}
	if align := matching(t, "align", alignValue); align != "" {
		a.align = strings.ToLower(align)
	}
	if m := textAlign.FindStringSubmatch(attr(t, "style")); m != nil {
		a.align = strings.ToLower(m[1])
	}
	if t.Data == "center" {
		a.align = "center"
	}
	for _, align := range []string{"left", "center", "right"} {
		if hasClass(t, "intercom-align-"+align) {
			a.align = align
		}
	}
	return a
}

// within returns what blocks inside a kept element inherit: the alignment. The
// rest is written on the element itself.
func (a attrs) within() attrs { return attrs{align: a.align} }
