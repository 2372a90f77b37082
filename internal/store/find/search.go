package find

import (
	"math"
	"slices"

	"lectern"
	"lectern/internal/inverted"
	"lectern/internal/search"
	"lectern/internal/store/db"
)

// A searching is one search by words on one state of the database. A word of
// the phrase is enough; a phrase without words finds nothing.
type searching struct {
	db.Conn
	indexes *indexes
	ws      lectern.WorkspaceID
	corpus  corpus
	centers []helpCenter // of the workspace

	phrase        string
	kinds         []lectern.ObjectKind // of what is looked for; at least one
	states        []lectern.State      // the matching text is in one of them; at least one
	caller        lectern.Locale       // of whoever asks; empty for none
	home          lectern.Locale       // without a caller's, of the phrase where others are as likely; empty to put none first
	locales       []lectern.Locale     // of the matching text; none means any
	typing        bool                 // the last word may not be finished
	asTyped       bool                 // words are not corrected
	titles        bool                 // only words in titles count
	meaning       lectern.Locale       // in which the phrase may be corrected; see meant
	answered      bool                 // leave out what is no answer
	rules         ruleScope
	space         *meaningSpace // nil to search by words only, like vector
	vector        []float32     // of the phrase
	offset, limit int

	first     lectern.Locale          // goes before the others: the caller's, or that of the phrase; empty for none
	writtenIn map[lectern.Locale]bool // in which the phrase may be written
	queries   []localeQuery
	texts     []match           // every text that matches
	partly    bool              // no text answers; those left have some of the words
	quoted    []string          // what stands between quotation marks
	exact     map[nearText]bool // texts with all of that, word by word
	near      map[nearText]float64
	meant     string // the phrase, corrected with words of texts asked for; or empty
}

// A corpus is what a search looks through.
type corpus interface {
	// asked returns what reports whether the text of an object in a locale is
	// one of those asked for.
	asked(l lectern.Locale) (func(id int64) bool, error)
	// homes reports whether the text of one of these objects in a locale is the
	// original.
	homes(ids []int64) (func(id int64, l lectern.Locale) bool, error)
	// times reads when objects were last updated, in Unix seconds.
	times(ids []int64) (map[int64]int64, error)
}

// A localeQuery is the phrase as it is read in one locale.
type localeQuery struct {
	parsed search.Query
	df     map[string]int64 // in how many texts each term of query.Lookup is
	ranker *search.Ranker
	index  *inverted.Index // nil where no text has a term
	meant  string          // the phrase, corrected with words of texts asked for; or empty
}

// A match is a text that has a term of the phrase.
type match struct {
	object int64
	guess  float32 // about its score
	share  float32 // of the phrase's information that it has; only if answers are asked for
	query  uint8   // its place in searching.queries
}

// run returns a page of objects, best first, ties in the order of a list, and
// the exact number of objects that match.
func (s *searching) run() (page []ranked, total int, err error) {
	if err := s.match(); err != nil {
		return nil, 0, err
	}
	if err := s.findExact(); err != nil {
		return nil, 0, err
	}
	if s.answered {
		if err := s.keepAnswers(); err != nil {
			return nil, 0, err
		}
	}
	from, to := max(s.offset, 0), s.offset+max(s.limit, 0)
	if !s.answered || len(s.texts) > 0 { // whether the site is silent is decided by words
		if err := s.findNear(); err != nil {
			return nil, 0, err
		}
	}
	pinned, err := s.pin()
	if err != nil {
		return nil, 0, err
	}
	page, total = pinned[min(from, len(pinned)):min(to, len(pinned))], len(pinned)
	for _, texts := range s.tiers() {
		t := tier{searching: s, texts: texts, fused: true}
		n := t.objects()
		list, err := t.page(from-total, min(to-total, n))
		if err != nil {
			return nil, 0, err
		}
		page, total = append(page, list...), total+n
	}
	return page, total, nil
}

// match finds every text that has a term of the phrase, in the locales that
// have texts at all.
func (s *searching) match() error {
	stats, err := s.stats()
	if err != nil {
		return err
	}
	var locales []lectern.Locale
	for _, l := range lectern.Locales {
		if stats[l].Docs > 0 && (len(s.locales) == 0 || slices.Contains(s.locales, l)) {
			locales = append(locales, l)
		}
	}
	if err = s.detect(locales, stats); err != nil {
		return err
	}
	for _, l := range locales {
		if err := s.matchIn(l, stats[l]); err != nil {
			return err
		}
	}
	return nil
}

// A total is what all texts of a locale that are looked for add up to.
type total struct {
	search.Stats
	event lectern.EventID // the last that changed any text of the locale
}

// stats reads the totals of each locale over the kinds and states asked for.
func (s *searching) stats() (map[lectern.Locale]total, error) {
	stats := map[lectern.Locale]total{}
	groups := groupsOf(s.kinds, s.states)
	err := db.Each(s, func(r db.Rows) error {
		var l lectern.Locale
		var kind lectern.ObjectKind
		var state lectern.State
		var n search.Stats
		var event lectern.EventID
		err := r.Scan(&l, &kind, &state, &n.Docs, &n.TitleLen, &n.DescriptionLen, &n.HeadingsLen, &n.BodyLen, &event)
		t := stats[l]
		t.event = max(t.event, event)
		if groups>>groupOf(kind, state)&1 == 1 {
			t.Docs += n.Docs
			t.TitleLen += n.TitleLen
			t.DescriptionLen += n.DescriptionLen
			t.HeadingsLen += n.HeadingsLen
			t.BodyLen += n.BodyLen
		}
		stats[l] = t
		return err
	}, `SELECT locale, kind, state, docs, title_len, description_len, headings_len, body_len, event_id
		FROM search_stat WHERE workspace_id = $1`, s.ws)
	return stats, err
}

