package store

import (
	"errors"
	"slices"

	"lectern"
	"lectern/internal/store/db"
)

// take takes n IDs for nouns and as many as events for events from the counter
// of the installation, in one statement, and returns the first of the n; the
// others follow it. Record uses the events'.
//
// From here to the commit no other transaction gets an ID, on any engine: so
// IDs grow in the order in which changes become visible, and what must be
// unique in the whole installation can be checked after take.
func (t *tx) take(n, events int) (first int64, err error) {
	var value int64
	var previous lectern.EventID
	step := n + events
	if events == 0 {
		return 0, errors.New("a change without an event")
	}
	err = db.One(t, []any{&value, &previous}, `
		UPDATE counter SET value = value + $1, previous_event = last_event, last_event = value + $1
		WHERE workspace_id = 0
		RETURNING value, previous_event`, step)
	if err != nil {
		return 0, err
	}
	if t.last == 0 {
		t.previous = previous
	}
	t.last = lectern.EventID(value)
	for i := range events {
		t.spare = append(t.spare, lectern.EventID(value-int64(events-1-i)))
	}
	return value - int64(step) + 1, nil
}

// reserve makes sure that none of the given IDs, brought from elsewhere, is
// ever given to something else.
func (t *tx) reserve(ids ...int64) error {
	if len(ids) == 0 {
		return nil
	}
	top := slices.Max(ids)
	_, err := t.Exec(`UPDATE counter SET value = $1 WHERE workspace_id = 0 AND value < $1`, top)
	return err
}
