package search_test

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"lectern"
	"lectern/internal/search"
)

// floors are nDCG@10 of the dev split that may not be lost, about .01 below
// what was measured when they were set.
var floors = map[string]float64{
	"stackfaq": .795, "stackfaq-typo": .735, "rutube-ru": .585, "itafaq": .825, "covid-deepset": .52,
	"liveqa-pool-short": .90, "liveqa-pool-long": .73, "hint3-curekart": .835, "hint3-powerplay11": .74,
	"hint3-sofmattress": .80, "xquad": .965, "lohelp": .875,
}

func TestRelevanceOfPublicJudgmentsIsNotLost(t *testing.T) {
	const dir = "../../../shared/relevance"
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the sets of queries and judgments are not here")
	}
	for _, name := range []string{
		"stackfaq", "stackfaq-typo", "rutube-ru", "itafaq", "covid-deepset", "liveqa-pool-short", "liveqa-pool-long",
		"hint3-curekart", "hint3-powerplay11", "hint3-sofmattress", "xquad", "lohelp",
	} {
		t.Run(name, func(t *testing.T) {
			got := measure(t, dir, name)
			var line strings.Builder
			macro := 0.0
			for _, l := range slices.Sorted(maps.Keys(got)) {
				macro += got[l] / float64(len(got))
				fmt.Fprintf(&line, " %s %.3f", l, got[l])
			}
			t.Logf("%s: nDCG@10 %.3f:%s", name, macro, &line)
			if macro < floors[name] {
				t.Errorf("nDCG@10 = %.3f, want at least %.3f", macro, floors[name])
			}
		})
	}
}

type judged struct {
	ID     string
	Locale lectern.Locale
	Text   string // of a query
	Title  string // of a document
	Body   string `json:"body_html"`
}

// shelf is one locale of a corpus, indexed.
type shelf struct {
	ids     []string
	forward [][]byte
	stats   search.Stats
	df      map[string]int64
}

// measure returns nDCG@10 by locale.
func measure(t *testing.T, dir, name string) map[lectern.Locale]float64 {
	corpus := name
	switch name {
	case "stackfaq-typo":
		corpus = "stackfaq"
	case "liveqa-pool-long":
		corpus = "liveqa-pool-short"
	}
	shelves := map[lectern.Locale]*shelf{}
	for d := range lines(t, filepath.Join(dir, corpus, "corpus.jsonl.gz")) {
		s := shelves[d.Locale]
		if s == nil {
			s = &shelf{df: map[string]int64{}}
			shelves[d.Locale] = s
		}
		s.add(d)
	}
	grades := map[string]map[string]float64{}
	qrels, err := os.ReadFile(filepath.Join(dir, name, "qrels.dev.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(qrels)) {
		var query, doc string
		var zero, grade float64
		if _, err := fmt.Sscan(line, &query, &zero, &doc, &grade); err != nil {
			t.Fatal(err)
		}
		if grades[query] == nil {
			grades[query] = map[string]float64{}
		}
		grades[query][doc] = grade
	}
	sum, n := map[lectern.Locale]float64{}, map[lectern.Locale]float64{}
	for q := range lines(t, filepath.Join(dir, name, "queries.dev.jsonl")) {
		if len(grades[q.ID]) == 0 {
			continue
		}
		sum[q.Locale] += ndcg(shelves[q.Locale].search(q.Locale, q.Text), grades[q.ID])
		n[q.Locale]++
	}
	for l := range sum {
		sum[l] /= n[l]
	}
	return sum
}

func (s *shelf) add(d judged) {
	e := search.Index(d.Locale, search.Document{Title: d.Title, Body: plainText(d.Body)})
	s.ids = append(s.ids, d.ID)
	s.forward = append(s.forward, e.Forward)
	s.stats.Docs++
	s.stats.TitleLen += int64(e.TitleLen)
	s.stats.BodyLen += int64(e.BodyLen)
	for _, t := range e.Terms {
		s.df[t]++
	}
}

// search returns the ids of the ten best documents.
func (s *shelf) search(l lectern.Locale, phrase string) []string {
	r := search.NewRanker(search.ParseQuery(l, phrase), s.stats, s.df)
	type found struct {
		id    string
		score float64
	}
	var list []found
	for i, f := range s.forward {
		if score := r.Score(f); score > 0 {
			list = append(list, found{s.ids[i], score})
		}
	}
	slices.SortStableFunc(list, func(a, b found) int { return cmp.Compare(b.score, a.score) })
	var ids []string
	for _, f := range list[:min(len(list), 10)] {
		ids = append(ids, f.id)
	}
	return ids
}

// ndcg is the discounted gain of ten answers, of 1 for the best possible.
func ndcg(ids []string, grades map[string]float64) float64 {
	gain, ideal := 0.0, 0.0
	for i, id := range ids {
		gain += grades[id] / math.Log2(float64(i)+2)
	}
	best := slices.Sorted(maps.Values(grades))
	slices.Reverse(best)
	for i, g := range best[:min(len(best), 10)] {
		ideal += g / math.Log2(float64(i)+2)
	}
	return gain / max(ideal, 1e-9)
}

// plainText is what a reader sees of HTML.
func plainText(s string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.Write(z.Text())
		default:
			switch name, _ := z.TagName(); string(name) {
			case "a", "b", "i", "em", "strong", "span", "code", "u", "sup", "sub":
			default:
				b.WriteByte('\n')
			}
		}
	}
}

// lines reads a file of JSON lines.
func lines(t *testing.T, name string) func(yield func(judged) bool) {
	return func(yield func(judged) bool) {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		var r io.Reader = f
		if strings.HasSuffix(name, ".gz") {
			if r, err = gzip.NewReader(f); err != nil {
				t.Fatal(err)
			}
		}
		s := bufio.NewScanner(r)
		s.Buffer(nil, 16<<20)
		for s.Scan() {
			var d judged
			if err := json.Unmarshal(s.Bytes(), &d); err != nil {
				t.Fatal(err)
			}
			if !yield(d) {
				return
			}
		}
		if s.Err() != nil {
			t.Fatal(s.Err())
		}
	}
}
