package store

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"time"

	"lectern"
	"lectern/internal/store/db"
)

const (
	// pollEvery is how often the store looks for events of other processes. It
	// leaves room within the 100 milliseconds that lectern.EventStore promises.
	pollEvery = 40 * time.Millisecond
	// listenEvery is how often it looks while the engine wakes it: only for what
	// should not happen, that a wake-up call is lost.
	listenEvery = time.Second
	// complainEvery is how often a database that cannot be asked is worth a line
	// in the log.
	complainEvery = 10 * time.Second
	// eventsAtOnce is how many events are read and told at a time.
	eventsAtOnce = 1024
)

// A watch tells functions of events, each event once, in the order of IDs.
type watch struct {
	mu   sync.Mutex // held while the functions run, so that they run in order
	seen []func([]lectern.Event)
	last lectern.EventID // every event up to this one has been told

	known history // of last
}

// advance notes that every event up to the one given has been told. It is called
// with mu held.
func (w *watch) advance(last lectern.EventID) {
	w.last = last
	w.known.add(last)
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
	d.watch.advance(last)
	if err := d.startCounts(ctx); err != nil {
		return err
	}
	ctx, d.stop = context.WithCancel(context.Background())
	d.work.Go(func() { d.poll(ctx) })
	d.work.Go(func() { d.pollCounts(ctx) })
	return nil
}

// poll tells of the events of other processes until ctx ends.
func (d *DB) poll(ctx context.Context) {
	waker, _ := d.db.Engine.(db.Waker)
	var complained time.Time
	for d.pause(ctx, waker) {
		err := d.look(ctx)
		if err != nil && ctx.Err() == nil && time.Since(complained) > complainEvery {
			complained = time.Now()
			d.log.Warn("cannot look for events of other processes", "error", err)
		}
	}
}

// pause waits until it is time to look for events, and reports whether ctx goes
// on. Waker is nil if the engine is none.
func (d *DB) pause(ctx context.Context, waker db.Waker) bool {
	every := pollEvery
	var wake <-chan struct{}
	if waker != nil {
		wake = waker.Wake()
		if waker.Listening() {
			every = listenEvery
		}
	}
	timer := time.NewTimer(every)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-wake:
	case <-timer.C:
	}
	return true
}

// look tells of the events that are new.
func (d *DB) look(ctx context.Context) error {
	last, err := d.lastEvent(ctx)
	if err != nil {
		return err
	}
	if err := d.catchUp(ctx, last); err != nil {
		return err
	}
	return d.goBack(ctx, last)
}

// goBack heeds a database that has lost its last events: a standby that had not
// confirmed them became the primary, or a backup was restored under the running
// program. The IDs of those events will be given again.
func (d *DB) goBack(ctx context.Context, last lectern.EventID) error {
	w := &d.watch
	w.mu.Lock()
	defer w.mu.Unlock()
	if last >= w.last {
		return nil
	}
	// Perhaps it was only read before what others have told of since.
	last, err := d.lastEvent(ctx)
	if err != nil || last >= w.last {
		return err
	}
	d.log.Error("the database has lost events; what they changed may be shown until the program is started again", "from", last, "to", w.last)
	w.advance(last)
	d.find.Clear()
	return nil
}

// lastEvent is the greatest event ID given so far.
func (d *DB) lastEvent(ctx context.Context) (last lectern.EventID, err error) {
	err = d.db.ReadOne(ctx, "read last event", func(c db.Conn) error {
		return db.One(c, []any{&last}, `SELECT last_event FROM counter WHERE workspace_id = 0`)
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
		w.advance(t.last)
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
	for to > w.last {
		events, last, err := d.eventsAfter(ctx, w.last)
		if err != nil {
			return err
		}
		if last <= w.last {
			return nil // the database has lost events: see goBack
		}
		w.advance(last)
		w.tell(events)
	}
	return nil
}

// eventsAfter reads the events that follow one, at most eventsAtOnce, and up to
// which one these are all there are.
func (d *DB) eventsAfter(ctx context.Context, after lectern.EventID) (events []lectern.Event, last lectern.EventID, err error) {
	err = d.db.Read(ctx, "read new events", func(c db.Conn) (err error) {
		if err := db.One(c, []any{&last}, `SELECT last_event FROM counter WHERE workspace_id = 0`); err != nil {
			return err
		}
		events, err = db.All(c, scanEvent, `SELECT `+eventColumns+` FROM event e WHERE e.id > $1
			ORDER BY e.id LIMIT `+strconv.Itoa(eventsAtOnce), after)
		return err
	})
	if len(events) == eventsAtOnce {
		last = events[len(events)-1].ID
	}
	return events, last, err
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
