package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// A drawing can show a part of itself again, and that part others: ten uses of
// ten uses of ten … are 1.5 kB that a browser draws for hours. So the parts that
// are drawn are counted as often as they are drawn.

// maxCopies is how many elements a drawing may draw beside those that it has.
const maxCopies = 10_000

var errManyCopies = errors.New("draws its parts too often")

// A part is an element of a drawing.
type part struct {
	id      string
	inside  []*part
	shows   []string // ids of the parts it draws again, by href or url(#…)
	drawn   int      // elements that are drawn for it, once known
	counted state
}

type state int

const (
	notYet state = iota
	underWay
	done
)

// checkCopies returns an error if a clean drawing draws too much, or itself.
func checkCopies(drawing []byte) error {
	root, parts, elements, err := partsOf(drawing)
	if err != nil {
		return err
	}
	n, err := root.count(parts, elements+maxCopies)
	if err == nil && n > elements+maxCopies {
		err = errManyCopies
	}
	return err
}

// partsOf returns the parts of a drawing below a root, those with an id by it,
// and how many there are.
func partsOf(drawing []byte) (root *part, byID map[string]*part, n int, err error) {
	root, byID = &part{}, map[string]*part{}
	open := []*part{root}
	for in := xml.NewDecoder(bytes.NewReader(drawing)); ; {
		token, err := in.Token()
		if err == io.EOF {
			return root, byID, n, nil
		}
		if err != nil {
			return nil, nil, 0, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			n++
			p := &part{}
			for _, a := range t.Attr {
				switch ref := reference(a.Name.Local, a.Value); {
				case a.Name.Local == "id":
					p.id = a.Value
				case ref != "":
					p.shows = append(p.shows, ref)
				}
			}
			if _, taken := byID[p.id]; p.id != "" && !taken {
				byID[p.id] = p
			}
			above := open[len(open)-1]
			above.inside = append(above.inside, p)
			open = append(open, p)
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
}

// reference returns the id that the value of an attribute refers to, or "".
func reference(name, value string) string {
	if id, ok := strings.CutPrefix(value, "#"); ok && name == "href" {
		return id
	}
	_, rest, ok := strings.Cut(value, "url(")
	if !ok {
		return ""
	}
	id, _, _ := strings.Cut(rest, ")")
	return strings.TrimPrefix(strings.Trim(id, ` "'`), "#")
}

// count returns how many elements are drawn for p, at most a little more than
// limit. A part that draws itself is an error.
func (p *part) count(parts map[string]*part, limit int) (int, error) {
	switch p.counted {
	case done:
		return p.drawn, nil
	case underWay:
		return 0, errManyCopies
	}
	p.counted = underWay
	total := 1
	add := func(other *part) error {
		n, err := other.count(parts, limit)
		total = min(total+n, limit+1)
		return err
	}
	for _, inside := range p.inside {
		if err := add(inside); err != nil {
			return 0, err
		}
	}
	for _, id := range p.shows {
		if other := parts[id]; other != nil {
			if err := add(other); err != nil {
				return 0, err
			}
		}
	}
	p.drawn, p.counted = total, done
	return total, nil
}
