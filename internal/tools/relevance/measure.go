package main

import (
	"maps"
	"math"
	"slices"
	"time"

	"lectern"
)

// depth is how many answers of a question are looked at.
const depth = 10

// An answer is what a question got.
type answer struct {
	Question string
	Locale   lectern.Locale
	Group    string
	Judged   bool     // some document answers it
	NDCG     float64  // linear gain, of the first ten
	MRR      float64  // 1 / place of the first right one
	Recall   float64  // share of the right ones among the first ten
	Zero     bool     // nothing was found
	Top      []string // the first ten documents; of translations, their group
	Foreign  int      // of these, how many are shown by a title in another language
	Took     time.Duration
}

// judge measures the ranked ids by the grades of each.
func judge(q question, ids []string, grades map[string]float64, took time.Duration) answer {
	a := answer{Question: q.ID, Locale: q.Locale, Group: q.Group, Zero: len(ids) == 0, Took: took}
	if a.Group == "" {
		a.Group = q.ID
	}
	ids = ids[:min(len(ids), depth)]
	a.Top = ids
	ideal, right := 0.0, 0.0
	best := slices.Sorted(maps.Values(grades))
	slices.Reverse(best)
	for i, g := range best {
		if g <= 0 {
			break
		}
		right++
		if i < depth {
			ideal += g / math.Log2(float64(i)+2)
		}
	}
	if right == 0 {
		return a
	}
	a.Judged = true
	for i, id := range ids {
		g := grades[id]
		if g <= 0 {
			continue
		}
		a.NDCG += g / math.Log2(float64(i)+2) / ideal
		a.Recall += 1 / right
		if a.MRR == 0 {
			a.MRR = 1 / float64(i+1)
		}
	}
	return a
}

// A summary is the means of some answers.
type summary struct {
	questions               int
	ndcg, mrr, recall, zero float64
}

// summarize takes the means over the questions that some document answers.
func summarize(answers []answer) (s summary) {
	for _, a := range answers {
		if !a.Judged {
			continue
		}
		s.questions++
		s.ndcg += a.NDCG
		s.mrr += a.MRR
		s.recall += a.Recall
		if a.Zero {
			s.zero++
		}
	}
	n := max(float64(s.questions), 1)
	s.ndcg, s.mrr, s.recall, s.zero = s.ndcg/n, s.mrr/n, s.recall/n, s.zero/n
	return s
}

// byLocale sorts answers by the language of their question.
func byLocale(answers []answer) map[lectern.Locale][]answer {
	m := map[lectern.Locale][]answer{}
	for _, a := range answers {
		if a.Judged {
			m[a.Locale] = append(m[a.Locale], a)
		}
	}
	return m
}

// percentile returns the time that a share of the answers took at most.
func percentile(answers []answer, share float64) time.Duration {
	var list []time.Duration
	for _, a := range answers {
		list = append(list, a.Took)
	}
	if len(list) == 0 {
		return 0
	}
	slices.Sort(list)
	return list[min(len(list)-1, max(0, int(math.Ceil(share*float64(len(list))))-1))]
}
