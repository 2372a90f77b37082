package store

import (
	"context"
	"encoding/json"
	"slices"
	"sort"
	"sync"

	"lectern"
)

const (
	anchorEvery      = 256  // articles between two anchors when they are set
	maxAnchorGap     = 1024 // articles to skip before anchors are set anew
	maxAnchorEvents  = 1024 // changes to follow before anchors are set anew
	anchoredAtOnce   = 16   // workspaces whose anchors are kept
	articleKindsList = `('article.created', 'article.updated', 'article.deleted')`
)

// anchors remember where every 256th article of a workspace stands in the list
// of all, so that a page far behind is found without counting all before it,
// and how many articles there are. They are set by one walk over an index when
// first needed, and then follow the events, which say where an article stood
// and where it stands. Whoever reads a page first follows the events up to the
// state of the database that the page is read from: so anchors are exact, even
// if another process writes.
type anchors struct {
	mu    sync.Mutex
	set   bool
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
	ws      lectern.WorkspaceID
	anchors *anchors
}

// of returns the anchors of a workspace, perhaps not set yet.
func (c *anchorCache) of(ws lectern.WorkspaceID) *anchors {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.used, func(u cachedAnchors) bool { return u.ws == ws })
	found := cachedAnchors{ws, &anchors{}}
	if i >= 0 {
		found = c.used[i]
		c.used = slices.Delete(c.used, i, i+1)
	}
	c.used = slices.Insert(c.used, 0, found)
	c.used = c.used[:min(len(c.used), anchoredAtOnce)]
	return found.anchors
}

// anchored runs fn on one state of the database, with the place where the page
// of q starts in it and the number of all articles.
func (d *DB) anchored(ctx context.Context, ws lectern.WorkspaceID, q lectern.ArticleQuery, fn func(c Conn, from start, total int) error) error {
	a := d.anchors.of(ws)
	// Locked before the state of the database is chosen, so that no one moves
	// the anchors beyond that state.
	a.mu.Lock()
	unlock := sync.OnceFunc(a.mu.Unlock)
	defer unlock()
	return d.read(ctx, "list articles", func(c Conn) error {
		if err := a.follow(c, ws); err != nil {
			a.set = false
			return err
		}
		from, err := a.locate(c, ws, q)
		if err != nil {
			return err
		}
		total := a.total
		unlock()
		return fn(c, from, total)
	})
}

// locate finds where the page of q starts. A page beyond the end starts nowhere.
func (a *anchors) locate(c Conn, ws lectern.WorkspaceID, q lectern.ArticleQuery) (start, error) {
	if q.After != nil {
		return start{after: q.After, skip: q.Offset}, nil
	}
	from := a.before(q.Offset)
	if from.skip > maxAnchorGap {
		if err := a.reset(c, ws, a.event); err != nil {
			return start{}, err
		}
		from = a.before(q.Offset)
	}
	return from, nil
}

// before is the way to an offset from the last anchor before it.
func (a *anchors) before(offset int) start {
	offset = min(offset, a.total)
	i := sort.Search(len(a.list), func(i int) bool { return a.list[i].rank > offset })
	if i == 0 {
		return start{skip: offset}
	}
	at := a.list[i-1]
	return start{at: &at.key, skip: offset - at.rank}
}

// follow makes the anchors true for the state of the database that c sees.
func (a *anchors) follow(c Conn, ws lectern.WorkspaceID) error {
	var now lectern.EventID
	err := one(c, []any{&now}, `SELECT last_event FROM counter WHERE workspace_id = 0`)
	if err != nil || a.set && now == a.event {
		return err
	}
	if !a.set || now < a.event {
		return a.reset(c, ws, now)
	}
	moves, err := all(c, scanMove, `
		SELECT kind, object, data FROM event
		WHERE workspace_id = $1 AND id > $2 AND kind IN `+articleKindsList+`
		ORDER BY id LIMIT $3`, ws, a.event, maxAnchorEvents+1)
	if err != nil {
		return err
	}
	if len(moves) > maxAnchorEvents || !a.apply(moves) {
		return a.reset(c, ws, now)
	}
	a.event = now
	return nil
}

// reset sets the anchors anew.
func (a *anchors) reset(c Conn, ws lectern.WorkspaceID, now lectern.EventID) error {
	total, err := count(c, `SELECT count(*) FROM article WHERE workspace_id = $1`, ws)
	if err != nil {
		return err
	}
	list, err := all(c, func(r Rows) (x anchor, err error) {
		err = r.Scan(&x.key.ID, seconds{&x.key.UpdatedAt}, &x.rank)
		return x, err
	}, `SELECT id, updated_at, n - 1 FROM (
			SELECT a.id, a.updated_at, row_number() OVER (ORDER BY a.updated_at DESC, a.id DESC) AS n
			FROM article a WHERE a.workspace_id = $1) AS numbered
		WHERE n % $2 = 0 ORDER BY n`, ws, anchorEvery)
	if err != nil {
		return err
	}
	a.set, a.event, a.total, a.list = true, now, total, list
	return nil
}

// A move is an article's way from one place in the list to another. A new
// article comes from nowhere, a deleted one goes nowhere: the zero key.
type move struct{ from, to lectern.ArticleKey }

func scanMove(r Rows) (m move, err error) {
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
		m.from = lectern.ArticleKey{UpdatedAt: unix(data.PreviousUpdatedAt), ID: id}
	}
	if kind != lectern.ArticleDeleted {
		m.to = lectern.ArticleKey{UpdatedAt: unix(data.UpdatedAt), ID: id}
	}
	return m, nil
}

// apply follows moves. It reports false if they cannot be true.
func (a *anchors) apply(moves []move) bool {
	for _, m := range moves {
		if m.from.ID != 0 {
			a.shift(m.from, -1)
		}
		if m.to.ID != 0 {
			a.shift(m.to, +1)
		}
	}
	return a.total >= 0 && (len(a.list) == 0 || a.list[0].rank >= 0 && a.list[len(a.list)-1].rank <= a.total)
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
