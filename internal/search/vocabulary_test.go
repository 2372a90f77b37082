package search_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"lectern"
	"lectern/internal/search"
)

// help is a small help center.
func help(l lectern.Locale, texts ...string) (o search.Options, list []search.Entry, stats search.Stats) {
	df := map[uint32]int64{}
	o = search.Options{Vocabulary: search.NewVocabulary(l), Frequency: func(h uint32) int64 { return df[h] }}
	for _, text := range texts {
		title, body, _ := strings.Cut(text, "|")
		e := search.Index(l, search.Document{Title: title, Body: body})
		o.Vocabulary.Add(e.Words...)
		for _, t := range e.Terms() {
			df[search.Hash(t)]++
		}
		list = append(list, e)
		stats.Docs++
		stats.TitleLen += int64(e.TitleLen)
		stats.BodyLen += int64(e.BodyLen)
	}
	return o, list, stats
}

func TestAnUnknownWordIsCorrected(t *testing.T) {
	for _, test := range []struct {
		locale       lectern.Locale
		phrase, want string // want is what was meant; "" for nothing
	}{
		{"en", "reset my pasword?", "reset my password?"},
		{"en", "reset my Passwrod", "reset my password"},
		{"en", "notifcations", "notifications"},
		{"en", "passwords", ""}, // known by its stem
		{"en", "reset", ""},
		{"en", "giraffe", ""},
		{"en", "pay", ""},      // too short to tell
		{"en", "p4ssword", ""}, // a name
		{"ru", "рутуб", "rutube"},
		{"ru", "gfhjkm", "пароль"},
		{"ru", "пороль", "пароль"},
		{"de", "Passwrot", "passwort"},
	} {
		o, _, _ := help(test.locale, "Reset your password|Passwort Passwörter zurücksetzen", "Notifications|Пароль на RUTUBE", "Pass|Port")
		if got := search.ParseQuery(test.locale, test.phrase, o).DidYouMean(); !strings.EqualFold(got, test.want) {
			t.Errorf("%s: %q means %q, want %q", test.locale, test.phrase, got, test.want)
		}
	}
}

