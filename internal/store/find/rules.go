package find

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"lectern"
	"lectern/internal/search"
	"lectern/internal/store/db"
)

// searchRules keeps the rules of workspaces, ready for use, until an event says
// that one has changed. Most workspaces have none, and then nothing is done.
type searchRules struct {
	mu      sync.RWMutex
	changed map[lectern.WorkspaceID]lectern.EventID // the last that forget was told of
	lost    int                                     // counts what clear was told of
	sets    map[lectern.WorkspaceID]ruleSet
}

// maxRuleSets is of how many workspaces rules are kept.
const maxRuleSets = 1024

// A ruleSet has the rules of a workspace; nil if there are none.
type ruleSet map[ruleKey]*localeRules

type ruleKey struct {
	helpCenter lectern.HelpCenterID
	locale     lectern.Locale
}

// localeRules are the rules of a help center in one locale.
type localeRules struct {
	keep     []string
	pins     map[string][]int64 // by the words of the phrase; see pinKey
	synonyms []synonym
	approved []string         // as lectern.LoggedPhrase has them
	hidden   [][]string       // the terms of each phrase
	hiddenAs []string         // the phrases as they are written, in lower case
	byTerm   map[string][]int // synonyms, by the first term of each that begins it
}

// A synonym is a group of phrases of which one stands for the others.
type synonym struct {
	terms []string // of the phrase that is looked for
	group []string // this phrase first
}

// forget drops the rules that events changed.
func (s *searchRules) forget(events []lectern.Event) {
	for _, e := range events {
		if e.Concerns(lectern.AboutSearchRules) {
			s.mu.Lock()
			if s.changed == nil {
				s.changed = map[lectern.WorkspaceID]lectern.EventID{}
			}
			s.changed[e.Workspace] = e.ID
			delete(s.sets, e.Workspace)
			s.mu.Unlock()
		}
	}
}

// clear drops all: the events by which rules are dropped are no more.
func (s *searchRules) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.changed = nil
	s.lost++
	s.sets = nil
}

// in returns the rules of a workspace.
func (s *searchRules) in(c db.Conn, ws lectern.WorkspaceID) (ruleSet, error) {
	s.mu.RLock()
	set, known := s.sets[ws]
	lost := s.lost
	s.mu.RUnlock()
	if known {
		return set, nil
	}
	last, err := lastOf(c, ws)
	if err != nil {
		return nil, err
	}
	rules, err := db.All(c, ScanRule, `SELECT `+RuleColumns+` FROM search_rule WHERE workspace_id = $1 ORDER BY id`, ws)
	if err != nil {
		return nil, err
	}
	set = ruleSetOf(rules)
	s.mu.Lock()
	defer s.mu.Unlock()
	if last < s.changed[ws] || lost != s.lost {
		return set, nil // perhaps of a moment before the change, as c may be
	}
	if s.sets == nil || len(s.sets) >= maxRuleSets {
		s.sets = map[lectern.WorkspaceID]ruleSet{}
	}
	s.sets[ws] = set
	return set, nil
}

// ruleSetOf makes rules ready for use.
func ruleSetOf(rules []*lectern.SearchRule) (set ruleSet) {
	for _, r := range rules {
		if set == nil {
			set = ruleSet{}
		}
		key := ruleKey{r.HelpCenter, r.Locale}
		if set[key] == nil {
			set[key] = &localeRules{pins: map[string][]int64{}, byTerm: map[string][]int{}}
		}
		if r.Kind == lectern.KeepRule { // how the others are read depends on these
			set[key].keep = append(set[key].keep, r.Phrases...)
		}
	}
	for _, r := range rules {
		x := set[ruleKey{r.HelpCenter, r.Locale}]
		switch r.Kind {
		case lectern.SynonymRule:
			x.addSynonyms(r)
		case lectern.ApprovedRule:
			for _, phrase := range r.Phrases {
				x.approved = append(x.approved, lectern.LoggedPhrase(phrase))
			}
		case lectern.HiddenRule:
			for _, phrase := range r.Phrases {
				x.hidden = append(x.hidden, search.ParseQuery(r.Locale, phrase, search.Options{Keep: x.keep}).Terms)
				x.hiddenAs = append(x.hiddenAs, strings.ToLower(phrase))
			}
		case lectern.PinRule:
			for _, phrase := range r.Phrases {
				key := pinKey(r.Locale, phrase, x.keep)
				x.pins[key] = appendNew(x.pins[key], numbers(r.Articles)...)
			}
		}
	}
	return set
}

