package richtext

import (
	"strings"

	"golang.org/x/net/html"
)

// Formulas in MathML become text that says the same in a line: ½ as 1/2, powers
// raised, roots with their sign.

// A formula is an element of MathML that is open.
type formula struct {
	tag   string
	kids  int    // elements in it that have begun
	after string // what its end writes
}

// startMath opens a formula; one that stands alone gets a line of its own.
func (t *translator) startMath(tag html.Token) {
	f := &formula{tag: "math"}
	if attr(tag, "display") == "block" {
		t.b.WriteString("<div>")
		f.after = "</div>"
	}
	t.math = append(t.math, f)
}

// mathTags are the elements of MathML that hold others or text, but for
// <annotation>, which says again what the formula says.
var mathTags = map[string]bool{
	"math": true, "mrow": true, "mi": true, "mn": true, "mo": true, "ms": true, "mtext": true, "mfrac": true, "msup": true,
	"msub": true, "msubsup": true, "msqrt": true, "mroot": true, "mover": true, "munder": true, "munderover": true,
	"mtable": true, "mtr": true, "mtd": true, "mstyle": true, "mpadded": true, "mphantom": true, "merror": true,
	"mfenced": true, "menclose": true, "mmultiscripts": true, "semantics": true, "annotation": true, "annotation-xml": true,
	"mspace": true, "mlabeledtr": true,
}

// startFormula translates a start tag in a formula, and reports whether it
// belongs there.
func (t *translator) startFormula(tag html.Token) bool {
	if len(t.math) == 0 {
		return false
	}
	above := t.math[len(t.math)-1]
	if !mathTags[tag.Data] {
		if strings.HasPrefix(above.tag, "annotation") { // its end was forgotten, or it holds HTML
			t.math = t.math[:len(t.math)-1]
		}
		return false
	}
	before, after := above.around(above.kids)
	above.kids++
	f := &formula{tag: tag.Data}
	switch tag.Data {
	case "mrow":
		if above.tag == "mfrac" {
			before, after = before+"(", ")"+after
		}
	case "msqrt":
		before, after = before+"√(", ")"+after
	case "mfenced":
		before, after = before+html.EscapeString(firstOf(attr(tag, "open"), "(")), html.EscapeString(firstOf(attr(tag, "close"), ")"))+after
	case "mspace":
		before += " "
	}
	t.b.WriteString(before)
	f.after = after
	if tag.Type != html.SelfClosingTagToken {
		t.math = append(t.math, f)
	} else {
		t.b.WriteString(after)
	}
	return true
}

// around returns what stands before and after the n-th element in a formula.
func (f *formula) around(n int) (before, after string) {
	switch f.tag {
	case "mfrac":
		if n == 1 {
			return "/", ""
		}
	case "msup", "mover":
		if n == 1 {
			return "<sup>", "</sup>"
		}
	case "msub", "munder":
		if n == 1 {
			return "<sub>", "</sub>"
		}
	case "msubsup", "munderover":
		return [...]string{"", "<sub>", "<sup>", ""}[min(n, 3)], [...]string{"", "</sub>", "</sup>", ""}[min(n, 3)]
	case "mroot":
		return [...]string{"(", "^(1/", ""}[min(n, 2)], [...]string{")", ")", ""}[min(n, 2)]
	case "mtable":
		if n > 0 {
			return "; ", ""
		}
	case "mtr", "mlabeledtr", "mfenced":
		if n > 0 {
			return ", ", ""
		}
	}
	return "", ""
}

// endFormula translates an end tag in a formula, and reports whether it closed
// something of it.
func (t *translator) endFormula(name string) bool {
	if len(t.math) == 0 || !mathTags[name] {
		return false
	}
	for i := len(t.math) - 1; i >= 0; i-- {
		if t.math[i].tag == name {
			for len(t.math) > i {
				last := len(t.math) - 1
				t.b.WriteString(t.math[last].after)
				t.math = t.math[:last]
			}
			return true
		}
		if len(t.math)-i > maxDepth {
			break
		}
	}
	return true
}
