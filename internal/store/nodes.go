package store

import (
	"context"
	"slices"
	"sync"
	"time"

	"lectern"
	"lectern/internal/store/db"
)

// StaleFor is how old the state of the database may be that a read with the
// context of Stale sees: whatever this process knew of, or another process had
// told of, that long ago is seen. It holds while this process can reach the
// primary database.
const StaleFor = 5 * time.Second

// Stale returns a context whose reads of a workspace may be a little old (see
// StaleFor), but see every event up to the one given. Zero names none. So a
// caller that passes the last event of whoever asks, see DB.LastEvent, never
// shows them a state before their own change. Without a replica such a read is
// like any other.
func Stale(ctx context.Context, ws lectern.WorkspaceID, seen lectern.EventID) context.Context {
	return db.WithOldest(ctx, db.Oldest{Workspace: ws, Moment: db.Moment{Event: seen}})
}

// LastEvent is the last event of a workspace that this process knows of: after a
// change was made through this process, one not before that of the change.
func (d *DB) LastEvent(ws lectern.WorkspaceID) lectern.EventID { return d.watch.of(ws).known.last() }

// LastEventOf reads the last event of a workspace, whichever process caused it,
// or zero if there is none. It costs a look into an index of the primary
// database.
func (d *DB) LastEventOf(ctx context.Context, ws lectern.WorkspaceID) (last lectern.EventID, err error) {
	err = d.db.ReadOne(ctx, "read last event", func(c db.Conn) error {
		last, err = lastEvent(c, ws)
		return err
	})
	return last, err
}

// lastEvent reads the last event of a workspace.
func lastEvent(c db.Conn, ws lectern.WorkspaceID) (last lectern.EventID, err error) {
	err = db.Each(c, func(r db.Rows) error { return r.Scan(&last) }, `SELECT last_event FROM counter WHERE workspace_id = $1`, ws)
	return last, err
}

// bounded adds to a stale context what must be seen: events because they are no
// longer new, and statistics because watchers were told of them, and would keep
// what they read now.
func (d *DB) bounded(ctx context.Context) context.Context {
	least, stale := db.OldestOf(ctx)
	if !stale || least.Workspace == 0 {
		return ctx
	}
	known := &d.watch.of(least.Workspace).known
	event := known.before(time.Now().Add(-StaleFor))
	if least.Known {
		event = known.last()
	}
	least.Event = max(least.Event, event)
	least.Count = d.counts.toldOf(least.Workspace)
	return db.WithOldest(ctx, least)
}

// A history remembers when this process came to know of events, for as long as
// StaleFor asks.
type history struct {
	mu    sync.Mutex
	marks []historyMark // oldest first; at least one
}

type historyMark struct {
	at    time.Time
	event lectern.EventID
}

// historyEvery is the time within which marks become one.
const historyEvery = StaleFor / 64

// add notes that an event is known now. It may go back, if the database did.
func (h *history) add(event lectern.EventID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now()
	if n := len(h.marks); n > 1 && now.Sub(h.marks[n-2].at) < historyEvery {
		h.marks[n-1].event = event
	} else {
		h.marks = append(h.marks, historyMark{now, event})
	}
	old := 0
	for old+1 < len(h.marks) && now.Sub(h.marks[old+1].at) > StaleFor {
		old++
	}
	h.marks = slices.Delete(h.marks, 0, old)
}

// clear forgets everything.
func (h *history) clear() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.marks = nil
}

// last is the last event known.
func (h *history) last() lectern.EventID {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.marks) == 0 {
		return 0
	}
	return h.marks[len(h.marks)-1].event
}

// before is the last event that was known at a time.
func (h *history) before(at time.Time) (event lectern.EventID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, m := range h.marks {
		if m.at.After(at) {
			break
		}
		event = m.event
	}
	return event
}
