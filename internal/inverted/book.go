// Package inverted keeps texts in memory by the terms they have, so that those
// that may answer a query are found within a fraction of a millisecond.
//
// What it keeps is what the database keeps, turned around: for each term of the
// forward bytes of [search.Entry], the texts that have it and how often; and the
// bytes themselves, by which the best are ranked. About twelve bytes a term and
// text, so a thousand articles of 300 words take 2 MB.
//
// A [Book] never changes: With returns another one that shares what is the
// same. So any number of searches read while texts change, and each sees
// exactly the texts of its own transaction. As in most search engines a book
// is a list of segments; texts that changed are marked dead where they were
// and come again in a new segment, and small segments are merged in time.
package inverted

import (
	"cmp"
	"slices"
)

const (
	// maxTexts is how many texts a segment is made of at once, and until when
	// segments are merged.
	maxTexts = 1 << 13
	// Groups is how many groups there may be.
	Groups = 64
)

// A Text is a text of a book. A book has one text of an object.
type Text struct {
	Object  int64
	Group   uint8  // below Groups; searches ask for some of them
	Forward []byte // of search.Entry, kept as it is; nil for an object that has no text any more
}

// A Book is the texts of one language. The zero Book has none. It does not
// change.
type Book struct{ parts []part }

// A part is a segment and which of its texts are dead.
type part struct {
	*segment
	dead bitmap
	gone int // how many are dead
}

// With returns a book that has these texts as well, or instead of those of the
// same objects.
func (b *Book) With(texts []Text) *Book {
	texts = latest(texts)
	n := &Book{parts: slices.Clone(b.parts)}
	n.bury(texts)
	for chunk := range slices.Chunk(texts, maxTexts) {
		if s := newSegment(chunk); len(s.objects) > 0 {
			n.parts = append(n.parts, part{segment: s})
		}
	}
	n.tidy()
	return n
}

// latest orders texts by object; of one object it keeps the last.
func latest(texts []Text) []Text {
	texts = slices.Clone(texts)
	slices.SortStableFunc(texts, func(a, b Text) int { return cmp.Compare(a.Object, b.Object) })
	out := texts[:0]
	for i, t := range texts {
		if i+1 == len(texts) || texts[i+1].Object != t.Object {
			out = append(out, t)
		}
	}
	return out
}

// bury marks the texts of these objects dead.
func (b *Book) bury(texts []Text) {
	for i, p := range b.parts {
		shared := true
		at := 0 // objects are in order, so the search for one goes on where the last ended
		for _, t := range texts {
			step, found := slices.BinarySearch(p.objects[at:], t.Object)
			at += step
			if !found || p.dead.has(uint32(at)) {
				continue
			}
			if shared {
				p.dead, shared = p.dead.clone(len(p.objects)), false
			}
			p.dead.set(uint32(at))
			p.gone++
		}
		b.parts[i] = p
	}
}

// tidy merges segments: each is to be at least twice as large as the next, so
// that there are few of them and a text is moved only a few times. A segment
// of which half is dead is written anew.
func (b *Book) tidy() {
	for i := 0; i < len(b.parts); i++ {
		if p := b.parts[i]; 2*p.gone > len(p.objects) {
			b.parts[i] = part{segment: merge(p, part{segment: &segment{}})}
		}
	}
	b.parts = slices.DeleteFunc(b.parts, func(p part) bool { return len(p.objects) == 0 })
	for n := len(b.parts); n > 1; n = len(b.parts) {
		before, last := b.parts[n-2], b.parts[n-1]
		if len(before.objects) > 2*len(last.objects) || len(before.objects)+len(last.objects) > maxTexts {
			return
		}
		b.parts = append(b.parts[:n-2], part{segment: merge(before, last)})
	}
}

// Forward returns the forward bytes of the text of an object, or nil. They are
// not to be changed.
func (b *Book) Forward(object int64) []byte {
	for _, p := range b.parts {
		if at, found := slices.BinarySearch(p.objects, object); found && !p.dead.has(uint32(at)) {
			return p.forwards[at]
		}
	}
	return nil
}

// Size returns about how many bytes of memory the book takes.
func (b *Book) Size() int {
	n := 0
	for _, p := range b.parts {
		n += p.size()
	}
	return n
}

// Len returns how many texts there are.
func (b *Book) Len() int {
	n := 0
	for _, p := range b.parts {
		n += len(p.objects) - p.gone
	}
	return n
}

// A bitmap is a set of places. The nil bitmap is empty.
type bitmap []uint64

func (m bitmap) has(i uint32) bool { return m != nil && m[i/64]>>(i%64)&1 == 1 }
func (m bitmap) set(i uint32)      { m[i/64] |= 1 << (i % 64) }

// clone returns a copy with room for n places.
func (m bitmap) clone(n int) bitmap {
	c := make(bitmap, (n+63)/64)
	copy(c, m)
	return c
}