// matchIn finds the texts of one locale.
func (s *searching) matchIn(l lectern.Locale, sum total) error {
	words, index, err := s.indexes.open(s, indexKey{s.ws, l}, sum.event)
	if err != nil {
		return err
	}
	groups := groupsOf(s.kinds, s.states)
	frequency := func(hash uint32) int64 { return index.Frequency(groups, hash) }
	t := localeQuery{parsed: search.ParseQuery(l, s.phrase, s.options(l, words, frequency)), df: map[string]int64{}, index: index}
	terms := t.terms(float64(sum.Docs), frequency)
	asked, err := s.corpus.asked(l)
	if err != nil {
		return err
	}
	if l == s.meaning || s.answered {
		t.meant = t.correction(func(hash uint32) bool { return index.Any(groups, hash, asked) })
	}
	if l == s.meaning {
		s.meant = t.meant
	}
	t.ranker = search.NewRanker(t.parsed, sum.Stats, t.df)
	ask := inverted.Query{
		Groups: groups, TitleOnly: s.titles,
		Title: float64(sum.TitleLen) / float64(sum.Docs), Body: float64(sum.BodyLen) / float64(sum.Docs),
	}
	needs := search.Needs{}
	if s.answered {
		terms = t.showing(terms, float64(sum.Docs), frequency)
		needs = t.parsed.Needs(sum.Docs)
	}
	number, seen := uint8(len(s.queries)), map[int64]bool{}
	take := func(m inverted.Match) {
		if !seen[m.Object] && asked(m.Object) {
			s.texts = append(s.texts, match{m.Object, m.Guess, float32(needs.Share(m.Words)), number})
		}
	}
	from := len(s.texts)
	index.Match(ask, terms, take)
	if found := s.texts[from:]; len(found) < search.Enough && !s.typing && !s.titles && !s.answered {
		for _, m := range found {
			seen[m.object] = true
		}
		index.Match(ask, t.more(float64(sum.Docs), frequency), take)
	}
	if len(s.texts) > from {
		s.queries = append(s.queries, t)
	}
	return nil
}

// more are what is looked for besides where the query's terms find few texts.
func (t localeQuery) more(docs float64, frequency func(uint32) int64) (terms []inverted.Term) {
	for _, hash := range t.parsed.More() {
		if n := float64(frequency(hash)); n > 0 {
			terms = append(terms, inverted.Term{Hash: hash, Weight: math.Log1p((docs - n + 0.5) / (n + 0.5))})
		}
	}
	return terms
}

// terms are what is looked for in the texts of a locale: what its texts have.
func (t localeQuery) terms(docs float64, frequency func(uint32) int64) (terms []inverted.Term) {
	for _, term := range t.parsed.Lookup() {
		hash := search.Hash(term)
		n := frequency(hash)
		t.df[term] = n
		if weight := t.weight(term); n > 0 && weight > 0 {
			idf := math.Log1p((docs - float64(n) + 0.5) / (float64(n) + 0.5))
			terms = append(terms, inverted.Term{Hash: hash, Weight: weight * max(idf, 1e-6)})
		}
	}
	return terms
}

// correction returns the phrase, corrected, if every word put in is in a text that
// may be shown: the vocabulary has words of drafts as well.
func (t localeQuery) correction(shown func(hash uint32) bool) string {
	phrase := t.parsed.DidYouMean()
	if phrase == "" {
		return ""
	}
	last := -1
	for _, e := range t.parsed.Expansions { // the first of each word is what was put in
		if e.Reason == search.Corrected && e.For != last {
			if last = e.For; !shown(search.Hash(e.Term)) {
				return ""
			}
		}
	}
	return phrase
}

// options are with what the phrase is read: here the rules of a help center
// join what its texts tell.
func (s *searching) options(l lectern.Locale, words *search.Vocabulary, frequency func(uint32) int64) search.Options {
	o := search.Options{Frequency: frequency, Typing: s.typing || s.answered, Answers: s.answered, AsTyped: s.asTyped}
	if s.writtenIn[l] {
		o.Vocabulary = words
	}
	s.rules.tell(l, s.phrase, &o)
	return o
}

// weight is what a hit of a term is worth, compared with one of the phrase's
// own.
func (t localeQuery) weight(term string) float64 {
	if slices.Contains(t.parsed.Terms, term) {
		return 1
	}
	weight := 0.0
	for _, e := range t.parsed.Expansions {
		if e.Term == term {
			weight = max(weight, e.Weight)
		}
	}
	return weight
}

// tiers are the texts that match, in the order in which they are shown: those
// with what stands in quotation marks, those in the locale that goes first, and
// the others of other objects.
func (s *searching) tiers() [][]match {
	tier := func(m match) int {
		switch {
		case s.exact[nearText{m.object, m.query}]:
			return 0
		case s.queries[m.query].parsed.Locale == s.first:
			return 1
		}
		return 2
	}
	var tiers [3][]match
	best := make(map[int64]int, len(s.texts))
	for _, m := range s.texts {
		n := tier(m)
		if old, ok := best[m.object]; !ok || n < old {
			best[m.object] = n
		}
	}
	for _, m := range s.texts {
		if n := tier(m); n == best[m.object] {
			tiers[n] = append(tiers[n], m)
		}
	}
	return tiers[:]
}
