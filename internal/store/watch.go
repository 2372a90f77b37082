package store

import (
	"context"
	"slices"
	"sync"
	"time"

	"lectern"
)

// pollEvery is how often the store looks for events of other processes. It
// leaves room within the 100 milliseconds that lectern.EventStore promises.
const pollEvery = 40 * time.Millisecond

// A watch tells functions of events, each event once, in the order of IDs.
type watch struct {
	mu   sync.Mutex // held while the functions run, so that they run in order
	seen []func([]lectern.Event)
	last lectern.EventID // every event up to this one has been told
}

// Watch has seen called with every event from now on. See lectern.EventStore.
func (d *DB) Watch(seen func([]lectern.Event)) {
	d.watch.mu.Lock()
	defer d.watch.mu.Unlock()
	d.watch.seen = append(d.watch.seen, seen)
}

// startWatch notes which events are old, and begins to look for new ones.
func (d *DB) startWatch(ctx context.Context) error {
	last, err := d.lastEvent(ctx)
	if err != nil {
		return err
	}
	d.watch.last = last
	ctx, d.stop = context.WithCancel(context.Background())
	d.work.Go(func() { d.poll(ctx) })
	return nil
}

// poll tells of the events of other processes until ctx ends.
func (d *DB) poll(ctx context.Context) {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		last, err := d.lastEvent(ctx)
		if err == nil {
			err = d.catchUp(ctx, last)
		}
		if err != nil && ctx.Err() == nil {
			d.log.Warn("cannot look for events of other processes", "error", err)
		}
	}
}

// lastEvent is the greatest event ID given so far.
func (d *DB) lastEvent(ctx context.Context) (last lectern.EventID, err error) {
	err = d.read(ctx, "read last event", func(c Conn) error {
		return one(c, []any{&last}, `SELECT last_event FROM counter WHERE workspace_id = 0`)
	})
	return last, err
}

// deliver tells of a committed transaction's events.
func (d *DB) deliver(t *tx) {
	if t.last == 0 {
		return // nothing happened
	}
	w := &d.watch
	w.mu.Lock()
	if w.last == t.previous {
		w.last = t.last
		w.tell(t.events)
	}
	w.mu.Unlock()
	// Otherwise another process wrote in between, or the events are told already.
	if err := d.catchUp(context.Background(), t.last); err != nil {
		d.log.Error("cannot read events of other processes; they will be told later", "error", err)
	}
}

// catchUp tells of all events up to at least the one given.
func (d *DB) catchUp(ctx context.Context, to lectern.EventID) error {
	w := &d.watch
	w.mu.Lock()
	defer w.mu.Unlock()
	if to <= w.last {
		return nil
	}
	var events []lectern.Event
	var last lectern.EventID
	err := d.read(ctx, "read new events", func(c Conn) (err error) {
		if err := one(c, []any{&last}, `SELECT last_event FROM counter WHERE workspace_id = 0`); err != nil {
			return err
		}
		events, err = all(c, scanEvent, `SELECT `+eventColumns+`
			FROM workspace w JOIN event e ON e.workspace_id = w.workspace_id AND e.id > $1
			ORDER BY e.id`, w.last)
		return err
	})
	if err != nil {
		return err
	}
	w.last = max(w.last, last)
	w.tell(events)
	return nil
}

// tell calls the functions. It is called with mu held.
func (w *watch) tell(events []lectern.Event) {
	if len(events) == 0 {
		return
	}
	for _, seen := range w.seen {
		seen(slices.Clone(events))
	}
}
