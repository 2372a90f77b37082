package find

import (
	"slices"
	"strings"
	"sync"
	"time"

	"lectern"
	"lectern/internal/inverted"
	"lectern/internal/search"
	"lectern/internal/store/db"
)

const (
	// maxMemory is about how many bytes of texts and words are kept in memory,
	// beyond those of the locale that is being searched.
	maxMemory = 512 << 20
	// maxSnapshots is how many states of a locale's texts are kept, and
	// snapshotAge for how long, for transactions that see an older one, as on a
	// replica. They share nearly all.
	maxSnapshots = 8
	snapshotAge  = time.Minute
)

// Indexes are texts and words in memory, by workspace and locale; where there is
// not enough room, the least recently used ones are dropped. They are read
// from the database when they are first looked for; from then on each search
// reads what has changed. How recent they are is told by event IDs, which grow
// in the order of commits: so every search sees exactly the texts of its
// transaction, whichever process wrote them.
type indexes struct {
	mu     sync.Mutex
	byKey  map[indexKey]*localeIndex
	uses   int64             // counts them, to tell which was last
	limit  int               // bytes; zero is maxMemory
	wanted map[indexKey]bool // what pages missed

	// parts is held while a part is read into memory: however many languages are
	// wanted at once, they take one connection together.
	parts sync.Mutex
}

type indexKey struct {
	workspace lectern.WorkspaceID
	locale    lectern.Locale
}

// A localeIndex is the texts and words of one locale. Its words are some of those that
// rows of the database carry, and all of them once it has snapshots.
type localeIndex struct {
	words  *search.Vocabulary
	used   int64           // guarded by indexes.mu, like all until the next empty line
	size   int             // of the newest snapshot in bytes
	loaded bool            // it has snapshots
	newest lectern.EventID // of them

	loading chan struct{} // holds a value while someone reads all texts

	mu        sync.Mutex // guards snapshots; one search reads for all that wait
	snapshots []snapshot // the newest last
}

// A snapshot is the texts of a locale after an event.
type snapshot struct {
	event lectern.EventID
	at    time.Time // when it was read
	*inverted.Index
}

// Words are words that a transaction has written.
type Words struct {
	Workspace lectern.WorkspaceID
	Locale    lectern.Locale
	Words     []string
}

// of returns what is in memory of a locale, be it nothing.
func (s *indexes) of(key indexKey) *localeIndex {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.byKey[key]
	if v == nil {
		v = &localeIndex{words: search.NewVocabulary(key.locale), loading: make(chan struct{}, 1)}
		if s.byKey == nil {
			s.byKey = map[indexKey]*localeIndex{}
		}
		s.byKey[key] = v
	}
	s.uses++
	v.used = s.uses
	return v
}

// clear forgets everything: the events it is told by are no more.
func (s *indexes) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.byKey = nil
}

// Unknown returns those of some words of a locale that no row is known to carry.
func (f *Finder) Unknown(ws lectern.WorkspaceID, l lectern.Locale, words []string) []string {
	if len(words) == 0 {
		return nil
	}
	v := f.indexes.of(indexKey{ws, l})
	var list []string
	for _, w := range words {
		if !v.words.Has(w) {
			list = append(list, w)
		}
	}
	return list
}

// Learn notes the words of a transaction that was committed.
func (f *Finder) Learn(list []Words) {
	for _, l := range list {
		if len(l.Words) > 0 {
			v := f.indexes.of(indexKey{l.Workspace, l.Locale})
			v.words.Add(l.Words...)
			f.indexes.makeRoom(v)
		}
	}
}

// LimitMemory bounds the texts and words in memory, in bytes, beyond those of the
// locale that is being searched.
func (f *Finder) LimitMemory(n int) { f.indexes.limit = n }

// InMemory returns of how many locales something is in memory, each workspace by
// itself.
func (f *Finder) InMemory() int {
	f.indexes.mu.Lock()
	defer f.indexes.mu.Unlock()
	return len(f.indexes.byKey)
}

