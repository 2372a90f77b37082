package search

import (
	"math"
	"reflect"
	"testing"
)

func TestForwardBytesComeBackAsTheyWere(t *testing.T) {
	terms := map[string][fields]int{
		"password": {1, 2, 3, 4}, "密码": {0, 0, 0, 1}, "reset": {7, 7, 15, 63}, "once": {1, 0, 0, 0},
	}
	lengths := [fields]int{7, 300, 5, 70_000}
	rs, ok := decodeForward(encodeForward(terms, lengths, "reset", newTraces([]uint32{1, 2})))
	if !ok || rs.lengths != lengths || rs.len() != len(terms) {
		t.Fatalf("decodeForward = %d terms, %v, %v", rs.len(), rs.lengths, ok)
	}
	for term, want := range terms {
		if i, ok := rs.find(hash(term)); !ok || rs.counts(i) != want {
			t.Errorf("find(%s) = %v, %v, want %v", term, i, ok, want)
		}
	}
	if i, ok := rs.find(hash("absent")); ok {
		t.Errorf("find(absent) = %v", i)
	}
	rs, _ = decodeForward(encodeForward(map[string][fields]int{"a": {99, 99, 99, 9999}}, [fields]int{}, "", nil))
	if got := rs.counts(0); got != [fields]int{7, 7, 15, 63} {
		t.Errorf("a term beyond the limits came back as %v", got)
	}
}

func TestForwardBytesOfTheFirstVersionAreRead(t *testing.T) {
	b := []byte{1, 4, 5, 100, 0, 0, 0, 9, 200, 0x31}
	rs, ok := decodeForward(b)
	if want := [fields]int{title: 4, description: 5, body: 100}; !ok || rs.lengths != want {
		t.Fatalf("lengths = %v, %v, want %v", rs.lengths, ok, want)
	}
	i, ok := rs.find(9)
	if want := [fields]int{title: 3, description: 1, body: 200}; !ok || rs.counts(i) != want {
		t.Errorf("counts = %v, %v, want %v", rs.counts(i), ok, want)
	}
}

// score ranks one document in an index of 100 that is like it.
func score(phrase string, d Document) float64 {
	e := Index("en", d)
	s := Stats{Docs: 100, TitleLen: 400, DescriptionLen: 600, BodyLen: 5000}
	return NewRanker(ParseQuery("en", phrase, Options{}), s, map[string]int64{"password": 5, "reset": 5, "account": 60}).Score(e.Forward)
}

func TestTheBetterAnswerScoresHigher(t *testing.T) {
	filler := "Some words that every page has to say about this and that for a while"
	for _, test := range []struct {
		says          string
		phrase        string
		better, worse Document
	}{
		{"a word in the title counts more than in the body", "password",
			Document{Title: "Password help page", Description: filler, Body: filler}, Document{Title: "Helpful other page", Description: filler, Body: "password " + filler}},
		{"two of the words count more than one", "reset password",
			Document{Title: "Page", Description: "", Body: "Reset a password: " + filler}, Document{Title: "Page", Description: "", Body: "Change a password: " + filler}},
		{"a rare word counts more than a frequent one", "password account",
			Document{Title: "Page", Description: "", Body: "password " + filler}, Document{Title: "Page", Description: "", Body: "account " + filler}},
		{"more often counts more", "password",
			Document{Title: "Page", Description: "", Body: "password password " + filler}, Document{Title: "Page", Description: "", Body: "password word " + filler}},
		{"a short text counts more than a long one", "password",
			Document{Title: "Page", Description: "", Body: "password " + filler}, Document{Title: "Page", Description: "", Body: "password " + filler + filler + filler}},
		{"a word in the description counts", "password",
			Document{Title: "Page", Description: "password", Body: filler}, Document{Title: "Page", Description: "word", Body: filler}},
	} {
		if b, w := score(test.phrase, test.better), score(test.phrase, test.worse); b <= w {
			t.Errorf("%s: %q scores %.3f and %.3f", test.says, test.phrase, b, w)
		}
	}
	if s := score("password", Document{Title: "Nothing", Description: "of the", Body: "kind"}); s != 0 {
		t.Errorf("without the word: %.3f, want 0", s)
	}
}

func TestScoresStayNumbersWhateverTheTotals(t *testing.T) {
	e := Index("en", Document{Title: "Password", Description: "", Body: "password password"})
	for _, s := range []Stats{{}, {Docs: 1}, {-1, -5, -5, -5, -5}, {1 << 62, 1, 1, 1, 1}} {
		for _, df := range []map[string]int64{nil, {"password": -3}, {"password": 1 << 62}} {
			got := NewRanker(ParseQuery("en", "password", Options{}), s, df).Score(e.Forward)
			if math.IsNaN(got) || math.IsInf(got, 0) || got <= 0 {
				t.Errorf("Score with %v, %v = %v", s, df, got)
			}
		}
	}
}

func TestBytesThatAreNoForwardScoreZero(t *testing.T) {
	e := Index("en", Document{Title: "Password and so on", Description: "", Body: "reset the password"})
	r := NewRanker(ParseQuery("en", "password", Options{}), Stats{Docs: 1, TitleLen: 1, BodyLen: 3}, nil)
	if r.Score(e.Forward) <= 0 {
		t.Fatal("the document itself scores 0")
	}
	for _, b := range [][]byte{nil, {}, {0}, {9}, {1}, {1, 0x80, 0x80}, e.Forward[:len(e.Forward)-1], e.Forward[1:], append([]byte{3}, e.Forward[1:]...)} {
		if got := r.Score(b); got != 0 {
			t.Errorf("Score(%x) = %v, want 0", b, got)
		}
	}
}

func FuzzScore(f *testing.F) {
	f.Add(Index("en", Document{Title: "Password", Description: "", Body: "reset the password"}).Forward)
	f.Add([]byte{1, 0, 0, 0, 1, 2, 3, 4, 5, 6})
	r := NewRanker(ParseQuery("en", "reset password now", Options{}), Stats{Docs: 10, TitleLen: 30, DescriptionLen: 30, BodyLen: 900}, nil)
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
