package store

import (
	"context"
	"crypto/rand"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"lectern"
	"lectern/internal/store/db"
	"lectern/internal/store/find"
)

// Some work is done by one process at a time: whoever does it owns it, by a
// lease in the database, and renews that. Each renewal counts the lease's beat.
// Another process takes the lease when it has seen the same beat for longer than
// the owner goes on without a renewal: so no clock is compared with another.
const (
	beatEvery = time.Second
	// ownFor is how long an owner goes on after a renewal it has begun.
	ownFor = 4 * time.Second
	// quietFor is how long a lease stands still before another process takes it.
	quietFor = 5 * time.Second
	// leaseTime bounds one look at the leases.
	leaseTime = 2 * time.Second
)

// leaseLane is where leases wait for a connection: not behind what is written for
// the whole installation.
const leaseLane lectern.WorkspaceID = -1

// owners is what this process knows of the leases.
type owners struct {
	me string // tells processes apart

	looking sync.Mutex // held by one look at a time

	mu     sync.Mutex // guards what follows
	wanted map[string]bool
	held   map[string]time.Time // until when
	seen   map[string]sighting
	doing  map[string]map[int]context.CancelFunc
	next   int
}

// A sighting is a lease of another process that stands still since a time.
type sighting struct {
	owner string
	beat  int64
	since time.Time
}

// An Owner is who does some work that one process does at a time.
type Owner struct {
	Work    string
	Owner   string // empty if nobody does; names mean nothing beyond telling processes apart
	Mine    bool
	Waiting int // how far the work is behind: texts that wait for it; zero for work that follows nothing
}

// Alone runs fn if this process is the one that does some work, and reports
// whether it is. The context of fn ends if that changes. What one process does is
// taken over by another within ten seconds after it was killed, and at once after
// it was closed. A database that no other process shares has one owner.
func (d *DB) Alone(ctx context.Context, work string, fn func(context.Context) error) (mine bool, err error) {
	if !d.Shared() {
		return true, fn(ctx)
	}
	o := &d.owners
	if o.want(work) {
		if err := d.lookAtLeases(ctx); err != nil {
			return false, err
		}
	}
	within, done, mine := o.begin(ctx, work)
	if !mine {
		return false, nil
	}
	defer done()
	err = fn(within)
	if err != nil && within.Err() != nil && ctx.Err() == nil {
		d.log.Warn("another process may have taken over what this one did alone", "work", work)
		return false, nil
	}
	return true, err
}

// Owners lists who does what, as the database has it, and how far that is behind.
func (d *DB) Owners(ctx context.Context) ([]Owner, error) {
	d.owners.mu.Lock()
	me := d.owners.me
	d.owners.mu.Unlock()
	list, err := db.List(ctx, d.db, "list owners", func(r db.Rows) (x Owner, err error) {
		err = r.Scan(&x.Work, &x.Owner)
		x.Mine = x.Owner == me && me != ""
		return x, err
	}, `SELECT name, owner FROM lease WHERE workspace_id = 0 ORDER BY name`)
	for i := range list {
		if list[i].Work == find.VectorWork && err == nil {
			list[i].Waiting, err = d.find.WithoutVector(ctx)
		}
	}
	return list, err
}

// want notes that this process would do some work, and reports whether that is
// new.
func (o *owners) want(work string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.wanted[work] {
		return false
	}
	if o.wanted == nil {
		o.me = rand.Text()
		o.wanted, o.held, o.seen = map[string]bool{}, map[string]time.Time{}, map[string]sighting{}
		o.doing = map[string]map[int]context.CancelFunc{}
	}
	o.wanted[work] = true
	return true
}

// begin returns a context for some work that this process owns; done says that
// it is done.
func (o *owners) begin(ctx context.Context, work string) (_ context.Context, done func(), mine bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !time.Now().Before(o.held[work]) {
		return ctx, nil, false
	}
	ctx, cancel := context.WithCancel(ctx)
	if o.doing[work] == nil {
		o.doing[work] = map[int]context.CancelFunc{}
	}
	o.next++
	n := o.next
	o.doing[work][n] = cancel
	return ctx, func() {
		cancel()
		o.mu.Lock()
		defer o.mu.Unlock()
		delete(o.doing[work], n)
	}, true
}