// open returns the words of a locale and its texts as they were after an event
// that is the last to have changed one of them in the transaction of c. It
// returns a coldError if they are not in memory: see Read.
func (s *indexes) open(c db.Conn, key indexKey, event lectern.EventID) (*search.Vocabulary, *inverted.Index, error) {
	v := s.of(key)
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.snapshots) == 0 && !isPatient(c) {
		return nil, nil, &coldError{key}
	}
	base := snapshot{event: -1, Index: &inverted.Index{}}
	for _, e := range v.snapshots {
		if e.event <= event {
			base = e
		}
	}
	if base.event == event {
		return v.words, base.Index, nil
	}
	index, err := v.read(c, key, base)
	if err != nil {
		return nil, nil, err
	}
	s.keep(v, snapshot{event, time.Now(), index})
	return v.words, index, nil
}

// keep keeps a snapshot of an index if it is the newest. It is called with the
// index's mu held.
func (s *indexes) keep(v *localeIndex, e snapshot) {
	if n := len(v.snapshots); n > 0 && v.snapshots[n-1].event >= e.event {
		return
	}
	v.keep(e)
	s.mu.Lock()
	v.size, v.loaded, v.newest = e.Size(), true, e.event
	s.mu.Unlock()
	s.makeRoom(v)
}

// keep adds the newest snapshot and drops one that others can stand in for: the
// oldest if it is too old, else the one that is closest to its neighbours.
func (v *localeIndex) keep(e snapshot) {
	v.snapshots = append(v.snapshots, e)
	v.snapshots = slices.DeleteFunc(v.snapshots, func(x snapshot) bool { return e.at.Sub(x.at) > snapshotAge })
	if len(v.snapshots) <= maxSnapshots {
		return
	}
	at := 1
	for i := 1; i < len(v.snapshots)-1; i++ {
		if v.snapshots[i+1].event-v.snapshots[i-1].event < v.snapshots[at+1].event-v.snapshots[at-1].event {
			at = i
		}
	}
	v.snapshots = slices.Delete(v.snapshots, at, at+1)
}

// read returns the texts of a snapshot with all that changed since.
func (v *localeIndex) read(c db.Conn, key indexKey, since snapshot) (*inverted.Index, error) {
	const atOnce = 4096
	index := since.Index
	var texts []inverted.Text
	flush := func() {
		index, texts = index.With(texts), texts[:0]
	}
	err := db.Each(c, func(r db.Rows) error {
		var t inverted.Text
		var kind lectern.ObjectKind
		var state lectern.State
		var words string
		if err := r.Scan(&t.Object, &kind, &state, &words, &t.Forward); err != nil {
			return err
		}
		t.Group = groupOf(kind, state)
		v.words.Add(strings.Fields(words)...)
		if texts = append(texts, t); len(texts) == atOnce {
			flush()
		}
		return nil
	}, `SELECT object_id, kind, state, words, forward FROM search_text
		WHERE workspace_id = $1 AND locale = $2 AND event_id > $3`, key.workspace, key.locale, since.event)
	flush()
	return index, err
}

// makeRoom drops what was not used for the longest time, but never keep.
func (s *indexes) makeRoom(keep *localeIndex) {
	s.mu.Lock()
	defer s.mu.Unlock()
	limit := s.limit
	if limit == 0 {
		limit = maxMemory
	}
	for {
		all := 0
		var oldest indexKey
		var old *localeIndex
		for k, v := range s.byKey {
			all += v.size + v.words.Size()
			if v != keep && (old == nil || v.used < old.used) {
				oldest, old = k, v
			}
		}
		if all <= limit || old == nil {
			return
		}
		delete(s.byKey, oldest)
	}
}

// States are those that a text may be in.
var States = []lectern.State{lectern.Published, lectern.Draft}

// groupOf is the group of texts of a kind in a state. A text that is gone has
// any.
func groupOf(kind lectern.ObjectKind, state lectern.State) uint8 {
	g := 0
	for i, k := range lectern.ContentKinds {
		if k == kind {
			g = i * len(States)
		}
	}
	if state == lectern.Draft {
		g++
	}
	return uint8(g)
}

// groupsOf are the groups of texts of some kinds in some states, a bit each.
func groupsOf(kinds []lectern.ObjectKind, states []lectern.State) (groups uint64) {
	for _, k := range kinds {
		for _, s := range states {
			groups |= 1 << groupOf(k, s)
		}
	}
	return groups
}
