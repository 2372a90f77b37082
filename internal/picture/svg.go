package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
)

// An SVG is a document that can run scripts and fetch files. What comes out of
// here is written anew from a short list of elements and attributes that only
// draw: no script, no style sheet, no link, no file, no event, no animation. An
// element that is not on the list goes with all that is in it.

const svgSpace = "http://www.w3.org/2000/svg"

// maxDepth is how deep elements may stand in one another.
const maxDepth = 64

var errNoSVG = errors.New("no SVG")

// drawing are the elements that are kept.
var drawing = set("svg g defs symbol use path rect circle ellipse line polyline polygon text tspan title desc " +
	"linearGradient radialGradient stop clipPath mask pattern")

// looks are the attributes that are kept, if their values are harmless.
var looks = set("id viewBox width height x y x1 y1 x2 y2 cx cy r rx ry fx fy d points transform offset " +
	"preserveAspectRatio pathLength role aria-label aria-hidden color " +
	"fill fill-opacity fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray " +
	"stroke-dashoffset stroke-opacity opacity clip-path clip-rule clipPathUnits mask maskUnits maskContentUnits " +
	"gradientUnits gradientTransform spreadMethod stop-color stop-opacity patternUnits patternContentUnits patternTransform " +
	"font-family font-size font-weight font-style text-anchor dominant-baseline letter-spacing dx dy href style")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// inside is a reference to a part of the same document.
var inside = regexp.MustCompile(`^url\(\s*["']?#[\w.-]+["']?\s*\)(\s+(none|#[0-9a-fA-F]{3,8}|[a-zA-Z]+))?$`)

// cleanSVG returns what a document draws. It returns an error for anything that
// is no well-formed SVG.
func cleanSVG(data []byte) ([]byte, error) {
	in := xml.NewDecoder(bytes.NewReader(data))
	in.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errNoSVG }
	w := &svgWriter{}
	for {
		token, err := in.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		if err := w.write(token); err != nil {
			return nil, err
		}
	}
	if !w.begun || w.depth != 0 {
		return nil, errNoSVG
	}
	if err := checkCopies(w.out.Bytes()); err != nil {
		return nil, err
	}
	return w.out.Bytes(), nil
}

// A svgWriter writes the tokens that are kept.
type svgWriter struct {
	out   bytes.Buffer
	begun bool
	depth int // of the element that is open
	skip  int // depth of the outermost element that is left out; 0 for none
	text  int // how many of the open elements may hold text
}

func (w *svgWriter) write(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		return w.start(t)
	case xml.EndElement:
		if w.skip == 0 {
			w.out.WriteString("</" + t.Name.Local + ">")
			if holdsText[t.Name.Local] {
				w.text--
			}
		} else if w.skip == w.depth {
			w.skip = 0
		}
		w.depth--
	case xml.CharData:
		if w.text > 0 && w.skip == 0 {
			return xml.EscapeText(&w.out, t)
		}
	}
	return nil // comments, instructions and declarations are left out
}

// holdsText are the elements whose text shows or is read aloud.
var holdsText = set("text tspan title desc")

func (w *svgWriter) start(t xml.StartElement) error {
	if w.depth == 0 && (w.begun || t.Name.Local != "svg" || t.Name.Space != svgSpace) || w.depth >= maxDepth {
		return errNoSVG
	}
	w.depth++
	if w.skip > 0 {
		return nil
	}
	if t.Name.Space != svgSpace || !drawing[t.Name.Local] {
		w.skip = w.depth
		return nil
	}
	w.out.WriteString("<" + t.Name.Local)
	if !w.begun {
		w.out.WriteString(` xmlns="` + svgSpace + `"`)
		w.begun = true
	}
	if holdsText[t.Name.Local] {
		w.text++
	}
	seen := map[string]bool{}
	for _, a := range t.Attr {
		if err := w.attribute(a, seen); err != nil {
			return err
		}
	}
	w.out.WriteByte('>')
	return nil
}

// attribute writes an attribute that is kept; of style, its declarations as the
// attributes they stand for.
func (w *svgWriter) attribute(a xml.Attr, seen map[string]bool) error {
	name, value := a.Name.Local, strings.TrimSpace(a.Value)
	switch {
	case !looks[name] || seen[name] || a.Name.Space != "" && name != "href":
		return nil
	case name == "style":
		for declaration := range strings.SplitSeq(value, ";") {
			property, v, _ := strings.Cut(declaration, ":")
			if p := strings.TrimSpace(property); p != "style" && p != "href" && p != "id" {
				if err := w.attribute(xml.Attr{Name: xml.Name{Local: p}, Value: v}, seen); err != nil {
					return err
				}
			}
		}
		return nil
	case name == "href" && !strings.HasPrefix(value, "#"):
		return nil
	case name != "href" && !harmless(value):
		return nil
	}
	seen[name] = true
	w.out.WriteString(" " + name + `="`)
	if err := xml.EscapeText(&w.out, []byte(value)); err != nil {
		return err
	}
	w.out.WriteByte('"')
	return nil
}

// harmless reports whether a value fetches nothing.
func harmless(value string) bool {
	if strings.ContainsAny(value, `\@`) || strings.Contains(value, "/*") {
		return false
	}
	lower := strings.ToLower(value)
	if strings.Contains(lower, "url") || strings.Contains(lower, "image") || strings.Contains(lower, "script") {
		return inside.MatchString(value)
	}
	return true
}
