package find

import (
	"sync"

	"lectern"
	"lectern/internal/store/db"
)

// An eventCache keeps what was read of workspaces for as long as nothing happens
// in them.
type eventCache[K comparable, V any] struct {
	mu      sync.Mutex // guards what follows
	entries map[K]entryAt[V]
	lost    int // counts the calls of clear
}

// An entryAt is a value as it was after an event, the last of its workspace.
type entryAt[V any] struct {
	event lectern.EventID
	value V
}

// get returns the value of a key in a workspace, as the transaction of c sees it:
// one that is kept, or what read returns. Of more than most values none is kept.
func (x *eventCache[K, V]) get(c db.Conn, ws lectern.WorkspaceID, key K, most int, read func() (V, error)) (value V, err error) {
	x.mu.Lock()
	known, found := x.entries[key]
	lost := x.lost
	x.mu.Unlock()
	event, err := lastOf(c, ws)
	if err != nil || found && known.event == event {
		return known.value, err
	}
	if value, err = read(); err != nil {
		return value, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if lost != x.lost {
		return value, nil
	}
	if x.entries == nil || len(x.entries) >= most {
		x.entries = map[K]entryAt[V]{}
	}
	x.entries[key] = entryAt[V]{event, value}
	return value, nil
}

// clear drops all: see [Finder.Clear].
func (x *eventCache[K, V]) clear() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.lost++
	x.entries = nil
}

// lastOf returns the last event of a workspace.
func lastOf(c db.Conn, ws lectern.WorkspaceID) (event lectern.EventID, err error) {
	err = db.One(c, []any{&event}, `SELECT COALESCE(max(id), 0) FROM event WHERE workspace_id = $1`, ws)
	return event, err
}
