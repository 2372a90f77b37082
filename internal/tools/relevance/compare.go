package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"slices"
)

// A record is the answers of a run by set, as --save writes them.
type record map[string][]answer

func (r record) save(name string) error {
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return os.WriteFile(name, text, 0o644)
}

func readRecord(name string) (r record, err error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, &r); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return r, nil
}

// compare prints how far the answers are from those of an earlier run.
func compare(w io.Writer, now, before []answer) {
	difference, better, worse, p := paired(now, before)
	fmt.Fprintf(w, "  against before: nDCG@10 %+.4f, %d better, %d worse, p = %.3f\n", difference, better, worse, p)
	equal, of := sameTops(now, before)
	fmt.Fprintf(w, "  %d of %d questions have the same first ten\n", equal, of)
}

// sameTops counts the questions of both runs, and those of them to which both
// gave the same documents in the same order.
func sameTops(now, before []answer) (equal, of int) {
	old := map[string][]string{}
	for _, a := range before {
		old[a.Question] = a.Top
	}
	for _, a := range now {
		if top, ok := old[a.Question]; ok {
			if of++; slices.Equal(top, a.Top) {
				equal++
			}
		}
	}
	return equal, of
}

// rounds is how often signs are thrown.
const rounds = 10_000

// paired returns the difference of the means, and how likely one as great is if
// nothing changed: the share of random choices, group by group, of which run is
// which, that give it. Questions of a group are one need and count once.
func paired(now, before []answer) (difference float64, better, worse int, p float64) {
	old := map[string]answer{}
	for _, a := range before {
		old[a.Question] = a
	}
	groups := map[string]int{}
	var sums []float64
	n := 0.0
	for _, a := range now {
		b, ok := old[a.Question]
		if !ok || !a.Judged || !b.Judged {
			continue
		}
		i, ok := groups[a.Group]
		if !ok {
			i = len(sums)
			groups[a.Group], sums = i, append(sums, 0)
		}
		d := a.NDCG - b.NDCG
		n++
		sums[i] += d
		difference += d
		switch {
		case d > 1e-9:
			better++
		case d < -1e-9:
			worse++
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	as := 0
	for range rounds {
		sum := 0.0
		for _, d := range sums {
			if r.Uint32()&1 == 0 {
				d = -d
			}
			sum += d
		}
		if math.Abs(sum) >= math.Abs(difference)-1e-9 {
			as++
		}
	}
	return difference / max(n, 1), better, worse, float64(as+1) / (rounds + 1)
}
