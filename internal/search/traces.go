package search

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Terms and their counts do not tell which words stand side by side, nor how a
// word was written before it was reduced to a term. A document keeps both as
// traces in a Bloom filter: 3 in 100 of those that it has not seem to be
// there, the same ones on every engine, for the price of a byte each.

const (
	traceProbes = 3       // bits of a trace
	maxTraces   = 1 << 14 // of a document
)

// traces is a Bloom filter with 8 bits for each trace.
type traces []byte

func newTraces(keys []uint32) traces {
	slices.Sort(keys)
	keys = slices.Compact(keys)
	keys = keys[:min(len(keys), maxTraces)]
	t := make(traces, len(keys))
	for _, k := range keys {
		for n := range traceProbes {
			i := t.probe(k, n)
			t[i/8] |= 1 << (i % 8)
		}
	}
	return t
}

// has tells whether a trace is there, or seems to be.
func (t traces) has(key uint32) bool {
	if len(t) == 0 {
		return false
	}
	for n := range traceProbes {
		if i := t.probe(key, n); t[i/8]>>(i%8)&1 == 0 {
			return false
		}
	}
	return true
}

// probe returns the n-th bit of a trace.
func (t traces) probe(key uint32, n int) uint32 {
	return uint32(uint64(scramble(key+uint32(n)*0x9e3779b9)) * uint64(8*len(t)) >> 32)
}

// scramble spreads what differs in a few bits over all of them.
func scramble(x uint32) uint32 {
	x = (x ^ x>>16) * 0x7feb352d
	x = (x ^ x>>15) * 0x846ca68b
	return x ^ x>>16
}

// pairTrace is that of two words side by side in either order, each by the hash
// of its term. Words that say little do not part others.
func pairTrace(a, b uint32) uint32 {
	return scramble(min(a, b)) + 31*scramble(max(a, b)+1)
}

// spellingTrace is that of a word as it is written, but for case.
func (a *analysis) spellingTrace(w word) uint32 {
	if w.kind == compound {
		return hash("=" + joined(w.text))
	}
	return hash("=" + a.spell(w.text))
}

// hyphens that writers do not tell apart
var hyphens = strings.NewReplacer("‐", "-", "‑", "-")

// joined is a compound with what joins it: foo_bar is not foo-bar.
func joined(s string) string {
	if _, ok := foldASCII(s); !ok {
		s = hyphens.Replace(norm.NFKC.String(cut(s, maxWord)))
	}
	return strings.ToLower(s)
}

// maxTitleWords is how many bytes of a title forward bytes have.
const maxTitleWords = 255

// titleWords returns the words of a title, without accents and with a space
// between them: as many as there is room for. Titles that give the same are
// the same to a reader.
func (a *analysis) titleWords(text string) string {
	var b strings.Builder
	for s := range a.words(text) {
		if s.kind != plain && s.kind != single {
			continue
		}
		w := strip(a.spell(text[s.start:s.end]))
		if b.Len()+1+len(w) > maxTitleWords {
			break
		}
		if b.Len() > 0 && w != "" {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}
