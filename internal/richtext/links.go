package richtext

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// Most headings get a new id. Links inside the body that led to them must follow:
// a link to a place right before a heading or inside it leads to that heading. A
// place in other text keeps its id, as a <span> before the text, if a link of the
// body leads there.

// places remembers the ids and names met while reading, until it is known to
// what they belong.
type places struct {
	wanted  map[string]bool // where links of the body lead
	targets map[string]*heading
	anchors map[string]bool // that have their place
	pending []string
	last    *heading
}

// wantedIn returns where the links of a sanitised body lead in it.
func wantedIn(body string) map[string]bool {
	wanted := map[string]bool{}
	for _, m := range fragment.FindAllStringSubmatch(body, -1) {
		name := html.UnescapeString(m[1])
		wanted[name] = true
		if decoded, err := url.PathUnescape(name); err == nil {
			wanted[decoded] = true
		}
	}
	return wanted
}

var fragment = regexp.MustCompile(` href="#([^"]*)"`)

// note remembers the places an element marks.
func (p *places) note(t html.Token) {
	for _, a := range t.Attr {
		if (a.Key == "id" || a.Key == "name" && t.Data == "a") && p.wanted[a.Val] {
			p.pending = append(p.pending, a.Val)
		}
	}
}

// content says that text to read stands here, and returns the places that are
// right before it. Within a heading they are the heading's.
func (p *places) content(own bool) []string {
	if len(p.pending) == 0 || !own {
		return nil
	}
	var ids []string
	for _, name := range p.pending {
		if p.targets[name] == nil && !p.anchors[name] && anchorName.MatchString(name) {
			if p.anchors == nil {
				p.anchors = map[string]bool{}
			}
			p.anchors[name] = true
			ids = append(ids, name)
		}
	}
	p.settle(p.last)
	return ids
}

// enter says that a heading begins: places since the last content, its own id
// among them, belong to it.
func (p *places) enter(h *heading) {
	p.settle(h)
	p.last = h
}

// settle gives the pending places to a heading. The first element of a name is
// the one links lead to.
func (p *places) settle(h *heading) {
	for _, name := range p.pending {
		if _, taken := p.targets[name]; !taken && !p.anchors[name] {
			p.targets[name] = h
		}
	}
	p.pending = p.pending[:0]
}

var headingID = regexp.MustCompile(`^h_[0-9a-f]{10}$`)

// nameHeadings gives every heading its id. One of the right form stays, unless
// an earlier heading has it. A new one follows from the words of the heading and
// how often they occurred before, so that the same body gets the same ids.
func (d *document) nameHeadings() {
	taken := map[string]bool{}
	for _, h := range d.headings {
		if !headingID.MatchString(h.id) || taken[h.id] {
			h.id = ""
			continue
		}
		taken[h.id] = true
	}
	seen := map[string]int{}
	for _, h := range d.headings {
		text := textOf(h.runs)
		for h.id == "" {
			seen[text]++
			sum := sha256.Sum256([]byte(text + "\x00" + strconv.Itoa(seen[text])))
			if id := "h_" + hex.EncodeToString(sum[:5]); !taken[id] {
				h.id, taken[id] = id, true
			}
		}
	}
}

// aimLinks points the links within the body to the ids the headings now have.
func (d *document) aimLinks() {
	for _, l := range d.links {
		name, within := strings.CutPrefix(l.href, "#")
		if !within {
			continue
		}
		h := d.targets[name]
		if h == nil {
			decoded, _ := url.PathUnescape(name)
			h = d.targets[decoded]
		}
		if h != nil && h.runs != nil {
			l.href = "#" + h.id
		}
	}
}
