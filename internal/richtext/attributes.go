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
	align := firstOf(alignOfClasses(t), lookOf(t).align, alignNames[strings.ToLower(attr(t, "align"))])
	if t.Data == "center" {
		align = firstOf(align, "center")
	}
	switch {
	case align == "start" && a.dir == "rtl" || align == "end" && a.dir != "rtl":
		align = "right"
	case align == "start" || align == "end":
		align = "left"
	}
	a.align = firstOf(align, a.align)
	return a
}

// alignOfClasses returns the alignment that a class names.
func alignOfClasses(t html.Token) string {
	classes := attr(t, "class")
	if classes == "" {
		return ""
	}
	for class := range strings.FieldsSeq(classes) {
		for _, prefix := range alignPrefixes {
			if name, ok := strings.CutPrefix(class, prefix); ok && alignNames[name] != "" {
				return alignNames[name]
			}
		}
	}
	return ""
}

// alignPrefixes stand before an alignment in the classes of Intercom, Zendesk,
// Quill, WordPress, CKEditor and Bootstrap.
var alignPrefixes = []string{
	"intercom-align-", "wysiwyg-text-align-", "ql-align-", "has-text-align-", "align", "image-style-align-", "text-align-", "text-",
}

// within returns what blocks inside a kept element inherit: the alignment. The
// rest is written on the element itself.
func (a attrs) within() attrs { return attrs{align: a.align} }
