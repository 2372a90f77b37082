package meaning_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"lectern/internal/meaning"
)

func every(int64) bool { return true }

func ids(list []meaning.Near) (out []int64) {
	for _, n := range list {
		out = append(out, n.ID)
	}
	return out
}

func TestTheNearestComeFirstAndOnlyThoseThatStandOut(t *testing.T) {
	s := meaning.NewSpace(1 << 20)
	for id := range int64(40) {
		s.Put(id, "en", []float32{1, float32(id % 7), -float32(id % 5)})
	}
	s.Put(100, "en", []float32{-5, 0.2, 0.1})
	s.Put(101, "en", []float32{-5, 0, 0})
	s.Put(102, "fr", []float32{-5, 0, 0})
	query := []float32{-1, 0, 0}
	if got := ids(s.Near(query, "en", 10, every)); !slices.Equal(got, []int64{101, 100}) {
		t.Errorf("near are %v", got)
	}
	if got := ids(s.Near(query, "en", 1, every)); !slices.Equal(got, []int64{101}) {
		t.Errorf("the nearest are %v", got)
	}
	if got := ids(s.Near(query, "en", 10, func(id int64) bool { return id == 100 })); !slices.Equal(got, []int64{100}) {
		t.Errorf("those asked for are %v", got)
	}
	if got := ids(s.Near(query, "fr", 10, every)); len(got) != 0 {
		t.Errorf("one text alone stands out: %v", got)
	}
	s.Put(103, "fr", []float32{5, 1, 0})
	if got := s.Near(query, "fr", 10, every); !slices.Equal(ids(got), []int64{102}) || math.Abs(got[0].Cosine-1) > 1e-6 {
		t.Errorf("in French: %v", got)
	}
	for what, q := range map[string][]float32{"another length": {1, 2}, "no direction": {0, 0, 0}, "nothing": nil} {
		if got := s.Near(q, "en", 10, every); len(got) != 0 {
			t.Errorf("near %s: %v", what, got)
		}
	}
}

func TestASpaceForgetsWhatIsTakenOutAndHoldsNoMoreThanItsLimit(t *testing.T) {
	s := meaning.NewSpace(300)
	v := []float32{1, 2, 3, 4}
	for id := range int64(3) {
		for range 2 { // the second in place of the first
			if !s.Put(id, "en", v) {
				t.Fatalf("no room for %d", id)
			}
		}
	}
	if s.Put(3, "en", v) {
		t.Error("a fourth has room")
	}
	if !s.Put(1, "en", nil) || !s.Put(3, "en", v) {
		t.Error("room is not given back")
	}
	s.Put(0, "en", []float32{-1, 0, 0, 0})
	if got := ids(s.Near(v, "en", 10, every)); !slices.Equal(got, []int64{2, 3}) {
		t.Errorf("there are %v", got)
	}
	for id := range int64(4) {
		s.Put(id, "en", nil)
	}
	if s.Size() != 0 {
		t.Errorf("empty, it takes %d bytes", s.Size())
	}
}

func TestAVectorIsDecodedAsItWas(t *testing.T) {
	v := []float32{0, -1.5, math.MaxFloat32, math.SmallestNonzeroFloat32}
	if got := meaning.Decode(meaning.Encode(v)); !slices.Equal(got, v) {
		t.Errorf("%v became %v", v, got)
	}
	if got := meaning.Decode([]byte{1, 2, 3}); len(got) != 0 {
		t.Errorf("three bytes are %v", got)
	}
}

// BenchmarkNear looks for the nearest of 16,000 texts; one number a vector is
// the baseline, what the loop costs.
func BenchmarkNear(b *testing.B) {
	for _, dimensions := range []int{1, 384, 768, 1536} {
		s := meaning.NewSpace(1 << 30)
		random := rand.New(rand.NewPCG(1, 2))
		vector := func() []float32 {
			v := make([]float32, dimensions)
			for i := range v {
				v[i] = float32(random.NormFloat64())
			}
			return v
		}
		for id := range int64(16_000) {
			s.Put(id, "en", vector())
		}
		query := vector()
		b.Run(fmt.Sprint("dimensions=", dimensions), func(b *testing.B) {
			for b.Loop() {
				s.Near(query, "en", 50, every)
			}
		})
	}
}
