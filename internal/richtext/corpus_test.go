package richtext

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"lectern/internal/testshared"
)

// squash returns s without any white space.
func squash(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// A survey counts what cleaning did to a set of bodies.
type survey struct{ bodies, changed, refused, reworded, unstable, in, out int }

func (s survey) String() string {
	return fmt.Sprintf("%d bodies (%d bytes, clean %d), %d changed; %d refused, %d with other words, %d unstable",
		s.bodies, s.in, s.out, s.changed, s.refused, s.reworded, s.unstable)
}

// clean cleans one body and checks that it says what it said.
func (s *survey) clean(t *testing.T, name, body string) {
	s.bodies++
	s.in += len(body)
	got, err := Clean(body)
	if err != nil {
		s.refused++
		t.Errorf("%s: %v", name, err)
		return
	}
	s.out += len(got)
	if got != body {
		s.changed++
	}
	if want := squash(Text(body)); squash(Text(got)) != want {
		s.reworded++
		t.Errorf("%s: other words:\n got %s\nwant %s", name, clip(squash(Text(got)), want), clip(want, squash(Text(got))))
	}
	if again, err := Clean(got); err != nil || again != got {
		s.unstable++
		t.Errorf("%s: cleaned again: %v\n got %s\nwant %s", name, err, clip(again, got), clip(got, again))
	}
}

// clip returns the part of s where it begins to differ from other.
func clip(s, other string) string {
	i := 0
	for i < min(len(s), len(other)) && s[i] == other[i] {
		i++
	}
	return fmt.Sprintf("%q", s[max(0, i-60):min(len(s), i+120)])
}

func TestRealArticlesKeepTheirWords(t *testing.T) {
	testshared.Need(t, "corpus")
	var s survey
	type article struct {
		ID           string `json:"external_id"`
		Translations map[string]struct {
			Body string `json:"body_html"`
		}
	}
	testshared.EachLine(t, "corpus/libreoffice-help.jsonl.gz", func(a article) {
		for locale, text := range a.Translations {
			s.clean(t, a.ID+" "+locale, text.Body)
		}
	})
	t.Log(s)
}

func TestOtherArticlesKeepTheirWords(t *testing.T) {
	testshared.Need(t, "relevance")
	var s survey
	type article struct {
		ID   string
		Body string `json:"body_html"`
	}
	for _, set := range []string{"covid-deepset", "itafaq", "liveqa-pool-short", "lohelp", "rutube-ru", "stackfaq", "xquad"} {
		testshared.EachLine(t, "relevance/"+set+"/corpus.jsonl.gz", func(a article) { s.clean(t, set+" "+a.ID, a.Body) })
	}
	t.Log(s)
}

func TestRealMarkdownBecomesCleanBodies(t *testing.T) {
	testshared.Need(t, "corpus")
	var s survey
	type page struct {
		ID   string `json:"external_id"`
		Body string `json:"body_markdown"`
	}
	testshared.EachLine(t, "corpus/markdown-docs.jsonl.gz", func(p page) {
		body, err := FromMarkdown(p.Body)
		if err != nil {
			t.Errorf("%s: %v", p.ID, err)
			return
		}
		if found := dangers(body); len(found) > 0 {
			t.Errorf("%s: unsafe: %q", p.ID, found)
		}
		var raw strings.Builder
		if err := gfm.Convert([]byte(p.Body), &raw); err != nil {
			t.Fatal(err)
		}
		if got, want := squash(Text(body)), squash(Text(raw.String())); got != want {
			t.Errorf("%s: other words:\n got %s\nwant %s", p.ID, clip(got, want), clip(want, got))
		}
		s.clean(t, p.ID, body)
	})
	t.Log(s)
	if s.changed > 0 {
		t.Errorf("%d pages were not clean", s.changed)
	}
}

func TestAttacksAreHarmless(t *testing.T) {
	testshared.Need(t, "relevance/xss")
	type attack struct{ ID, Payload string }
	refused, kept := 0, 0
	testshared.EachLine(t, "relevance/xss/dev.jsonl.gz", func(a attack) {
		for _, body := range []string{a.Payload, "<p>before</p>" + a.Payload + "<p>after</p>", "<table><td><ul><li>" + a.Payload} {
			got, err := Clean(body)
			if err != nil {
				refused++
				continue
			}
			kept++
			checkStable(t, got)
			if strings.HasPrefix(body, "<p>before") && !strings.Contains(got, "before") {
				t.Errorf("%s: lost the text before: %q", a.ID, got)
			}
		}
	})
	t.Logf("%d bodies with attacks cleaned, %d refused", kept, refused)
}