func TestTheLastWordIsCompletedWhileItIsTyped(t *testing.T) {
	o, _, _ := help("en", "Hosting a site|password", "Hosting", "Passport")
	o.Typing = true
	for phrase, want := range map[string][]string{
		"hosti": {"host"}, "reset pass": {"password", "passport"}, "hosti ": nil, "h": nil, "zzz": nil,
	} {
		var got []string
		for _, e := range search.ParseQuery("en", phrase, o).Expansions {
			if e.Reason == search.Completed {
				got = append(got, e.Term)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%q is completed to %q, want %q", phrase, got, want)
		}
	}
}

func TestSynonymsStandForTheQuerysWords(t *testing.T) {
	groups := [][]string{{"sign in", "log in", "login"}, {"bill", "invoice"}}
	for phrase, want := range map[string][]string{
		"cannot log in": {"login", "sign"}, "my bill": {"invoic"}, "invoices": {"bill"}, "log": nil, "password": nil,
	} {
		var got []string
		for _, e := range search.ParseQuery("en", phrase, search.Options{Synonyms: groups}).Expansions {
			got = append(got, e.Term)
		}
		for _, w := range want {
			if !slices.Contains(got, w) {
				t.Errorf("%q has no synonym %q: %q", phrase, w, got)
			}
		}
		if want == nil && phrase == "password" && len(got) > 0 {
			t.Errorf("%q has synonyms %q", phrase, got)
		}
	}
}

func TestAKeptWordCounts(t *testing.T) {
	if q := search.ParseQuery("en", "how to do", search.Options{Keep: []string{"Do"}}); !slices.Equal(q.Terms, []string{"do"}) {
		t.Errorf("terms = %q", q.Terms)
	}
	q := search.ParseQuery("en", "reset the password", search.Options{})
	if !slices.Equal(q.Terms, []string{"reset", "password"}) || !slices.Equal(q.Minor, []string{"the"}) {
		t.Errorf("terms = %q, minor = %q", q.Terms, q.Minor)
	}
}

func TestWordsThatLookAlikeScore(t *testing.T) {
	o, list, stats := help("de", "Das Infektionsrisiko|am Arbeitsplatz", "Rechnungen|per Karte", "Urlaub|und Reisen")
	q := search.ParseQuery("de", "Infektion", o)
	r := search.NewRanker(q, stats, nil)
	if r.Score(list[0].Forward) <= 0 || r.Score(list[1].Forward) != 0 {
		t.Errorf("scores = %v, %v", r.Score(list[0].Forward), r.Score(list[1].Forward))
	}
	if !slices.Contains(q.More(), search.Hash("infektionsrisiko")) {
		t.Error("the compound is no candidate")
	}
}

func TestThePartsOfAScoreAddUp(t *testing.T) {
	o, list, stats := help("en", "Reset your password|Click it. The password.", "Passwords|resets", "Something|else")
	o.Synonyms = [][]string{{"reset", "click"}}
	r := search.NewRanker(search.ParseQuery("en", "how do I reset the pasword", o), stats, nil)
	reasons := map[string]bool{}
	for _, e := range list {
		sum := 0.0
		parts := r.Explain(e.Forward)
		for i, p := range parts {
			sum += p.Score
			reasons[p.Reason] = true
			if p.Score <= 0 || i > 0 && p.Score > parts[i-1].Score {
				t.Errorf("part %d of %v", i, parts)
			}
		}
		if got := r.Score(e.Forward); sum < got-1e-9 || sum > got+1e-9 {
			t.Errorf("score %v, parts %v", got, sum)
		}
	}
	for _, want := range []string{"word", "corrected", "similar", "coverage"} {
		if !reasons[want] {
			t.Errorf("no part is %q: %v", want, reasons)
		}
	}
}

func TestAVocabularyIsReadWhileItGrows(t *testing.T) {
	o, _, _ := help("en")
	var wg sync.WaitGroup
	for n := range 4 {
		wg.Go(func() {
			for i := range 200 {
				o.Vocabulary.Add(fmt.Sprintf("word%c%c", 'a'+i%26, 'a'+n))
				search.ParseQuery("en", "wrodab", o)
			}
		})
	}
	wg.Wait()
	if n := o.Vocabulary.Len(); n != 26*4 || o.Vocabulary.Size() < 26*4*20 || !o.Vocabulary.Has("wordaa") {
		t.Errorf("%d words, %d bytes", n, o.Vocabulary.Size())
	}
}

func FuzzQuery(f *testing.F) {
	for _, s := range hostile() {
		f.Add("en", s, "Reset your password")
		f.Add("ru", s, s)
	}
	f.Add("ja", "title:x AND \"y* OR NEAR(", "'; DROP TABLE --")
	f.Fuzz(func(t *testing.T, locale, phrase, text string) {
		l := lectern.Locale(locale)
		o, list, stats := help(l, text, "Reset your password|and more")
		o.Typing, o.Answers, o.Synonyms, o.Keep = len(phrase)%2 == 0, len(text)%2 == 0, [][]string{{text, "password"}, {phrase, text}}, []string{text}
		q := search.ParseQuery(l, phrase, o)
		if len(q.Terms) > 32 || len(q.Minor) > 32 || len(q.Expansions) > 64 {
			t.Fatalf("%d terms, %d minor ones, %d expansions", len(q.Terms), len(q.Minor), len(q.Expansions))
		}
		for _, term := range q.Lookup() {
			if !wellFormed(term) {
				t.Errorf("term %q", term)
			}
		}
		r := search.NewRanker(q, stats, nil)
		for _, e := range list {
			if s := r.Score(e.Forward); !(s >= 0) {
				t.Errorf("score %v", s)
			}
			r.Explain(e.Forward)
			r.Titled(e.Forward)
			share(q, e, stats)
		}
		q.DidYouMean()
		search.HasRuns(l, search.Quoted(phrase), text)
		q.More()
		joined := ""
		for _, run := range search.Highlight(q, text) {
			joined += run.Text
		}
		if joined != text {
			t.Errorf("runs of %q give %q", text, joined)
		}
		if n := len(search.Snippets(q, text, 99)); n > 3 {
			t.Errorf("%d snippets", n)
		}
	})
}
