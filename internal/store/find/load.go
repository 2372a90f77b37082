package find

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"runtime/debug"
	"strings"
	"time"

	"lectern"
	"lectern/internal/inverted"
	"lectern/internal/store/db"
)

// The texts of a language are read into memory in parts, each in a transaction
// of its own, so that whoever waits for that holds no connection that others
// could read with meanwhile. What has changed since is read by each search, in
// its transaction.

const (
	// textsAtOnce is how many texts are read in one transaction.
	textsAtOnce = 1 << 10
	// maxBehind is by how many IDs the texts in memory may be older than a page
	// that reads by itself what has changed since.
	maxBehind = 1 << 14
	// maxWanted is how many languages may wait to be read for pages.
	maxWanted = 256
)

// A coldError ends a transaction that needs texts which are not in memory.
type coldError struct{ key indexKey }

func (e *coldError) Error() string {
	return fmt.Sprintf("the texts of workspace %d in %s are not in memory", e.key.workspace, e.key.locale)
}

// Read runs fn, which searches, on one state of the database. What it needs and is
// not in memory is read first, and fn run again.
func (f *Finder) Read(ctx context.Context, doing string, fn func(db.Conn) error) error {
	loaded := map[indexKey]bool{}
	for {
		err := f.db.Read(ctx, doing, fn)
		cold, ok := errors.AsType[*coldError](err)
		if !ok {
			return err
		}
		if loaded[cold.key] { // it was dropped again: there is not enough room for all that fn needs
			return f.db.Read(ctx, doing, func(c db.Conn) error { return fn(patient{c}) })
		}
		loaded[cold.key] = true
		if err := f.load(ctx, cold.key, 0); err != nil {
			return f.db.Fault(ctx, doing, err)
		}
	}
}

// A patient Conn reads what is not in memory within its own transaction.
type patient struct{ db.Conn }

func isPatient(c db.Conn) bool {
	if s, ok := c.(*searching); ok {
		c = s.Conn
	}
	_, ok := c.(patient)
	return ok
}

// has reports whether the texts of a locale are in memory as they were at an
// event, or not long before. If they are not, they are read soon.
func (s *indexes) has(key indexKey, event lectern.EventID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v := s.byKey[key]; v != nil && v.loaded && event-v.newest < maxBehind {
		return true
	}
	if s.wanted == nil {
		s.wanted = map[indexKey]bool{}
	}
	if len(s.wanted) < maxWanted {
		s.wanted[key] = true
	}
	return false
}

// size is about how many bytes everything takes. It is called with mu held.
func (s *indexes) size() (n int) {
	for _, v := range s.byKey {
		n += v.size + v.words.Size()
	}
	return n
}

// roomy reports whether more may be read without need.
func (s *indexes) roomy() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.size() < cmp.Or(s.limit, maxMemory)/2
}

// Warm reads texts into memory. See lectern.SearchStore.WarmSearch.
func (f *Finder) Warm(ctx context.Context) error {
	type held struct {
		key  indexKey
		docs int64
	}
	var all []held
	err := f.db.Read(ctx, "see what can be searched", func(c db.Conn) error {
		all = nil
		return db.Each(c, func(r db.Rows) error {
			var h held
			err := r.Scan(&h.key.workspace, &h.key.locale, &h.docs)
			all = append(all, h)
			return err
		}, `SELECT workspace_id, locale, CAST(sum(docs) AS BIGINT) FROM search_stat
			GROUP BY workspace_id, locale ORDER BY workspace_id, sum(docs) DESC, locale`)
	})
	if err != nil {
		return err
	}
	for _, h := range all {
		if h.docs == 0 {
			continue
		}
		if !f.indexes.roomy() {
			return nil
		}
		if err := f.load(known(ctx, h.key.workspace), h.key, 0); err != nil {
			return f.db.Fault(ctx, "read what can be searched", err)
		}
	}
	return nil
}

// LoadWanted reads the texts of a language that pages missed, and reports
// whether there are more. See lectern.SearchStore.
func (f *Finder) LoadWanted(ctx context.Context) (more bool, err error) {
	s := &f.indexes
	s.mu.Lock()
	var key indexKey
	for key = range s.wanted {
		break
	}
	found := len(s.wanted) > 0
	delete(s.wanted, key)
	more = len(s.wanted) > 0
	s.mu.Unlock()
	if !found || !s.roomy() {
		return false, nil
	}
	return more, f.db.Fault(ctx, "read what can be searched", f.load(known(ctx, key.workspace), key, math.MaxInt64))
}

