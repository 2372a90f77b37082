package store

import (
	"context"
	"errors"
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
	// idleFactor is how much longer the store waits than it has looked, however
	// many workspaces there are.
	idleFactor = 20
	// complainEvery is how often a database that cannot be asked is worth a line
	// in the log.
	complainEvery = 10 * time.Second
	// eventsAtOnce is how many events are read and told at a time.
	eventsAtOnce = 1024
)

// A watch tells functions of events: each event once, and those of a workspace
// in the order of their IDs. For each workspace it has a position, which only
// moves forward: from one state of the counter to the next if the transaction
// between the two is this process's own and says so, and otherwise by reading
// the events that follow. Changes of a workspace become visible in the order of
// its IDs, so what is read has no gaps.
type watch struct {
	mu        sync.Mutex // guards positions
	positions map[lectern.WorkspaceID]*position

	telling sync.Mutex // held while the functions run, so that they run one at a time
	seen    []func([]lectern.Event)
	lost    []func()
}

// A position is how far a workspace's events have been told.
type position struct {
	mu   sync.Mutex // held while events are told, so that they are told in order
	at   point
	last lectern.Event // the last that was told, if one was

	known history // of at
}

// A point is a state of a workspace's counter. Points are not the same if they
// have the same event but another mark: then the database has lost the first.
type point struct {
	event lectern.EventID
	mark  int64
}

// of returns the position of a workspace. A workspace that was not there when
// the watch started begins before its first event.
func (w *watch) of(ws lectern.WorkspaceID) *position {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := w.positions[ws]
	if p == nil {
		p = &position{}
		if w.positions == nil {
			w.positions = map[lectern.WorkspaceID]*position{}
		}
		w.positions[ws] = p
	}
	return p
}

// workspaces lists those with a position.
func (w *watch) workspaces() []lectern.WorkspaceID {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := make([]lectern.WorkspaceID, 0, len(w.positions))
	for ws := range w.positions {
		list = append(list, ws)
	}
	return list
}

// point is how far the position is.
func (p *position) point() point {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.at
}

// advance notes that every event up to a point has been told, lastly some. It is
// called with mu held.
func (p *position) advance(to point, events []lectern.Event) {
	p.at = to
	if n := len(events); n > 0 {
		p.last = events[n-1]
	}
	p.known.add(to.event)
}

// Watch has seen called with every event from now on. See lectern.EventStore.
func (d *DB) Watch(seen func([]lectern.Event)) {
	d.watch.telling.Lock()
	defer d.watch.telling.Unlock()
	d.watch.seen = append(d.watch.seen, seen)
}

// WatchLoss has lost called when the database has lost events. See
// lectern.EventStore.
func (d *DB) WatchLoss(lost func()) {
	d.watch.telling.Lock()
	defer d.watch.telling.Unlock()
	d.watch.lost = append(d.watch.lost, lost)
}

// startWatch notes which events are old, and begins to look for new ones.
func (d *DB) startWatch(ctx context.Context) error {
	err := d.db.Read(ctx, "read last events", func(c db.Conn) error { return d.watch.start(c) })
	if err != nil {
		return err
	}
	if err := d.startCounts(ctx); err != nil {
		return err
	}
	ctx, d.stop = context.WithCancel(context.Background())
	d.work.Go(func() { d.poll(ctx) })
	d.work.Go(func() { d.pollCounts(ctx) })
	if d.Shared() {
		d.work.Go(func() { d.beat(ctx) })
	}
	return nil
}

// start reads where every workspace is.
func (w *watch) start(c db.Conn) error {
	points, err := readPoints(c)
	if err != nil {
		return err
	}
	last, err := db.All(c, scanEvent, `SELECT `+eventColumns+`
		FROM counter n CROSS JOIN event e WHERE e.workspace_id = n.workspace_id AND e.id = n.last_event`)
	for ws, at := range points {
		w.of(ws).advance(at, nil)
	}
	for _, e := range last {
		w.of(e.Workspace).last = e
	}
	return err
}

// readPoints reads the counters of all workspaces.
func readPoints(c db.Conn) (map[lectern.WorkspaceID]point, error) {
	points := map[lectern.WorkspaceID]point{}
	err := db.Each(c, func(r db.Rows) error {
		var ws lectern.WorkspaceID
		var at point
		err := r.Scan(&ws, &at.event, &at.mark)
		points[ws] = at
		return err
	}, `SELECT workspace_id, last_event, mark FROM counter`)
	return points, err
}

// poll tells of the events of other processes until ctx ends.
func (d *DB) poll(ctx context.Context) {
	waker, _ := d.db.Engine.(db.Waker)
	var complained time.Time
	var took time.Duration // to look everywhere
	for {
		news, goOn := d.pause(ctx, waker, idleFactor*took)
		if !goOn {
			return
		}
		began := time.Now()
		err := d.look(ctx, news)
		if news == nil {
			took = time.Since(began)
		}
		if err != nil && ctx.Err() == nil && time.Since(complained) > complainEvery {
			complained = time.Now()
			d.log.Warn("cannot look for events of other processes", "error", err)
		}
	}
}

