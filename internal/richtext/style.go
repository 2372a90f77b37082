package richtext

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// Editors write as style what HTML has elements and attributes for: bold is a
// weight, a picture's size a width in percent. What means something in a style
// is read here; nothing of it is copied but checked values.

// A look is what a style says.
type look struct {
	weight, slant    int // 1 says bold or italic, -1 that text is not
	underline        int // 1 says underlined, -1 that there is no line
	strike           int
	raise            string // sup or sub
	align            string
	listKind         string // as in type="a"; "disc" for bullets
	width, height    string // in pixels or percent
	background, edge string // colours
	place            string // of a picture that stands alone: left, center, right
}

// lookOf reads the style of an element.
func lookOf(t html.Token) look {
	var l look
	style := attr(t, "style")
	if style == "" {
		return l
	}
	for declaration := range strings.SplitSeq(style, ";") {
		name, value, _ := strings.Cut(declaration, ":")
		name = strings.ToLower(strings.TrimSpace(name))
		value = strings.TrimSpace(value)
		if i := strings.LastIndexByte(value, '!'); i >= 0 {
			value = strings.TrimSpace(value[:i])
		}
		l.read(name, value, strings.ToLower(value))
	}
	return l
}

// read reads one declaration; lower is its value in lower case.
func (l *look) read(name, value, lower string) {
	switch name {
	case "font-weight":
		l.weight = weightOf(lower)
	case "font-style":
		switch {
		case lower == "italic" || strings.HasPrefix(lower, "oblique"):
			l.slant = 1
		case lower == "normal":
			l.slant = -1
		}
	case "text-decoration", "text-decoration-line":
		l.underline, l.strike = -1, -1
		if strings.Contains(lower, "underline") {
			l.underline = 1
		}
		if strings.Contains(lower, "line-through") {
			l.strike = 1
		}
	case "vertical-align":
		switch lower {
		case "super":
			l.raise = "sup"
		case "sub":
			l.raise = "sub"
		}
	case "text-align":
		l.align = alignNames[lower]
	case "list-style-type", "list-style":
		for word := range strings.FieldsSeq(lower) {
			if kind := listKinds[word]; kind != "" {
				l.listKind = kind
			}
		}
	case "width", "max-width":
		if v := lengthOf(lower); v != "" && (name == "width" || l.width == "") {
			l.width = v
		}
	case "height":
		l.height = lengthOf(lower)
	case "background-color", "background":
		l.background = colorOf(value)
	case "border-color":
		l.edge = colorOf(value)
	case "float", "margin", "margin-left", "margin-right":
		l.readPlace(name, lower)
	}
}

// readPlace reads what sets a picture to a side.
func (l *look) readPlace(name, value string) {
	switch {
	case name == "float":
		if value == "left" || value == "right" {
			l.place = value
		}
	case name == "margin" && strings.HasSuffix(" "+value, " auto"):
		l.place = "center"
	case name == "margin-left" && value == "auto":
		l.place = map[string]string{"right": "center"}[l.place]
		if l.place == "" {
			l.place = "right"
		}
	case name == "margin-right" && value == "auto" && l.place == "right":
		l.place = "center"
	}
}

var alignNames = map[string]string{
	"left": "left", "center": "center", "right": "right", "justify": "justify", "middle": "center", "-webkit-center": "center",
	"-webkit-left": "left", "-webkit-right": "right", "start": "start", "end": "end",
}

var listKinds = map[string]string{
	"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I",
	"decimal": "1", "decimal-leading-zero": "1", "disc": "disc", "circle": "disc", "square": "disc",
}

// weightOf returns whether a weight is bold: from 600 on, as browsers draw it.
func weightOf(s string) int {
	switch s {
	case "bold", "bolder":
		return 1
	case "normal", "lighter":
		return -1
	}
	n, err := strconv.ParseFloat(s, 64)
	switch {
	case err != nil:
		return 0
	case n >= 600:
		return 1
	}
	return -1
}

var lengthUnit = regexp.MustCompile(`^([0-9]{1,5}(?:\.[0-9]{1,8})?)(px|%|pt|in|cm|mm|em|rem)?$`)

// pixels says how many pixels a unit has.
var pixels = map[string]float64{"": 1, "px": 1, "pt": 96.0 / 72, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "em": 16, "rem": 16}

// lengthOf returns a length in whole pixels or percent, or "".
func lengthOf(s string) string {
	m := lengthUnit.FindStringSubmatch(strings.ReplaceAll(s, " ", ""))
	if m == nil {
		return ""
	}
	n, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		return ""
	}
	if m[2] == "%" {
		if n = math.Round(n); n < 1 || n > 100 {
			return ""
		}
		return strconv.Itoa(int(n)) + "%"
	}
	if n = math.Round(n * pixels[m[2]]); n < 1 || n > 99999 {
		return ""
	}
	return strconv.Itoa(int(n))
}

// settings returns what an element says of the text in it, beside other things.
func (r *reader) settings(t html.Token) []setting {
	var list []setting
	tag := inlineTags[t.Data]
	l := lookOf(t)
	if tag == "u" && l.underline < 0 || tag == "s" && l.strike < 0 || tag == "b" && l.weight != 0 || tag == "i" && l.slant != 0 {
		tag = ""
	}
	if tag != "" {
		list = append(list, setting{tag, true})
	}
	bold := t.Data == "th" || len(t.Data) == 2 && t.Data[0] == 'h' && t.Data != "hr" // by itself
	if l.weight != 0 && !bold && (t.Data == "b" || t.Data == "strong" || r.find("heading") < 0) {
		list = append(list, setting{"b", l.weight > 0})
	}
	if l.slant != 0 {
		list = append(list, setting{"i", l.slant > 0})
	}
	if (l.underline > 0 || hasClass(t, "wysiwyg-underline")) && tag != "u" && t.Data != "a" && findMark(r.marks, "a") < 0 {
		list = append(list, setting{"u", true})
	}
	if l.strike > 0 && tag != "s" {
		list = append(list, setting{"s", true})
	}
	if l.raise != "" && tag != l.raise && t.Data != "td" && t.Data != "th" && t.Data != "img" {
		list = append(list, setting{l.raise, true})
	}
	return list
}
