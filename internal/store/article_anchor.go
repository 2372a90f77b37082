package store

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"sort"
	"sync"

	"lectern"
	"lectern/internal/store/db"
)

const (
	anchorEvery     = 32   // articles between two anchors when they are set
	maxAnchorGap    = 256  // articles to skip before anchors are set in between
	maxAnchorEvents = 1024 // changes to follow rather than begin anew, in a list of any length
	anchoredAtOnce  = 16   // workspaces whose anchors are kept
	anchoredStates  = 4    // of one workspace that are kept
)

// anchors say how many articles a workspace has, and where some of them stand in
// the list of all, so that a page far behind is found without counting all before
// it. They are set by a walk over an index where they are first needed, and then
// follow the events, which say where an article stood and where it stands. At
// most one in 16 articles has an anchor.
//
// Anchors are true for one state of the database and do not change once they are
// kept. Whoever reads a page takes the newest that are not beyond the state of
// the page, and makes of them, by the events in between, those of that state. So
// anchors are exact, even if another process writes, and nobody waits for another
// reader.
type anchors struct {
	event lectern.EventID // they are true for the state after this event
	total int             // number of articles
	list  []anchor        // in the order of keys
}

// An anchor says how many articles come before a key, whether or not an
// article still stands at that very key.
type anchor struct {
	key  lectern.ArticleKey
	rank int
}

// An anchorCache keeps the anchors of the workspaces used last.
type anchorCache struct {
	mu   sync.Mutex
	used []cachedAnchors // most recent first
}

type cachedAnchors struct {
	ws     lectern.WorkspaceID
	stale  bool // followed by readers of a replica, which may be behind the others
	states *anchorStates
}

// anchorStates are the anchors of a workspace in its last few states: readers
// that begin before a change and after it run side by side.
type anchorStates struct {
	mu   sync.Mutex
	list []*anchors // newest first
}

// of returns the anchors of a workspace, perhaps none yet.
func (c *anchorCache) of(ws lectern.WorkspaceID, stale bool) *anchorStates {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.used, func(u cachedAnchors) bool { return u.ws == ws && u.stale == stale })
	found := cachedAnchors{ws, stale, &anchorStates{}}
	if i >= 0 {
		found = c.used[i]
		c.used = slices.Delete(c.used, i, i+1)
	}
	c.used = slices.Insert(c.used, 0, found)
	c.used = c.used[:min(len(c.used), anchoredAtOnce)]
	return found.states
}

// clear forgets all anchors: the events that they follow are no more.
func (c *anchorCache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.used = nil
}

// before returns the newest anchors that are not beyond an event; nil if there
// are none.
func (s *anchorStates) before(event lectern.EventID) *anchors {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.list {
		if a.event <= event {
			return a
		}
	}
	return nil
}

// keep keeps anchors. Of those of one state the ones that know more are kept.
func (s *anchorStates) keep(a *anchors) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := 0
	for i < len(s.list) && s.list[i].event > a.event {
		i++
	}
	if i < len(s.list) && s.list[i].event == a.event {
		if len(a.list) > len(s.list[i].list) {
			s.list[i] = a
		}
		return
	}
	s.list = slices.Insert(s.list, i, a)
	s.list = s.list[:min(len(s.list), anchoredStates)]
}

// anchored runs fn on one state of the database, with the place where the page
// of q starts in it and the number of all articles.
func (d *DB) anchored(ctx context.Context, ws lectern.WorkspaceID, q lectern.ArticleQuery, fn func(c db.Conn, from start, total int) error) error {
	_, stale := db.OldestOf(ctx)
	states := d.counts.anchors.of(ws, stale)
	return d.db.Read(ctx, "list articles", func(c db.Conn) error {
		now, err := lastEvent(c, ws)
		if err != nil {
			return err
		}
		old := states.before(now)
		a, err := old.follow(c, ws, now)
		if err != nil {
			return err
		}
		a, from, err := a.locate(c, ws, q)
		if err != nil {
			return err
		}
		if a != old {
			states.keep(a)
		}
		return fn(c, from, a.total)
	})
}

// locate finds where the page of q starts. A page beyond the end starts there. It
// returns the anchors that it found it by, which may be more.
func (a *anchors) locate(c db.Conn, ws lectern.WorkspaceID, q lectern.ArticleQuery) (*anchors, start, error) {
	if q.After != nil {
		return a, start{after: q.After, skip: q.Offset}, nil
	}
	offset := min(q.Offset, a.total)
	i := a.behind(offset)
	if offset-a.rank(i-1) > maxAnchorGap {
		var err error
		if a, err = a.fill(c, ws, i); err != nil {
			return nil, start{}, err
		}
		i = a.behind(offset)
	}
	if i == 0 {
		return a, start{skip: offset}, nil
	}
	at := a.list[i-1]
	return a, start{at: &at.key, skip: offset - at.rank}, nil
}

