package body

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"lectern/internal/address"
)

const (
	// maxID is how long an id may be, in bytes; it is cut between words.
	maxID = 80
	// maxContents is how many headings get into the table of contents.
	maxContents = 200
)

// reserved are the ids that the page around a body uses. Those of the symbols
// in its sprite begin with "i-".
var reserved = []string{"main", "q", "verdict", "related", "hits"}

// storedID is the id that stored headings have. Links from other sites lead
// there, so it stays beside the one made of words.
var storedID = regexp.MustCompile(`^h_[0-9a-f]{10}$`)

// A survey is what must be known of a whole body before its first line is
// written.
type survey struct {
	headings map[*node]place
	anchors  map[*node]string  // the ids of places in the text
	ids      map[string]string // where an id of the stored body leads now
	taken    map[string]bool
	next     map[string]int // the number to try for an id that is taken

	levels [7]int // the level each stored level is shown as, before skips are closed
	above  int    // the level of the heading above
}

// A place is where a heading stands.
type place struct {
	level  int
	id     string
	stored string // its old id, "" if it had none of the recorded form
	listed bool   // it is part of the contents
}

func surveyOf(root *node) *survey {
	s := &survey{
		headings: map[*node]place{}, anchors: map[*node]string{}, ids: map[string]string{}, taken: map[string]bool{}, next: map[string]int{}, above: 1,
	}
	for _, id := range reserved {
		s.taken[id] = true
	}
	s.find(root)
	level := 1
	for stored := 1; stored <= 6; stored++ {
		if s.levels[stored] > 0 {
			level = min(level+1, 6)
			s.levels[stored] = level
		}
	}
	s.name(root, true)
	return s
}

// find notes which levels are used. The highest becomes h2, for the title of
// the page is the only h1, and the ones below follow without a gap.
func (s *survey) find(n *node) {
	if heading(n.tag) {
		s.levels[n.tag[1]-'0'] = 1
		return
	}
	for _, k := range n.kids {
		s.find(k)
	}
}

// name gives each heading its level and id. Those within lists, tables, quotes
// and callouts are no part of the contents.
func (s *survey) name(n *node, listed bool) {
	if !heading(n.tag) {
		if n.anchor() {
			s.anchor(n)
		}
		switch n.tag {
		case "li", "td", "th", "blockquote", "dd", "dt":
			listed = false
		case "div":
			listed = listed && !n.hasClass(calloutClass)
		}
		for _, k := range n.kids {
			s.name(k, listed)
		}
		return
	}
	text := n.words()
	if text == "" {
		return
	}
	p := place{level: min(s.levels[n.tag[1]-'0'], s.above+1), id: s.unique(text), listed: listed}
	s.above = p.level
	stored := n.attr("id")
	if storedID.MatchString(stored) && !s.taken[stored] {
		p.stored, s.taken[stored] = stored, true
	}
	if _, known := s.ids[stored]; stored != "" && !known {
		s.ids[stored] = p.id
	}
	s.headings[n] = p
}

// anchor gives a place in the text an id: its own if that can be one on a page.
// The first of a name is the one that links lead to.
func (s *survey) anchor(n *node) {
	stored := n.attr("id")
	if _, known := s.ids[stored]; known {
		return
	}
	id := stored
	if !plainID.MatchString(stored) || strings.HasPrefix(stored, "i-") || s.taken[stored] {
		id = s.unique(stored)
	}
	s.taken[id], s.ids[stored], s.anchors[n] = true, id, id
}

// plainID is what ids look like that need no change.
var plainID = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.:-]{0,79}$`)

// unique returns an id made of the words of a heading, in any script. The
// second heading of the same words gets a number, so that each keeps its id as
// long as the ones above it stay.
func (s *survey) unique(text string) string {
	id := address.Slug(text)
	if len(id) > maxID {
		end := maxID
		for !utf8.RuneStart(id[end]) {
			end--
		}
		if i := strings.LastIndexByte(id[:end], '-'); i > end/2 {
			end = i
		}
		id = id[:end]
	}
	if id == "" || strings.HasPrefix(id, "i-") {
		id = strings.Trim("section-"+id, "-")
	}
	base := id
	for s.taken[id] {
		s.next[base] = max(s.next[base], 1) + 1
		id = base + "-" + strconv.Itoa(s.next[base])
	}
	s.taken[id] = true
	return id
}
