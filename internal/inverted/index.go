// Package inverted keeps texts in memory by the terms they have, so that those
// that may answer a query are found within a fraction of a millisecond.
//
// What it keeps is what the database keeps, turned around: for each term of the
// forward bytes of [search.Entry], the texts that have it and how often; and the
// bytes themselves, by which the best are ranked. About twelve bytes a term and
// text, so a thousand articles of 300 words take 2 MB.
//
// An [Index] never changes: With returns another one that shares what is the
// same. So any number of searches read while texts change, and each sees
// exactly the texts of its own transaction. As in most search engines an index
// is a list of segments; texts that changed are marked deleted where they were
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

// A Text is a text of an index. An index has one text of an object.
type Text struct {
	Object  int64
	Group   uint8  // below Groups; searches ask for some of them
	Forward []byte // of search.Entry, kept as it is; nil for an object that has no text any more
}

// An Index is the texts of one language. The zero Index has none. It does not
// change.
type Index struct{ parts []part }

// A part is a segment and which of its texts are deleted.
type part struct {
	*segment
	deleted bitmap
	gone    int // how many are deleted
}

// With returns an index that has these texts as well, or instead of those of the
// same objects.
func (x *Index) With(texts []Text) *Index {
	texts = latest(texts)
	n := &Index{parts: slices.Clone(x.parts)}
	n.remove(texts)
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

// remove marks the texts of these objects deleted.
func (x *Index) remove(texts []Text) {
	for i, p := range x.parts {
		shared := true
		at := 0 // objects are in order, so the search for one goes on where the last ended
		for _, t := range texts {
			step, found := slices.BinarySearch(p.objects[at:], t.Object)
			at += step
			if !found || p.deleted.has(uint32(at)) {
				continue
			}
			if shared {
				p.deleted, shared = p.deleted.clone(len(p.objects)), false
			}
			p.deleted.set(uint32(at))
			p.gone++
		}
		x.parts[i] = p
	}
}

// tidy merges segments: each is to be at least twice as large as the next, so
// that there are few of them and a text is moved only a few times. A segment
// of which half is deleted is written anew.
func (x *Index) tidy() {
	for i := 0; i < len(x.parts); i++ {
		if p := x.parts[i]; 2*p.gone > len(p.objects) {
			x.parts[i] = part{segment: merge(p, part{segment: &segment{}})}
		}
	}
	x.parts = slices.DeleteFunc(x.parts, func(p part) bool { return len(p.objects) == 0 })
	for n := len(x.parts); n > 1; n = len(x.parts) {
		before, last := x.parts[n-2], x.parts[n-1]
		if len(before.objects) > 2*len(last.objects) || len(before.objects)+len(last.objects) > maxTexts {
			return
		}
		x.parts = append(x.parts[:n-2], part{segment: merge(before, last)})
	}
}

// Forward returns the forward bytes of the text of an object, or nil. They are
// not to be changed.
func (x *Index) Forward(object int64) []byte {
	for _, p := range x.parts {
		if at, found := slices.BinarySearch(p.objects, object); found && !p.deleted.has(uint32(at)) {
			return p.forwards[at]
		}
	}
	return nil
}

// Size returns about how many bytes of memory the index takes.
func (x *Index) Size() int {
	n := 0
	for _, p := range x.parts {
		n += p.size()
	}
	return n
}

// Len returns how many texts there are.
func (x *Index) Len() int {
	n := 0
	for _, p := range x.parts {
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
