package search

import (
	"math"
	"reflect"
	"testing"
)

func TestForwardBytesComeBackAsTheyWere(t *testing.T) {
	terms := map[string][fields]int{
		"password": {1, 2, 3}, "密码": {0, 0, 1}, "reset": {15, 15, 255}, "once": {1, 0, 0},
	}
	rs, lengths, ok := decodeForward(encodeForward(terms, [fields]int{7, 300, 70_000}))
	if !ok || lengths != [fields]int{7, 300, 70_000} || len(rs) != recordSize*len(terms) {
		t.Fatalf("decodeForward = %d bytes, %v, %v", len(rs), lengths, ok)
	}
	for term, want := range terms {
		if got, ok := rs.find(hash(term)); !ok || got != want {
			t.Errorf("find(%s) = %v, %v, want %v", term, got, ok, want)
		}
	}
	if n, ok := rs.find(hash("absent")); ok {
		t.Errorf("find(absent) = %v", n)
	}
	rs, _, _ = decodeForward(encodeForward(map[string][fields]int{"a": {99, 99, 9999}}, [fields]int{}))
	if got, _ := rs.find(hash("a")); got != [fields]int{15, 15, 255} {
		t.Errorf("a term beyond the limits came back as %v", got)
	}
}

// score ranks one document in an index of 100 that is like it.
func score(phrase string, d Document) float64 {
	e := Index("en", d)
	s := Stats{100, 400, 600, 5000}
	return NewRanker(ParseQuery("en", phrase), s, map[string]int64{"password": 5, "reset": 5, "account": 60}).Score(e.Forward)
}

func TestTheBetterAnswerScoresHigher(t *testing.T) {
	filler := "Some words that every page has to say about this and that for a while"
	for _, test := range []struct {
		says          string
		phrase        string
		better, worse Document
	}{
		{"a word in the title counts more than in the body", "password",
			Document{"Password help page", filler, filler}, Document{"Helpful other page", filler, "password " + filler}},
		{"two of the words count more than one", "reset password",
			Document{"Page", "", "Reset a password: " + filler}, Document{"Page", "", "Change a password: " + filler}},
		{"a rare word counts more than a frequent one", "password account",
			Document{"Page", "", "password " + filler}, Document{"Page", "", "account " + filler}},
		{"more often counts more", "password",
			Document{"Page", "", "password password " + filler}, Document{"Page", "", "password word " + filler}},
		{"a short text counts more than a long one", "password",
			Document{"Page", "", "password " + filler}, Document{"Page", "", "password " + filler + filler + filler}},
		{"a word in the description counts", "password",
			Document{"Page", "password", filler}, Document{"Page", "word", filler}},
	} {
		if b, w := score(test.phrase, test.better), score(test.phrase, test.worse); b <= w {
			t.Errorf("%s: %q scores %.3f and %.3f", test.says, test.phrase, b, w)
		}
	}
	if s := score("password", Document{"Nothing", "of the", "kind"}); s != 0 {
		t.Errorf("without the word: %.3f, want 0", s)
	}
}

func TestScoresStayNumbersWhateverTheTotals(t *testing.T) {
	e := Index("en", Document{"Password", "", "password password"})
	for _, s := range []Stats{{}, {1, 0, 0, 0}, {-1, -5, -5, -5}, {1 << 62, 1, 1, 1}} {
		for _, df := range []map[string]int64{nil, {"password": -3}, {"password": 1 << 62}} {
			got := NewRanker(ParseQuery("en", "password"), s, df).Score(e.Forward)
			if math.IsNaN(got) || math.IsInf(got, 0) || got <= 0 {
				t.Errorf("Score with %v, %v = %v", s, df, got)
			}
		}
	}
}

func TestBytesThatAreNoForwardScoreZero(t *testing.T) {
	e := Index("en", Document{"Password", "", "reset the password"})
	r := NewRanker(ParseQuery("en", "password"), Stats{1, 1, 0, 3}, nil)
	if r.Score(e.Forward) <= 0 {
		t.Fatal("the document itself scores 0")
	}
	for _, b := range [][]byte{nil, {}, {0}, {9}, {1}, {1, 0x80, 0x80}, e.Forward[:len(e.Forward)-1], e.Forward[1:], append([]byte{2}, e.Forward[1:]...)} {
		if got := r.Score(b); got != 0 {
			t.Errorf("Score(%x) = %v, want 0", b, got)
		}
	}
}

func FuzzScore(f *testing.F) {
	f.Add(Index("en", Document{"Password", "", "reset the password"}).Forward)
	f.Add([]byte{1, 0, 0, 0, 1, 2, 3, 4, 5, 6})
	r := NewRanker(ParseQuery("en", "reset password now"), Stats{10, 30, 30, 900}, nil)
	f.Fuzz(func(t *testing.T, b []byte) {
		if s := r.Score(b); !(s >= 0) || math.IsInf(s, 0) {
			t.Errorf("Score(%x) = %v", b, s)
		}
	})
}

func TestEveryLocaleHasOneAnalysis(t *testing.T) {
	n := len(stemmed) + len(cutShort) + len(semitic) + len(unspaced) + len(vietnamese)
	if n != 37 || len(analyses) != 37 {
		t.Errorf("%d analyses for %d locales, want 37 for 37", n, len(analyses))
	}
	for l := range functionWords {
		if analyses[l] == nil {
			t.Errorf("function words of %q, which is no locale", l)
		}
	}
	for l, a := range analyses {
		if len(a.stop) == 0 {
			t.Errorf("%s has no function words", l)
		}
	}
	if !reflect.DeepEqual(analysisOf("xx"), &analysis{}) {
		t.Error("an unknown locale has rules of its own")
	}
}