// pause waits until it is time to look for events, but at least for a time unless
// it is woken, and reports whether ctx goes on. It returns the workspaces in which there are some, or nil if there may be
// some anywhere. Waker is nil if the engine is none.
func (d *DB) pause(ctx context.Context, waker db.Waker, least time.Duration) (news []lectern.WorkspaceID, goOn bool) {
	every := pollEvery
	var wake <-chan struct{}
	if waker != nil {
		wake = waker.Wake()
		if waker.Listening() {
			every = listenEvery
		}
	}
	timer := time.NewTimer(max(every, least))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return nil, false
	case <-wake:
		if list, complete := waker.News(); complete {
			return append([]lectern.WorkspaceID{}, list...), true
		}
	case <-timer.C:
	}
	return nil, true
}

// look tells of the events that are new in some workspaces; nil is all. Where
// the database has fewer events than were told, it finds that out, too.
func (d *DB) look(ctx context.Context, workspaces []lectern.WorkspaceID) error {
	if workspaces == nil {
		var points map[lectern.WorkspaceID]point
		err := d.db.ReadOne(ctx, "read last events", func(c db.Conn) (err error) {
			points, err = readPoints(c)
			return err
		})
		if err != nil {
			return err
		}
		for _, ws := range d.watch.workspaces() {
			if _, there := points[ws]; !there {
				points[ws] = point{}
			}
		}
		for ws, at := range points {
			if d.watch.of(ws).point() != at {
				workspaces = append(workspaces, ws)
			}
		}
	}
	var err error
	for _, ws := range workspaces {
		err = errors.Join(err, d.catchUp(ctx, ws))
	}
	return err
}

// deliver tells of a committed transaction's events.
func (d *DB) deliver(t *tx) {
	if t.last.event == 0 {
		return // nothing happened
	}
	p := d.watch.of(t.by.Workspace)
	p.mu.Lock()
	follows := p.at == t.previous
	if follows {
		p.advance(t.last, t.events)
		d.tell(t.events)
	}
	p.mu.Unlock()
	if follows {
		return
	}
	// Another process wrote in between, or the events are told already.
	if err := d.catchUp(context.Background(), t.by.Workspace); err != nil {
		d.log.Error("cannot read events of other processes; they will be told later", "error", err)
	}
}

// catchUp tells of all events that a workspace has by now.
func (d *DB) catchUp(ctx context.Context, ws lectern.WorkspaceID) error {
	p := d.watch.of(ws)
	for {
		at, lost, err := d.tellNext(ctx, ws, p)
		if err != nil {
			return err
		}
		if lost {
			d.log.Error("the database has lost events; all that followed from them is read again", "workspace", ws, "now", at.event)
			d.forget()
			return nil
		}
		if p.point() == at {
			return nil
		}
	}
}

// tellNext tells of the next events of a workspace, at most eventsAtOnce, and
// returns the point up to which there are some. If the database has lost events
// that were told, it begins anew at that point, and reports so: a standby that
// did not have them became the primary, or a backup was restored under the
// running program. Their IDs are given again.
func (d *DB) tellNext(ctx context.Context, ws lectern.WorkspaceID, p *position) (now point, lost bool, err error) {
	p.mu.Lock() // before the state of the database is chosen
	defer p.mu.Unlock()
	var events []lectern.Event
	err = d.db.Read(ctx, "read new events", func(c db.Conn) (err error) {
		now, events = point{}, nil
		err = db.Each(c, func(r db.Rows) error { return r.Scan(&now.event, &now.mark) },
			`SELECT last_event, mark FROM counter WHERE workspace_id = $1`, ws)
		if err != nil || now == p.at {
			return err
		}
		// With the last one that was told, to see that it still is what it was.
		from := p.at.event + 1
		if p.last.ID != 0 {
			from = p.last.ID
		}
		events, err = db.All(c, scanEvent, `SELECT `+eventColumns+` FROM event e WHERE e.workspace_id = $1 AND e.id >= $2
			ORDER BY e.id LIMIT `+strconv.Itoa(eventsAtOnce+1), ws, from)
		return err
	})
	if err != nil || now == p.at {
		return now, false, err
	}
	full := len(events) > eventsAtOnce
	if p.last.ID != 0 {
		if len(events) == 0 || !same(events[0], p.last) {
			lost = true
		} else {
			events = events[1:]
		}
	}
	if lost || now.event <= p.at.event {
		p.last = lectern.Event{}
		p.known.clear()
		p.advance(now, nil)
		return now, true, nil
	}
	to := now
	if full && events[len(events)-1].ID < now.event {
		to = point{event: events[len(events)-1].ID}
	}
	p.advance(to, events)
	d.tell(events)
	return now, false, nil
}

// same reports whether two events with the same ID are one.
func same(a, b lectern.Event) bool {
	return a.ID == b.ID && a.At.Equal(b.At) && a.Kind == b.Kind && a.Object == b.Object && a.Admin == b.Admin && a.IP == b.IP
}

// tell calls the functions.
func (d *DB) tell(events []lectern.Event) {
	if len(events) == 0 {
		return
	}
	d.watch.telling.Lock()
	defer d.watch.telling.Unlock()
	for _, seen := range d.watch.seen {
		seen(slices.Clone(events))
	}
}

// forget drops whatever is kept until an event says that it has changed: events
// were lost.
func (d *DB) forget() {
	d.counts.anchors.clear()
	d.find.Clear()
	d.watch.telling.Lock()
	defer d.watch.telling.Unlock()
	for _, lost := range d.watch.lost {
		lost()
	}
}
