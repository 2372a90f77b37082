package search

// RecordSize is how many bytes forward bytes have for each term, about.
const RecordSize = recordSize

// Counts says how often a term is in each field of a document, in 16 bits.
// Great numbers are cut off; see forward.go.
type Counts uint16

// packed is the Counts of numbers within the limits of a forward record.
func packed(n [fields]int) Counts {
	return Counts(min(n[body], 63)<<10 | min(n[title], 7)<<7 | min(n[description], 7)<<4 | min(n[headings], 15))
}

// Title returns how often the term is in the title.
func (n Counts) Title() int { return int(n >> 7 & 7) }

// Description returns how often the term is in the description.
func (n Counts) Description() int { return int(n >> 4 & 7) }

// Headings returns how often the term is in headings.
func (n Counts) Headings() int { return int(n & 15) }

// Body returns how often the term is in the body, headings included.
func (n Counts) Body() int { return int(n >> 10) }

// Lengths are the lengths of a document's fields; see [Entry].
type Lengths struct{ Title, Description, Headings, Body int }

// Records hands each term of forward bytes, as its hash, to use, in ascending
// order. It reports false, and hands over nothing, for bytes that [Index] did
// not make.
func Records(forward []byte, use func(hash uint32, n Counts)) (Lengths, bool) {
	rs, ok := decodeForward(forward)
	if !ok {
		return Lengths{}, false
	}
	for i := range rs.len() {
		use(rs.hash(i), packed(rs.counts(i)))
	}
	return Lengths{rs.lengths[title], rs.lengths[description], rs.lengths[headings], rs.lengths[body]}, true
}

// Hash is what forward bytes have of a term.
func Hash(term string) uint32 { return hash(term) }