// beat renews leases, and takes those that are free, until ctx ends.
func (d *DB) beat(ctx context.Context) {
	tick := time.NewTicker(beatEvery)
	defer tick.Stop()
	var complained time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := d.lookAtLeases(ctx); err != nil && ctx.Err() == nil && time.Since(complained) > complainEvery {
			complained = time.Now()
			d.log.Warn("cannot renew what this process does alone; another one may take it over", "error", err)
		}
	}
}

// lookAtLeases renews those of this process and takes those that are free, among
// those it wants.
func (d *DB) lookAtLeases(ctx context.Context) error {
	o := &d.owners
	o.looking.Lock()
	defer o.looking.Unlock()
	o.mu.Lock()
	wanted := slices.Sorted(maps.Keys(o.wanted))
	o.mu.Unlock()
	if len(wanted) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, leaseTime)
	defer cancel()
	began := time.Now()
	var mine []string
	var others map[string]sighting
	err := d.db.WriteUnordered(ctx, leaseLane, "renew leases", func(c db.Conn) (err error) {
		others = map[string]sighting{}
		mine, err = db.All(c, db.Scalar[string], `
			UPDATE lease SET beat = beat + 1 WHERE workspace_id = 0 AND owner = $1 RETURNING name`, o.me)
		if err != nil {
			return err
		}
		err = db.Each(c, func(r db.Rows) error {
			var work string
			var x sighting
			err := r.Scan(&work, &x.owner, &x.beat)
			others[work] = x
			return err
		}, `SELECT name, owner, beat FROM lease WHERE workspace_id = 0`)
		if err != nil {
			return err
		}
		for _, work := range wanted {
			x, known := others[work]
			if x.owner == o.me || known && !o.quiet(work, x) {
				continue
			}
			taken, err := takeLease(c, work, o.me, known, x)
			if err != nil {
				return err
			}
			if taken {
				mine = append(mine, work)
			}
		}
		return nil
	})
	for _, work := range o.note(began, err == nil, mine, others) {
		d.log.Info("this process now does alone", "work", work)
	}
	return err
}

// takeLease takes a lease from whoever had it at a sighting, and reports whether
// nobody was faster.
func takeLease(c db.Conn, work, me string, known bool, was sighting) (bool, error) {
	text := `INSERT INTO lease (workspace_id, name, owner, beat) VALUES (0, $1, $2, $3) ON CONFLICT (workspace_id, name) DO NOTHING`
	args := []any{work, me, was.beat + 1}
	if known {
		text = `UPDATE lease SET owner = $2, beat = $3 WHERE workspace_id = 0 AND name = $1 AND owner = $4 AND beat = $5`
		args = append(args, was.owner, was.beat)
	}
	n, err := c.Exec(text, args...)
	return n == 1, err
}

// quiet reports whether a lease is free: released, or as it was long ago.
func (o *owners) quiet(work string, x sighting) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	was := o.seen[work]
	return x.owner == "" || was.owner == x.owner && was.beat == x.beat && time.Since(was.since) > quietFor
}

// note remembers what a look at the leases, begun at a time, has found, and
// returns what is this process's now and was not. What is no longer, it ends.
func (o *owners) note(began time.Time, looked bool, mine []string, others map[string]sighting) (taken []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	now := time.Now()
	if looked {
		for work, x := range others {
			if was := o.seen[work]; was.owner != x.owner || was.beat != x.beat {
				x.since = now
				o.seen[work] = x
			}
		}
		for work := range o.held {
			if !slices.Contains(mine, work) {
				o.held[work] = time.Time{}
			}
		}
		for _, work := range mine {
			if o.held[work].IsZero() {
				taken = append(taken, work)
			}
			o.held[work] = began.Add(ownFor)
		}
	}
	for work, cancels := range o.doing {
		if !now.Before(o.held[work]) {
			for _, cancel := range cancels {
				cancel()
			}
		}
	}
	return taken
}

// release gives back what this process owns, so that others take it at once.
func (d *DB) release() error {
	o := &d.owners
	o.mu.Lock()
	me := o.me
	o.mu.Unlock()
	if me == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), leaseTime)
	defer cancel()
	err := d.db.WriteUnordered(ctx, leaseLane, "give back leases", func(c db.Conn) error {
		_, err := c.Exec(`UPDATE lease SET owner = '' WHERE workspace_id = 0 AND owner = $1`, me)
		return err
	})
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, lectern.Unavailable) {
		return nil // others take it soon
	}
	return err
}
