package meaning

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"sync"

	"lectern"
)

// A Space keeps the vectors of texts in memory and finds those near another, by
// looking at every one: 16,000 vectors of 768 numbers take some milliseconds,
// and the answer is exact. Any number of goroutines may use it.
type Space struct {
	limit int // bytes

	mu    sync.RWMutex // guards what follows
	texts map[lectern.Locale]map[int64][]float32
	size  int
}

// NewSpace returns an empty space that holds about so many bytes.
func NewSpace(limit int) *Space {
	return &Space{limit: limit, texts: map[lectern.Locale]map[int64][]float32{}}
}

// rounding is by how much equal cosines may differ.
const rounding = 1e-6

// overhead is about what a vector takes beside its numbers, in bytes.
const overhead = 64

// Put sets the vector of a text; one without a direction removes it. It reports
// false if there is no room, and the text is then not in the space.
func (s *Space) Put(id int64, l lectern.Locale, vector []float32) bool {
	unit := Normalize(vector)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.texts[l] == nil {
		s.texts[l] = map[int64][]float32{}
	}
	if old, ok := s.texts[l][id]; ok {
		s.size -= 4*len(old) + overhead
		delete(s.texts[l], id)
	}
	if unit == nil {
		return true
	}
	if s.size+4*len(unit)+overhead > s.limit {
		return false
	}
	s.size += 4*len(unit) + overhead
	s.texts[l][id] = unit
	return true
}

// Size returns about how many bytes of memory the vectors take.
func (s *Space) Size() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.size
}

// A Near is a text near a vector.
type Near struct {
	ID     int64
	Cosine float64 // of the angle between, at most 1
}

// Near returns at most n texts of a locale that stand out by how near they are,
// the nearest first, ties by ID; only those asked for. Vectors of another length
// than the query's are passed over.
//
// How great a cosine of texts that mean alike is differs from model to model.
// What stands out is told from the others: it lies two standard deviations above
// the mean, among few texts half as far as can be. One text stands out from
// nothing.
func (s *Space) Near(query []float32, l lectern.Locale, n int, asked func(id int64) bool) []Near {
	unit := Normalize(query)
	if unit == nil {
		return nil
	}
	list, mean, deviation := s.cosines(unit, l)
	many := float64(len(list))
	least := mean + min(2, (many-1)/math.Sqrt(max(many, 1))/2)*deviation + rounding
	list = slices.DeleteFunc(list, func(x Near) bool { return x.Cosine <= least || !asked(x.ID) })
	slices.SortFunc(list, func(a, b Near) int { return cmp.Or(cmp.Compare(b.Cosine, a.Cosine), cmp.Compare(a.ID, b.ID)) })
	return list[:min(len(list), n)]
}

// cosines compares a vector with all of a locale.
func (s *Space) cosines(unit []float32, l lectern.Locale) (list []Near, mean, deviation float64) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	sum, squares := 0.0, 0.0
	for id, v := range s.texts[l] {
		if len(v) != len(unit) {
			continue
		}
		c := dot(unit, v)
		sum += c
		squares += c * c
		list = append(list, Near{id, c})
	}
	many := max(float64(len(list)), 1)
	mean = sum / many
	return list, mean, math.Sqrt(max(squares/many-mean*mean, 0))
}

// dot is the scalar product of two vectors of the same length.
func dot(a, b []float32) float64 {
	b = b[:len(a)]
	var w, x, y, z float32
	i := 0
	for ; i+4 <= len(a); i += 4 {
		w += a[i] * b[i]
		x += a[i+1] * b[i+1]
		y += a[i+2] * b[i+2]
		z += a[i+3] * b[i+3]
	}
	for ; i < len(a); i++ {
		w += a[i] * b[i]
	}
	return float64(w) + float64(x) + float64(y) + float64(z)
}

// Encode writes a vector as bytes: 32 bits a number, the low byte first.
func Encode(v []float32) []byte {
	b := make([]byte, 0, 4*len(v))
	for _, x := range v {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return b
}

// Decode reads what Encode wrote. Bytes behind the last whole number are left.
func Decode(b []byte) []float32 {
	v := make([]float32, len(b)/4)
	for i := range v {
		v[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return v
}