func numbers(ids []lectern.ArticleID) []int64 {
	list := make([]int64, len(ids))
	for i, id := range ids {
		list[i] = int64(id)
	}
	return list
}

// appendNew appends those of some IDs that are not in a list yet.
func appendNew(list []int64, ids ...int64) []int64 {
	for _, id := range ids {
		if !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	return list
}

func (x *localeRules) addSynonyms(r *lectern.SearchRule) {
	for i, phrase := range r.Phrases {
		terms := search.ParseQuery(r.Locale, phrase, search.Options{Keep: x.keep}).Terms
		if len(terms) == 0 {
			continue
		}
		others := r.Finds
		if len(others) == 0 {
			others = slices.Delete(slices.Clone(r.Phrases), i, i+1)
		}
		x.byTerm[terms[0]] = append(x.byTerm[terms[0]], len(x.synonyms))
		x.synonyms = append(x.synonyms, synonym{terms, append([]string{phrase}, others...)})
	}
}

// pinKey is the same for phrases of the same words.
func pinKey(l lectern.Locale, phrase string, keep []string) string {
	terms := search.ParseQuery(l, phrase, search.Options{Keep: keep}).Terms
	return strings.Join(slices.Sorted(slices.Values(terms)), " ")
}

// of returns the rules of a help center in a locale, or of all help centers if
// that is zero.
func (r ruleSet) of(h lectern.HelpCenterID, l lectern.Locale) (list []*localeRules) {
	if h != 0 {
		if x := r[ruleKey{h, l}]; x != nil {
			list = append(list, x)
		}
		return list
	}
	var centers []lectern.HelpCenterID
	for key := range r {
		if key.locale == l {
			centers = append(centers, key.helpCenter)
		}
	}
	slices.Sort(centers)
	for _, id := range centers {
		list = append(list, r[ruleKey{id, l}])
	}
	return list
}

// A ruleScope is the rules that a search heeds.
type ruleScope struct {
	set        ruleSet
	helpCenter lectern.HelpCenterID // zero for every one
}

// tell adds to the options what the rules say of a phrase in a locale.
func (s ruleScope) tell(l lectern.Locale, phrase string, o *search.Options) {
	if s.set == nil {
		return
	}
	rules := s.set.of(s.helpCenter, l)
	for _, x := range rules {
		o.Keep = append(o.Keep, x.keep...)
	}
	if !slices.ContainsFunc(rules, func(x *localeRules) bool { return len(x.synonyms) > 0 }) {
		return
	}
	q := search.ParseQuery(l, phrase, search.Options{Keep: o.Keep})
	said := map[string]bool{}
	for _, t := range slices.Concat(q.Terms, q.Minor) {
		said[t] = true
	}
	for _, x := range rules {
		for _, t := range slices.Sorted(maps.Keys(said)) {
			for _, i := range x.byTerm[t] {
				if !slices.ContainsFunc(x.synonyms[i].terms, func(t string) bool { return !said[t] }) {
					o.Synonyms = append(o.Synonyms, x.synonyms[i].group)
				}
			}
		}
	}
}

// pinned returns the articles to show first, in order: by the rules in the
// locale of whoever asks, or in every one if that is empty.
func (s ruleScope) pinned(first lectern.Locale, phrase string) (ids []int64) {
	if s.set == nil {
		return nil
	}
	for _, l := range lectern.Locales {
		if first != "" && l != first {
			continue
		}
		for _, x := range s.set.of(s.helpCenter, l) {
			if len(x.pins) > 0 {
				ids = appendNew(ids, x.pins[pinKey(l, phrase, x.keep)]...)
			}
		}
	}
	return ids
}
