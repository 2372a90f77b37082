package inverted

import (
	"cmp"
	"math"
	"slices"

	"lectern/internal/search"
)

// A segment is some texts, by the terms they have. It does not change.
type segment struct {
	objects  []int64  // of each text; ascending, each once
	groups   []uint8  // of each text
	forwards [][]byte // of each text
	body     []uint32 // length of each text's body in words
	title    []uint16 // length of each text's title
	all      uint64   // the groups there are, a bit each
	bytes    int      // of all forwards

	hashes []uint32 // of the terms, ascending
	starts []uint32 // where the postings of a term start; one more than hashes
	places []uint32 // the postings: a text, as its index,
	counts []search.Counts
}

// A posting says that a text has a term.
type posting struct {
	hash   uint32
	place  uint32
	counts search.Counts
}

// newSegment inverts texts, which are in ascending order of their objects.
// Those without forward bytes are left out.
func newSegment(texts []Text) *segment {
	s := &segment{}
	terms := 0
	for _, t := range texts {
		terms += len(t.Forward) / search.RecordSize
	}
	list := make([]posting, 0, terms)
	for _, t := range texts {
		place := uint32(len(s.objects))
		lengths, ok := search.Records(t.Forward, func(hash uint32, n search.Counts) {
			list = append(list, posting{hash, place, n})
		})
		if ok {
			s.add(t.Object, t.Group, t.Forward, uint32(min(uint64(lengths.Body), math.MaxUint32)), uint16(min(lengths.Title, math.MaxUint16)))
		}
	}
	s.post(sorted(list))
	return s
}

func (s *segment) add(object int64, group uint8, forward []byte, body uint32, title uint16) {
	s.objects = append(s.objects, object)
	s.groups = append(s.groups, group)
	s.forwards = append(s.forwards, forward)
	s.bytes += len(forward)
	s.body = append(s.body, body)
	s.title = append(s.title, title)
	s.all |= 1 << group
}

// post keeps postings, which are in order of hash and place.
func (s *segment) post(list []posting) {
	s.places = make([]uint32, len(list))
	s.counts = make([]search.Counts, len(list))
	for i, p := range list {
		if i == 0 || p.hash != list[i-1].hash {
			s.hashes = append(s.hashes, p.hash)
			s.starts = append(s.starts, uint32(i))
		}
		s.places[i], s.counts[i] = p.place, p.counts
	}
	s.starts = append(s.starts, uint32(len(list)))
	s.hashes, s.starts = slices.Clip(s.hashes), slices.Clip(s.starts)
}

// sorted orders postings by hash; those of one hash keep their order. It sorts
// by 11 bits at a time, which for a million takes a tenth of comparing them.
func sorted(list []posting) []posting {
	if len(list) < 1<<10 {
		slices.SortStableFunc(list, func(a, b posting) int { return cmp.Compare(a.hash, b.hash) })
		return list
	}
	const bits = 11
	spare := make([]posting, len(list))
	for shift := 0; shift < 32; shift += bits {
		var at [1<<bits + 1]int
		for _, p := range list {
			at[p.hash>>shift&(1<<bits-1)+1]++
		}
		for i := range 1 << bits {
			at[i+1] += at[i]
		}
		for _, p := range list {
			digit := p.hash >> shift & (1<<bits - 1)
			spare[at[digit]] = p
			at[digit]++
		}
		list, spare = spare, list
	}
	return list
}

// find returns the postings of a term: the texts, and how often they have it.
func (s *segment) find(hash uint32) ([]uint32, []search.Counts) {
	i, found := slices.BinarySearch(s.hashes, hash)
	if !found {
		return nil, nil
	}
	from, to := s.starts[i], s.starts[i+1]
	return s.places[from:to], s.counts[from:to]
}

// merge returns a segment of the texts of two that are not deleted in them.
func merge(a, b part) *segment {
	out := &segment{}
	moved := [2][]uint32{make([]uint32, len(a.objects)), make([]uint32, len(b.objects))}
	i, j := 0, 0
	for i < len(a.objects) || j < len(b.objects) {
		from, at, to := a, &i, moved[0]
		if i == len(a.objects) || j < len(b.objects) && b.objects[j] < a.objects[i] {
			from, at, to = b, &j, moved[1]
		}
		to[*at] = math.MaxUint32
		if !from.deleted.has(uint32(*at)) {
			to[*at] = uint32(len(out.objects))
			out.add(from.objects[*at], from.groups[*at], from.forwards[*at], from.body[*at], from.title[*at])
		}
		*at++
	}
	out.mergePostings(a.segment, b.segment, moved)
	return out
}

// mergePostings keeps the postings of two segments whose texts have moved; a
// text that is deleted has moved to the greatest place.
func (s *segment) mergePostings(a, b *segment, moved [2][]uint32) {
	i, j := 0, 0
	var list []posting
	for i < len(a.hashes) || j < len(b.hashes) {
		hash := uint32(math.MaxUint32)
		if i < len(a.hashes) {
			hash = a.hashes[i]
		}
		if j < len(b.hashes) {
			hash = min(hash, b.hashes[j])
		}
		list = list[:0]
		if i < len(a.hashes) && a.hashes[i] == hash {
			list, i = a.move(list, i, moved[0]), i+1
		}
		if j < len(b.hashes) && b.hashes[j] == hash {
			list, j = b.move(list, j, moved[1]), j+1
		}
		if len(list) == 0 {
			continue
		}
		slices.SortFunc(list, func(a, b posting) int { return cmp.Compare(a.place, b.place) })
		s.hashes, s.starts = append(s.hashes, hash), append(s.starts, uint32(len(s.places)))
		for _, p := range list {
			s.places, s.counts = append(s.places, p.place), append(s.counts, p.counts)
		}
	}
	s.starts = append(s.starts, uint32(len(s.places)))
}

// move appends the postings of the i-th term, at the places the texts moved to.
func (s *segment) move(list []posting, i int, moved []uint32) []posting {
	for k := s.starts[i]; k < s.starts[i+1]; k++ {
		if to := moved[s.places[k]]; to != math.MaxUint32 {
			list = append(list, posting{s.hashes[i], to, s.counts[k]})
		}
	}
	return list
}

// size is about how many bytes the segment takes.
func (s *segment) size() int { return 40*len(s.objects) + 8*len(s.hashes) + 6*len(s.places) + s.bytes }
