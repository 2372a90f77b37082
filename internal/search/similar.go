package search

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// Words that share characters with the query's add to a score: inflections no
// stemmer knows, parts of compounds, typing errors on either side. What counts
// is grams; a document has a gram as often as words with it. Grams are not
// indexed: the vocabulary tells which terms have one.

const (
	maxGrams     = 192  // of a query
	maxGramWords = 1024 // with one gram; a gram of more words says nothing
)

// similar are the terms that share grams with a query, by hash.
type similar struct {
	hashes []uint32 // ascending
	starts []uint32 // where the grams of a term begin; one more than hashes
	grams  []uint8  // the query's grams, by number
	count  int      // of the query's grams
	words  []uint8  // the word each gram was first seen in
	slots  []slot   // a hash table of the terms: each from where its hash says
	filter [1 << 10]uint64
}

// A slot is a term and where its grams are; to is 0 where there is none.
type slot struct{ hash, from, to uint32 }

// newSimilar looks up the terms that share grams with words.
func newSimilar(v *Vocabulary, words []string) *similar {
	s := &similar{}
	var pairs []uint64 // hash of a term, gram
	seen := map[gram]bool{}
	v.mu.RLock()
	defer v.mu.RUnlock()
	for n, w := range words {
		for g := range gramsOf(w) {
			ids := v.grams[g]
			if seen[g] || len(ids) == 0 || len(ids) > maxGramWords || s.count == maxGrams {
				continue
			}
			seen[g] = true
			for _, id := range ids {
				pairs = append(pairs, uint64(v.words[id].term)<<8|uint64(s.count))
			}
			s.words = append(s.words, uint8(n))
			s.count++
		}
	}
	slices.Sort(pairs)
	for _, p := range slices.Compact(pairs) {
		h := uint32(p >> 8)
		if n := len(s.hashes); n == 0 || s.hashes[n-1] != h {
			s.hashes = append(s.hashes, h)
			s.starts = append(s.starts, uint32(len(s.grams)))
			s.filter[h>>22] |= 1 << (h >> 16 % 64)
		}
		s.grams = append(s.grams, uint8(p))
	}
	s.starts = append(s.starts, uint32(len(s.grams)))
	s.slots = make([]slot, 1<<bits.Len(uint(2*len(s.hashes))))
	for i, h := range s.hashes {
		at := h & uint32(len(s.slots)-1)
		for s.slots[at].to != 0 {
			at = (at + 1) & uint32(len(s.slots)-1)
		}
		s.slots[at] = slot{h, s.starts[i], s.starts[i+1]}
	}
	return s
}

// may tells whether a term may share grams: never no for one that does.
func (s *similar) may(hash uint32) bool { return s.filter[hash>>22]>>(hash>>16%64)&1 == 1 }

// of returns the grams of the term with a hash.
func (s *similar) of(hash uint32) []uint8 {
	for at := hash & uint32(len(s.slots)-1); s.slots[at].to != 0; at = (at + 1) & uint32(len(s.slots)-1) {
		if x := &s.slots[at]; x.hash == hash {
			return s.grams[x.from:x.to]
		}
	}
	return nil
}

// alike returns the terms that have 4 in 10 of the grams of one of the words.
func (s *similar) alike() (hashes []uint32) {
	var all [maxSaid]int
	for _, w := range s.words {
		all[w]++
	}
	for i, h := range s.hashes {
		var n [maxSaid]int
		for _, g := range s.grams[s.starts[i]:s.starts[i+1]] {
			w := s.words[g]
			if n[w]++; 10*n[w] >= 4*all[w] {
				hashes = append(hashes, h)
				break
			}
		}
	}
	return hashes
}

// idfs tells how much each gram says. In how many documents a gram is follows
// from the terms that have it, as if they kept away from each other by chance.
func (s *similar) idfs(docs float64, df func(uint32) int64) []float64 {
	frequency := func(h uint32) float64 {
		if df == nil {
			return 1
		}
		return float64(df(h))
	}
	without := slices.Repeat([]float64{1}, s.count) // share of the documents without the gram
	for i, h := range s.hashes {
		share := 1 - min(max(frequency(h), 0), docs)/docs
		for _, g := range s.grams[s.starts[i]:s.starts[i+1]] {
			without[g] *= share
		}
	}
	for g, share := range without {
		without[g] = idf(docs, docs*(1-share))
	}
	return without
}

// IDF is how much a term says that n of docs documents have.
func IDF(docs, n float64) float64 { return idf(docs, n) }

// idf is how much a term says that n of docs documents have.
func idf(docs, n float64) float64 {
	n = min(max(n, 0), docs)
	return math.Log1p((docs - n + 0.5) / (n + 0.5))
}

// sortedGrams returns the grams of a word in ascending order.
func sortedGrams(word string) []gram {
	list := make([]gram, 0, 16)
	for g := range gramsOf(word) {
		list = append(list, g)
	}
	slices.Sort(list)
	return list
}

// likeness is the share of grams that two words have in common, 0 to 1.
func likeness(a, b []gram) float64 {
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := cmp.Compare(a[i], b[j]); {
		case c < 0:
			i++
		case c > 0:
			j++
		default:
			common, i, j = common+1, i+1, j+1
		}
	}
	return 2 * float64(common) / float64(max(len(a)+len(b), 1))
}
