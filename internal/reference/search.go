package reference

import (
	"cmp"
	"html"
	"html/template"
	"slices"
	"strings"
	"unicode"
)

// maxHits bounds each list of a search.
const maxHits = 40

// An operationHit is an operation that answers a search.
type operationHit struct {
	*operation
	Title, PathText, AboutText template.HTML // with what matched marked
	score                      int
}

// A fieldHit is a field that answers a search, with where it is used. Equal
// fields of one kind of object are one hit.
type fieldHit struct {
	NameText, AboutText template.HTML
	Type, Kind          string
	Places              []place
	More                int // places beyond those
	score               int
}

// A place is where an operation uses a field.
type place struct {
	Operation *operation
	Anchor    string
	Part      string // body, answer, query or path
}

const maxPlaces = 4

// search finds the operations and fields of a document that hold every word of
// q, somewhere; those that hold them in their names come first.
func (d *document) search(q string) ([]*operationHit, []*fieldHit) {
	terms := termsOf(q)
	if len(terms) == 0 {
		return nil, nil
	}
	var operations []*operationHit
	for _, op := range d.operations() {
		score := rate(terms, op.Summary+" "+op.ID, op.Method+" "+op.Path+" "+op.Group, op.About)
		if score > 0 {
			operations = append(operations, &operationHit{operation: op, score: score,
				Title: mark(op.Summary, terms), PathText: mark(op.Path, terms), AboutText: mark(op.About, terms)})
		}
	}
	fields := d.searchFields(terms)
	slices.SortStableFunc(operations, func(a, b *operationHit) int { return cmp.Compare(b.score, a.score) })
	slices.SortStableFunc(fields, func(a, b *fieldHit) int { return cmp.Compare(b.score, a.score) })
	return operations[:min(len(operations), maxHits)], fields[:min(len(fields), maxHits)]
}

// searchFields finds fields among those that readFields noted.
func (d *document) searchFields(terms []string) []*fieldHit {
	var hits []*fieldHit
	for _, f := range d.fields {
		score := rate(terms, f.Name, strings.Join(f.Enum, " "), f.About)
		if score == 0 {
			continue
		}
		shown := min(len(f.places), maxPlaces)
		hits = append(hits, &fieldHit{NameText: mark(f.Name, terms), AboutText: mark(sentence(f.About), terms), Type: f.Type,
			Kind: f.kind, Places: f.places[:shown], More: len(f.places) - shown, score: score})
	}
	return hits
}

// A usedField is a field of one kind of object and where it is used.
type usedField struct {
	*field
	kind   string
	places []place
}

// readFields notes every field of the document once, however many operations
// use it.
func (d *document) readFields() {
	type key struct{ name, about, kind string }
	found := map[key]*usedField{}
	for _, op := range d.operations() {
		for _, part := range op.parts() {
			seen := map[key]bool{} // in this part
			part.each(func(kind string, f *field) {
				k := key{f.Name, f.About, kind}
				if seen[k] {
					return
				}
				seen[k] = true
				if found[k] == nil {
					found[k] = &usedField{field: f, kind: kind}
					d.fields = append(d.fields, found[k])
				}
				found[k].places = append(found[k].places, place{op, f.Anchor, part.name})
			})
		}
	}
}

// A part is one of the places an operation has fields in.
type part struct {
	name string
	root *field
}

func (op *operation) parts() []part {
	return []part{
		{"path", &field{Fields: op.PathParams}}, {"query", &field{Fields: op.QueryParams}},
		{"body", op.Body}, {"answer", op.Answer},
	}
}

// each calls yield with every field of the part and the kind of object that it
// belongs to.
func (p part) each(yield func(kind string, f *field)) {
	if p.root == nil {
		return
	}
	for _, f := range p.root.Fields {
		yield(p.root.Kind, f)
		part{p.name, f}.each(yield)
	}
}

// termsOf are the words of a query. Underscores part words in names as spaces
// do, so "parent id" finds parent_id.
func termsOf(q string) []string {
	terms := strings.FieldsFunc(strings.ToLower(q), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	return terms[:min(len(terms), 8)]
}

// rate weighs texts that hold the terms, the first text most; zero when a term
// is in none. A word that is the term counts more than one that holds it.
func rate(terms []string, texts ...string) int {
	total := 0
	for _, term := range terms {
		best := 0
		for i, text := range texts {
			text = strings.ToLower(text)
			weight := []int{6, 3, 1}[i]
			if at := strings.Index(text, term); at >= 0 {
				score := weight * 2
				if at == 0 || !isLetter(text[at-1]) {
					score += weight
				}
				if end := at + len(term); end == len(text) || !isLetter(text[end]) {
					score += weight
				}
				best = max(best, score)
			}
		}
		if best == 0 {
			return 0
		}
		total += best
	}
	return total
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 0x80 }

// mark escapes text and marks the terms in it.
func mark(text string, terms []string) template.HTML {
	lower := strings.ToLower(text)
	if len(lower) != len(text) { // folding moved bytes: rather no marks than wrong ones
		return template.HTML(html.EscapeString(text))
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		next, length := len(text), 0
		for _, term := range terms {
			if at := strings.Index(lower[i:], term); at >= 0 && (i+at < next || i+at == next && len(term) > length) {
				next, length = i+at, len(term)
			}
		}
		b.WriteString(html.EscapeString(text[i:next]))
		if length > 0 {
			b.WriteString("<mark>" + html.EscapeString(text[next:next+length]) + "</mark>")
		}
		i = next + length
	}
	return template.HTML(b.String())
}
