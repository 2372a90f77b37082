package store

import (
	"errors"
	"math/rand/v2"
	"slices"

	"lectern"
	"lectern/internal/store/db"
)

// take takes n IDs for nouns and as many as events for events from the counter
// of the workspace, in one statement, and returns the first of the n; the others
// follow it. Record uses the events'.
//
// Transactions that change a workspace run one after the other, on any engine:
// so its IDs grow in the order in which changes become visible.
func (t *tx) take(n, events int) (first int64, err error) {
	var value int64
	var previous point
	step := n + events
	if events == 0 {
		return 0, errors.New("a change without an event")
	}
	mark := rand.Int64()
	err = db.One(t, []any{&value, &previous.event, &previous.mark}, `
		UPDATE counter SET value = value + $2, previous_event = last_event, last_event = value + $2,
			previous_mark = mark, mark = $3
		WHERE workspace_id = $1
		RETURNING value, previous_event, previous_mark`, t.by.Workspace, step, mark)
	if err != nil {
		return 0, err
	}
	if t.last.event == 0 {
		t.previous = previous
	}
	t.last = point{lectern.EventID(value), mark}
	for i := range events {
		t.spare = append(t.spare, lectern.EventID(value-int64(events-1-i)))
	}
	return value - int64(step) + 1, nil
}

// reserve makes sure that none of the given IDs, brought from elsewhere, is
// ever given to something else of the workspace.
func (t *tx) reserve(ids ...int64) error {
	if len(ids) == 0 {
		return nil
	}
	_, err := t.Exec(`UPDATE counter SET value = $2 WHERE workspace_id = $1 AND value < $2`, t.by.Workspace, slices.Max(ids))
	return err
}

// lockInstallation keeps every other transaction that calls it waiting until the
// commit. So what must be unique in the whole installation can be checked after
// it. The workspace's lock is held already by whoever calls it, and nobody takes
// that one afterwards: so no two wait for one another.
func (t *tx) lockInstallation() error {
	_, err := t.Exec(`UPDATE counter SET value = value WHERE workspace_id = $1`, 0)
	return err
}

// idsOfWorkspace is how far apart the first IDs of two workspaces are: so, in
// practice, no ID names something in two of them. Nothing relies on that.
const idsOfWorkspace = 100_000_000

// takeWorkspace takes the ID of a new workspace, from where its own IDs go on.
func (t *tx) takeWorkspace() (lectern.WorkspaceID, error) {
	var next int64
	err := db.One(t, []any{&next}, `UPDATE counter SET value = value + $1 WHERE workspace_id = 0 RETURNING value`, idsOfWorkspace)
	if err != nil {
		return 0, err
	}
	id := next - idsOfWorkspace + 1
	return lectern.WorkspaceID(id), t.do(`
		INSERT INTO counter (workspace_id, value, last_event, mark, previous_event, previous_mark) VALUES ($1, $1, 0, 0, 0, 0)`, id)
}
