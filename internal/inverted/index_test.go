package inverted_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"lectern/internal/inverted"
	"lectern/internal/search"
)

// text makes a text of a title and a body.
func text(object int64, group uint8, title, body string) inverted.Text {
	return inverted.Text{Object: object, Group: group, Forward: search.Index("en", search.Document{Title: title, Body: body}).Forward}
}

// ask is for texts of group 0, of usual length.
var ask = inverted.Query{Groups: 1, Title: 3, Body: 10}

// find returns the objects that have any of some terms, the best guess first.
func find(b *inverted.Index, a inverted.Query, terms ...string) []int64 {
	var list []inverted.Term
	for _, t := range terms {
		list = append(list, inverted.Term{Hash: search.Hash(t), Weight: 1})
	}
	guesses := map[int64]float32{}
	b.Match(a, list, func(m inverted.Match) { guesses[m.Object] = m.Guess })
	return slices.SortedFunc(maps.Keys(guesses), func(x, y int64) int {
		if guesses[x] != guesses[y] {
			return int(1e6 * (guesses[y] - guesses[x]))
		}
		return int(x - y)
	})
}

func TestATextIsFoundByItsTermsTheTitleFirst(t *testing.T) {
	b := (&inverted.Index{}).With([]inverted.Text{
		text(3, 0, "account", "reset the password"), text(1, 0, "password", "words"), text(2, 1, "password", ""), {Object: 4},
	})
	for _, test := range []struct {
		says  string
		ask   inverted.Query
		terms []string
		want  []int64
	}{
		{"the title goes first", ask, []string{"password"}, []int64{1, 3}},
		{"more terms go first", ask, []string{"account", "reset"}, []int64{3}},
		{"the other group", inverted.Query{Groups: 2}, []string{"password"}, []int64{2}},
		{"all groups", inverted.Query{Groups: 3}, []string{"password"}, []int64{1, 2, 3}},
		{"no group", inverted.Query{}, []string{"password"}, nil},
		{"titles only", inverted.Query{Groups: 1, TitleOnly: true}, []string{"password"}, []int64{1}},
		{"no text has it", ask, []string{"invoice"}, nil},
		{"nothing is asked", ask, nil, nil},
	} {
		if got := find(b, test.ask, test.terms...); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.says, got, test.want)
		}
	}
	if n := b.Len(); n != 3 {
		t.Errorf("%d texts, want 3", n)
	}
}

// A naive index is what an index ought to be.
type naive map[int64]inverted.Text

func (n naive) find(term string) (ids []int64) {
	for id, t := range n {
		search.Records(t.Forward, func(h uint32, _ search.Counts) {
			if h == search.Hash(term) {
				ids = append(ids, id)
			}
		})
	}
	slices.Sort(ids)
	return ids
}

func TestAnIndexHasExactlyTheTextsThatWereLast(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	word := func() string { return fmt.Sprintf("w%d", random.IntN(50)) }
	index, want := &inverted.Index{}, naive{}
	for round := range 400 {
		n := 1 + random.IntN(6)
		if round%100 == 50 {
			n = 3000
		}
		var texts []inverted.Text
		for range n {
			x := inverted.Text{Object: int64(random.IntN(2000))}
			if random.IntN(4) > 0 {
				x = text(x.Object, 0, word(), strings.Join([]string{word(), word(), word()}, " "))
			}
			texts = append(texts, x)
			if delete(want, x.Object); x.Forward != nil {
				want[x.Object] = x
			}
		}
		before := index
		term := word()
		old := find(before, ask, term)
		index = index.With(texts)
		got := find(index, ask, term)
		slices.Sort(got)
		if w := want.find(term); !slices.Equal(got, w) {
			t.Fatalf("round %d: %s is in %v, want %v", round, term, got, w)
		}
		if n := index.Frequency(1, search.Hash(term)); n != int64(len(got)) {
			t.Fatalf("round %d: frequency %d, want %d", round, n, len(got))
		}
		if again := find(before, ask, term); !slices.Equal(again, old) {
			t.Fatalf("round %d: the index before has changed: %v, was %v", round, again, old)
		}
		if index.Len() != len(want) {
			t.Fatalf("round %d: %d texts, want %d", round, index.Len(), len(want))
		}
	}
	seen := 0
	if index.Any(1, search.Hash("w1"), func(int64) bool { seen++; return false }) || seen != len(want.find("w1")) {
		t.Errorf("Any went through %d texts", seen)
	}
}

func TestBytesThatAreNoForwardAreNoText(t *testing.T) {
	b := (&inverted.Index{}).With([]inverted.Text{{Object: 1, Forward: []byte("nonsense")}, {Object: 2, Forward: []byte{}}})
	if b.Len() != 0 {
		t.Errorf("%d texts, want none", b.Len())
	}
}

func TestGuessesDoNotDependOnHowTheIndexGrew(t *testing.T) {
	var texts []inverted.Text
	for i := range int64(300) {
		texts = append(texts, text(i, 0, strings.Repeat("title ", int(i%3)), strings.Repeat("body ", int(i%7))))
	}
	whole := (&inverted.Index{}).With(texts)
	grown := &inverted.Index{}
	for chunk := range slices.Chunk(texts, 7) {
		grown = grown.With(chunk)
	}
	terms := []inverted.Term{{Hash: search.Hash("titl"), Weight: 1.5}, {Hash: search.Hash("bodi"), Weight: 0.7}}
	all := map[int64]float32{}
	whole.Match(ask, terms, func(m inverted.Match) { all[m.Object] = m.Guess })
	n := 0
	grown.Match(ask, terms, func(m inverted.Match) {
		if n++; all[m.Object] != m.Guess {
			t.Errorf("object %d: %v, want %v", m.Object, m.Guess, all[m.Object])
		}
	})
	if n != len(all) || n < 200 {
		t.Errorf("%d texts match, want %d", n, len(all))
	}
}

func BenchmarkWith(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	var texts []inverted.Text
	for i := range int64(8192) {
		var body strings.Builder
		for range 300 {
			fmt.Fprintf(&body, "w%d ", int(random.ExpFloat64()*1000))
		}
		texts = append(texts, text(i, 0, "", body.String()))
	}
	for b.Loop() {
		(&inverted.Index{}).With(texts)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(texts)), "µs/text")
	b.ReportMetric(float64((&inverted.Index{}).With(texts).Size())/float64(len(texts)), "B/text")
}
