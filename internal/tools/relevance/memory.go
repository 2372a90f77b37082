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
func askInProcess(_ context.Context, s *set, site bool) ([]answer, error) {
	corpora := map[lectern.Locale]*corpus{}
	for _, d := range s.documents {
		if corpora[d.Locale] == nil {
			corpora[d.Locale] = &corpus{df: map[uint32]int64{}, words: search.NewVocabulary(d.Locale)}
		}
		corpora[d.Locale].add(d)
	}
	var answers []answer
	for _, q := range s.questions {
		var ids []string
		start := time.Now()
		if corpus := corpora[q.Locale]; corpus != nil {
			ids = corpus.search(q, site)
		}
		answers = append(answers, judge(q, ids, s.grades[q.ID], time.Since(start)))
	}
	return answers, nil
}

// A corpus is the documents of a language.
type corpus struct {
	ids     []string
	forward [][]byte
	terms   []map[uint32]bool
	stats   search.Stats
	df      map[uint32]int64
	words   *search.Vocabulary
}

func (s *corpus) add(d document) {
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

// search returns the ids of the best documents; of those that the site shows, if
// it is to find what the site does.
func (s *corpus) search(q question, site bool) []string {
	read := search.ParseQuery(q.Locale, q.Text, search.Options{
		Vocabulary: s.words, Frequency: func(hash uint32) int64 { return s.df[hash] }, Typing: site, Answers: site,
	})
	if site {
		return s.ranked(read, s.answers(read))
	}
	var lookup []uint32
	for _, t := range read.Lookup() {
		lookup = append(lookup, search.Hash(t))
	}
	among := s.having(lookup)
	if len(among) < search.Enough {
		among = s.having(append(lookup, read.More()...))
	}
	return s.ranked(read, among)
}

// answers returns the documents that answer a query, by the rules of the store.
func (s *corpus) answers(q search.Query) (among []int) {
	needs, best := q.Needs(s.stats.Docs), 0.0
	shares := make([]float64, len(s.terms))
	ranker := search.NewRanker(q, s.stats, nil)
	for i, has := range s.terms {
		words := uint64(0)
		for _, e := range q.Evidence() {
			if has[e.Hash] {
				words |= e.Words
			}
		}
		if shares[i] = needs.Share(words); q.Little() {
			shares[i] = 0
			if ranker.Titled(s.forward[i]) {
				shares[i] = 1
			}
		}
		best = max(best, shares[i])
	}
	top, topScore := 0, -1.0
	for i, share := range shares {
		if share == 0 || share < search.FurtherShare*best {
			continue
		}
		among = append(among, i)
		if score := ranker.Score(s.forward[i]); score > topScore {
			top, topScore = i, score
		}
	}
	if best < search.AnswerShare && (best < search.PartShare || !ranker.Likely(s.forward[top])) {
		return nil
	}
	return among
}

// ranked returns the ids of the best of some documents.
func (s *corpus) ranked(read search.Query, among []int) []string {
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
func (s *corpus) having(terms []uint32) (list []int) {
	for i, has := range s.terms {
		if slices.ContainsFunc(terms, func(t uint32) bool { return has[t] }) {
			list = append(list, i)
		}
	}
	return list
}