// behind is the index of the first anchor behind an offset.
func (a *anchors) behind(offset int) int {
	return sort.Search(len(a.list), func(i int) bool { return a.list[i].rank > offset })
}

// rank is that of an anchor, or that of the list's beginning or end.
func (a *anchors) rank(i int) int {
	switch {
	case i < 0:
		return 0
	case i >= len(a.list):
		return a.total
	}
	return a.list[i].rank
}

// fill returns the anchors with more between anchor i and the one before it.
func (a *anchors) fill(c db.Conn, ws lectern.WorkspaceID, i int) (*anchors, error) {
	updated, id := int64(math.MaxInt64), int64(math.MaxInt64)
	if i > 0 {
		updated, id = a.list[i-1].key.UpdatedAt.Unix(), int64(a.list[i-1].key.ID)
	}
	before := a.rank(i - 1)
	gap, err := db.All(c, func(r db.Rows) (x anchor, err error) {
		err = r.Scan(&x.key.ID, db.Seconds(&x.key.UpdatedAt), &x.rank)
		x.rank += before - 1
		return x, err
	}, `SELECT id, updated_at, n
		FROM (SELECT id, updated_at, row_number() OVER (ORDER BY updated_at DESC, id DESC) AS n
			FROM (SELECT id, updated_at FROM article
				WHERE workspace_id = $1 AND (updated_at, id) <= ($2, $3)
				ORDER BY updated_at DESC, id DESC LIMIT $4) AS gap) AS numbered
		WHERE n % $5 = 0 ORDER BY n`, ws, updated, id, a.rank(i)-before, anchorEvery)
	if err != nil {
		return nil, err
	}
	return &anchors{a.event, a.total, slices.Concat(a.list[:i], gap, a.list[i:])}, nil
}

// follow returns the anchors for the state after the event now, which c sees. They
// are the same ones if nothing has happened since, and new ones if there were
// none, or too much has happened.
func (a *anchors) follow(c db.Conn, ws lectern.WorkspaceID, now lectern.EventID) (*anchors, error) {
	if a == nil {
		return newAnchors(c, ws, now)
	}
	if a.event == now {
		return a, nil
	}
	most := max(maxAnchorEvents, a.total/8)
	moves, err := db.All(c, scanMove, `
		SELECT kind, object, data FROM event
		WHERE workspace_id = $1 AND id > $2 AND kind IN ($3, $4, $5)
		ORDER BY id LIMIT $6`, ws, a.event,
		lectern.ArticleCreated, lectern.ArticleUpdated, lectern.ArticleDeleted, most+1)
	if err != nil {
		return nil, err
	}
	next := &anchors{now, a.total, slices.Clone(a.list)}
	if len(moves) > most || !next.apply(moves) {
		return newAnchors(c, ws, now)
	}
	return next, nil
}

// newAnchors counts the articles, and sets no anchor yet.
func newAnchors(c db.Conn, ws lectern.WorkspaceID, now lectern.EventID) (*anchors, error) {
	total, err := db.Count(c, `SELECT count(*) FROM article WHERE workspace_id = $1`, ws)
	return &anchors{event: now, total: total}, err
}

// A move is an article's way from one place in the list to another. A new
// article comes from nowhere, a deleted one goes nowhere: the zero key.
type move struct{ from, to lectern.ArticleKey }

func scanMove(r db.Rows) (m move, err error) {
	var kind lectern.EventKind
	var id lectern.ArticleID
	var text string
	if err := r.Scan(&kind, &id, &text); err != nil {
		return m, err
	}
	var data lectern.EventData
	if err := json.Unmarshal([]byte(text), &data); err != nil {
		return m, err
	}
	if kind != lectern.ArticleCreated {
		m.from = lectern.ArticleKey{UpdatedAt: db.Unix(data.PreviousUpdatedAt), ID: id}
	}
	if kind != lectern.ArticleDeleted {
		m.to = lectern.ArticleKey{UpdatedAt: db.Unix(data.UpdatedAt), ID: id}
	}
	return m, nil
}

// apply follows moves, in anchors that nobody else has yet. It reports false if they cannot be true, or have left too
// many anchors where few articles are.
func (a *anchors) apply(moves []move) bool {
	for _, m := range moves {
		if m.from.ID != 0 {
			a.shift(m.from, -1)
		}
		if m.to.ID != 0 {
			a.shift(m.to, +1)
		}
	}
	return a.rank(0) >= 0 && a.rank(len(a.list)-1) <= a.total && len(a.list) <= anchorEvery+2*a.total/anchorEvery
}

// shift counts an article that comes to a key (+1) or leaves it (-1): only
// anchors behind that key have one more or less before them.
func (a *anchors) shift(key lectern.ArticleKey, by int) {
	a.total += by
	i := sort.Search(len(a.list), func(i int) bool { return compareKeys(a.list[i].key, key) > 0 })
	for j := i; j < len(a.list); j++ {
		a.list[j].rank += by
	}
}
