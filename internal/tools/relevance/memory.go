package main

import (
	"cmp"
	"context"
	"slices"
	"time"

	"lectern"
	"lectern/internal/richtext"
	"lectern/internal/search"
)

// askInProcess asks package search itself: every text that has a term of the
// question is ranked. What a store adds, it does without.
func askInProcess(_ context.Context, s *set) ([]answer, error) {
	shelves := map[lectern.Locale]*shelf{}
	for _, d := range s.documents {
		if shelves[d.Locale] == nil {
			shelves[d.Locale] = &shelf{df: map[uint32]int64{}, words: search.NewVocabulary(d.Locale)}
		}
		shelves[d.Locale].add(d)
	}
	var answers []answer
	for _, q := range s.questions {
		var ids []string
		start := time.Now()
		if shelf := shelves[q.Locale]; shelf != nil {
			ids = shelf.search(q)
		}
		answers = append(answers, judge(q, ids, s.grades[q.ID], time.Since(start)))
	}
	return answers, nil
}

// A shelf is the documents of a language.
type shelf struct {
	ids     []string
	forward [][]byte
	terms   []map[uint32]bool
	stats   search.Stats
	df      map[uint32]int64
	words   *search.Vocabulary
}

func (s *shelf) add(d document) {
	e := search.Index(d.Locale, search.Document{
		Title: d.Title, Description: d.Description, Headings: richtext.Headings(d.Body), Body: richtext.Text(d.Body),
	})
	s.ids = append(s.ids, d.ID)
	s.forward = append(s.forward, e.Forward)
	s.words.Add(e.Words...)
	s.stats.Docs++
	s.stats.TitleLen += int64(e.TitleLen)
	s.stats.DescriptionLen += int64(e.DescriptionLen)
	s.stats.HeadingsLen += int64(e.HeadingsLen)
	s.stats.BodyLen += int64(e.BodyLen)
	has := map[uint32]bool{}
	for _, t := range e.Terms() {
		s.df[search.Hash(t)]++
		has[search.Hash(t)] = true
	}
	s.terms = append(s.terms, has)
}

// search returns the ids of the best documents.
func (s *shelf) search(q question) []string {
	read := search.ParseQuery(q.Locale, q.Text, search.Options{
		Vocabulary: s.words, Frequency: func(hash uint32) int64 { return s.df[hash] },
	})
	var lookup []uint32
	for _, t := range read.Lookup() {
		lookup = append(lookup, search.Hash(t))
	}
	among := s.having(lookup)
	if len(among) < search.Enough {
		among = s.having(append(lookup, read.More()...))
	}
	r := search.NewRanker(read, s.stats, nil)
	type found struct {
		id    string
		score float64
	}
	var list []found
	for _, i := range among {
		list = append(list, found{s.ids[i], r.Score(s.forward[i])})
	}
	slices.SortStableFunc(list, func(a, b found) int { return cmp.Compare(b.score, a.score) })
	var ids []string
	for _, f := range list[:min(len(list), depth)] {
		ids = append(ids, f.id)
	}
	return ids
}

// having returns the documents that have any of the terms.
func (s *shelf) having(terms []uint32) (list []int) {
	for i, has := range s.terms {
		if slices.ContainsFunc(terms, func(t uint32) bool { return has[t] }) {
			list = append(list, i)
		}
	}
	return list
}
