package find

import (
	"slices"

	"lectern"
	"lectern/internal/inverted"
	"lectern/internal/richtext"
	"lectern/internal/search"
	"lectern/internal/store/db"
)

// showing adds to the terms that are looked for what else shows words of the
// phrase, and notes of each which words those are.
func (t localeQuery) showing(terms []inverted.Term, docs float64, frequency func(uint32) int64) []inverted.Term {
	at := make(map[uint32]int, len(terms))
	for i, x := range terms {
		at[x.Hash] = i
	}
	for _, e := range t.parsed.Evidence() {
		if i, known := at[e.Hash]; known {
			terms[i].Words |= e.Words
		} else if n := frequency(e.Hash); n > 0 {
			terms = append(terms, inverted.Term{Hash: e.Hash, Weight: evidenceWeight * search.IDF(docs, float64(n)), Words: e.Words})
		}
	}
	return terms
}

// evidenceWeight is what a term is worth to a guess that is no word of the
// phrase, only part of the same compound or the like.
const evidenceWeight = 0.3

// keepAnswers leaves the texts that answer the phrase; where none does, those
// that have some of its words, if the best of them is likely to be an answer.
// Titles are suggested only if they answer: so what is suggested is found.
func (s *searching) keepAnswers() error {
	if len(s.exact) > 0 || s.titles && len(s.quoted) > 0 {
		s.keep(func(m match) bool { return s.exact[nearText{m.object, m.query}] })
		return nil
	}
	best := float32(0)
	for i, m := range s.texts {
		if t := s.queries[m.query]; t.parsed.Little() { // like no phrase, unless it is a title
			s.texts[i].share = 0
			if t.ranker.Titled(s.forward(m.object, m.query)) {
				s.texts[i].share = 1
			}
		}
		best = max(best, s.texts[i].share)
	}
	least := search.FurtherShare * best
	if s.titles {
		least = search.AnswerShare
	}
	s.keep(func(m match) bool { return m.share >= least && m.share > 0 })
	if best >= search.AnswerShare || len(s.texts) == 0 {
		return nil
	}
	s.partly = true
	t := tier{searching: s, texts: s.texts}
	if err := t.rank(); err != nil {
		return err
	}
	if top := t.order[0]; best < search.PartShare || !s.queries[top.query].ranker.Likely(s.forward(top.object, top.query)) {
		s.texts = nil
	}
	return nil
}

// keep leaves some of the texts.
func (s *searching) keep(these func(match) bool) {
	s.texts = slices.DeleteFunc(s.texts, func(m match) bool { return !these(m) })
}

// maxRead is how many texts are read to look for what stands in quotation
// marks.
const maxRead = 128

// findExact notes which texts have what stands in quotation marks in the
// phrase, word by word.
func (s *searching) findExact() error {
	if s.quoted = search.Quoted(s.phrase); len(s.quoted) == 0 {
		return nil
	}
	byQuery := map[uint8][]match{}
	for _, m := range s.texts {
		byQuery[m.query] = append(byQuery[m.query], m)
	}
	s.exact = map[nearText]bool{}
	for query, texts := range byQuery {
		if err := s.findExactIn(query, texts); err != nil {
			return err
		}
	}
	return nil
}

func (s *searching) findExactIn(query uint8, texts []match) error {
	t := s.queries[query]
	needed := t.parsed.RunTerms(s.quoted)
	slices.SortFunc(texts, compareMatches)
	var ids []int64
	for _, m := range texts {
		if len(ids) < maxRead && search.HasTerms(s.forward(m.object, query), needed) {
			ids = append(ids, m.object)
		}
	}
	for _, kind := range s.kinds {
		id, from := `id`, TextColumns[kind]+` FROM `+Tables[kind]
		if kind == lectern.ArticleObject {
			id, from = `article_id`, `title, description, body FROM article_text`
		}
		err := db.EachOf(s, ids, func(r db.Rows) error {
			var id int64
			var title, description, body string
			if err := r.Scan(&id, &title, &description, &body); err != nil {
				return err
			}
			if search.HasRuns(t.parsed.Locale, s.quoted, title, description, richtext.Text(body)) {
				s.exact[nearText{id, query}] = true
			}
			return nil
		}, `SELECT `+id+`, `+from+` WHERE workspace_id = $1 AND locale = $2 AND `+id+` IN `, s.ws, t.parsed.Locale)
		if err != nil {
			return err
		}
	}
	return nil
}