// known is the context of a read of a workspace that a replica may answer, if it
// has every change there that this process knows of.
func known(ctx context.Context, ws lectern.WorkspaceID) context.Context {
	return db.WithOldest(ctx, db.Oldest{Workspace: ws, Known: true})
}

// load reads the texts of a locale into memory, unless they are there as they
// were after an event; those that are there are caught up with. It holds no
// connection while it waits for another one who reads them. What one has begun
// others may wait for, so it goes on when its caller has left; a caller waits no
// longer than it may.
func (f *Finder) load(ctx context.Context, key indexKey, to lectern.EventID) error {
	v := f.indexes.of(key)
	select {
	case v.loading <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	loaded := make(chan error, 1)
	go func() {
		var err error
		defer func() {
			if fault := recover(); fault != nil {
				err = fmt.Errorf("reading texts to search panicked: %v\n%s", fault, debug.Stack())
			}
			<-v.loading
			loaded <- err
		}()
		err = f.catchUp(context.WithoutCancel(ctx), v, key, to)
	}()
	select {
	case err := <-loaded:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// catchUp is load for the one who reads.
func (f *Finder) catchUp(ctx context.Context, v *localeIndex, key indexKey, to lectern.EventID) error {
	v.mu.Lock()
	base := snapshot{event: -1, Index: &inverted.Index{}}
	if n := len(v.snapshots); n > 0 {
		base = v.snapshots[n-1]
	}
	v.mu.Unlock()
	if base.event >= to {
		return nil
	}
	e, err := f.readSnapshot(ctx, v, key, base)
	if err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	f.indexes.keep(v, e)
	return nil
}

// readSnapshot reads the texts of a locale as they are now, from what they were.
//
// A text that changes meanwhile is read again, since it then stands behind the
// place that was reached. So the last part makes of all parts the state that its
// own transaction sees.
func (f *Finder) readSnapshot(ctx context.Context, v *localeIndex, key indexKey, since snapshot) (snapshot, error) {
	const atOnce = 4 * textsAtOnce
	e := snapshot{event: since.event, Index: since.Index}
	after, object := int64(since.event), int64(math.MaxInt64)
	var texts []inverted.Text
	var words []string
	for {
		n, begun, beganAt := 0, after, object
		err := f.readPart(ctx, func(c db.Conn) error {
			texts, words, n = texts[:len(texts)-n], words[:0], 0
			after, object = begun, beganAt // it may be asked again
			if err := db.One(c, []any{&e.event}, `
				SELECT COALESCE(max(event_id), 0) FROM search_stat WHERE workspace_id = $1 AND locale = $2`, key.workspace, key.locale); err != nil {
				return err
			}
			return db.Each(c, func(r db.Rows) error {
				var t inverted.Text
				var kind lectern.ObjectKind
				var state lectern.State
				var has string
				err := r.Scan(&after, &t.Object, &kind, &state, &has, &t.Forward)
				object, t.Group = t.Object, groupOf(kind, state)
				texts, words = append(texts, t), append(words, has)
				n++
				return err
			}, `SELECT event_id, object_id, kind, state, words, forward FROM search_text
				WHERE workspace_id = $1 AND locale = $2 AND (event_id, object_id) > ($3, $4)
				ORDER BY event_id, object_id LIMIT $5`, key.workspace, key.locale, after, object, textsAtOnce)
		})
		if err != nil {
			return e, err
		}
		for _, has := range words {
			v.words.Add(strings.Fields(has)...)
		}
		if len(texts) >= atOnce || n < textsAtOnce {
			e.Index, texts = e.With(texts), nil
		}
		if n < textsAtOnce {
			e.at = time.Now()
			return e, nil
		}
	}
}

// readPart reads a part of what can be searched, one at a time.
func (f *Finder) readPart(ctx context.Context, fn func(db.Conn) error) error {
	f.indexes.parts.Lock()
	defer f.indexes.parts.Unlock()
	return f.db.Read(ctx, "read texts to search", fn)
}
