package db

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"

	"lectern"
)

// A Queue holds the transactions that wait for a connection of an engine. Those
// of one workspace are run in the order in which they came, by one worker at a
// time; workspaces take turns. What waits for a worker together is handed out as
// one Batch, to be committed together.
type Queue struct {
	closed error // answers who comes after Close
	most   int   // workers
	work   func(take func() *Batch)

	mu      sync.Mutex // guards all below
	lanes   map[lectern.WorkspaceID]*lane
	turns   []*lane // those with jobs that no worker serves, the next one first
	idle    []chan struct{}
	workers int
	ended   bool
	running sync.WaitGroup
}

// A lane is what waits of one workspace.
type lane struct {
	ws     lectern.WorkspaceID
	jobs   []*Job
	served bool
}

// A Job is a transaction that waits, or is run.
type Job struct {
	Ctx       context.Context // of whoever waits for it
	Err       error           // what became of it; final once it is answered
	fn        func(Conn) error
	committed func()
	answered  chan struct{}
}

// NewQueue returns a queue with up to most workers. A worker is started when a
// job would have to wait for one, and then stays. It takes batches until there
// are none, which take says with nil after Close. Closed answers whoever comes
// then.
func NewQueue(most int, closed error, worker func(take func() *Batch)) *Queue {
	return &Queue{most: most, closed: closed, work: worker, lanes: map[lectern.WorkspaceID]*lane{}}
}

// Do has a worker run fn for a workspace, and waits for what becomes of it. If
// fn is committed, committed is called first. A transaction that waits goes away
// with its context; one that has begun is finished.
func (q *Queue) Do(ctx context.Context, ws lectern.WorkspaceID, fn func(Conn) error, committed func()) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	j := &Job{Ctx: ctx, fn: fn, committed: committed, answered: make(chan struct{})}
	if !q.put(ws, j) {
		return q.closed
	}
	select {
	case <-j.answered:
	case <-ctx.Done():
		if q.remove(ws, j) {
			return ctx.Err()
		}
		<-j.answered
	}
	return j.Err
}

// put adds a job to the lane of its workspace. It reports false after Close.
func (q *Queue) put(ws lectern.WorkspaceID, j *Job) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.ended {
		return false
	}
	l := q.lanes[ws]
	if l == nil {
		l = &lane{ws: ws}
		q.lanes[ws] = l
	}
	l.jobs = append(l.jobs, j)
	if len(l.jobs) == 1 && !l.served {
		q.turns = append(q.turns, l)
		q.call()
	}
	return true
}

// call has a worker look for a batch: the one that rests since the shortest
// time, whose connection is most likely warm, or a new one.
func (q *Queue) call() {
	switch n := len(q.idle); {
	case n > 0:
		close(q.idle[n-1])
		q.idle = q.idle[:n-1]
	case q.workers < q.most:
		q.workers++
		q.running.Go(func() { q.work(q.take) })
	}
}

// remove takes back a job that no worker has.
func (q *Queue) remove(ws lectern.WorkspaceID, j *Job) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	l := q.lanes[ws]
	if l == nil {
		return false
	}
	i := slices.Index(l.jobs, j)
	if i < 0 {
		return false
	}
	l.jobs = slices.Delete(l.jobs, i, i+1)
	if len(l.jobs) == 0 && !l.served {
		q.turns = slices.DeleteFunc(q.turns, func(x *lane) bool { return x == l })
		delete(q.lanes, ws)
	}
	return true
}

// take waits for the next batch. It returns nil once there will be none.
func (q *Queue) take() *Batch {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.turns) == 0 {
		if q.ended {
			return nil
		}
		called := make(chan struct{})
		q.idle = append(q.idle, called)
		q.mu.Unlock()
		<-called
		q.mu.Lock()
	}
	l := q.turns[0]
	q.turns = slices.Delete(q.turns, 0, 1)
	l.served = true
	return &Batch{Workspace: l.ws, queue: q, lane: l}
}

// Waiting is how many jobs wait for a worker.
func (q *Queue) Waiting() (n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, l := range q.lanes {
		n += len(l.jobs)
	}
	return n
}

// Close takes no more jobs, and waits until those that wait are answered.
func (q *Queue) Close() {
	q.mu.Lock()
	q.ended = true
	for _, called := range q.idle {
		close(called)
	}
	q.idle = nil
	q.mu.Unlock()
	q.running.Wait()
}

// A Batch is what waits of one workspace. Until it is done, nobody else serves
// that workspace.
type Batch struct {
	Workspace lectern.WorkspaceID
	queue     *Queue
	lane      *lane
}

// Next returns the next job, or nil if none waits.
func (b *Batch) Next() *Job {
	b.queue.mu.Lock()
	defer b.queue.mu.Unlock()
	if len(b.lane.jobs) == 0 {
		return nil
	}
	j := b.lane.jobs[0]
	b.lane.jobs = slices.Delete(b.lane.jobs, 0, 1)
	return j
}

// Done lets the workspace be served again, after those that wait already. All
// jobs that were taken have been answered; the worker goes on to take a batch.
func (b *Batch) Done() {
	q, l := b.queue, b.lane
	q.mu.Lock()
	defer q.mu.Unlock()
	l.served = false
	if len(l.jobs) == 0 {
		delete(q.lanes, l.ws)
		return
	}
	q.turns = append(q.turns, l) // for this worker, which looks for a batch again
}

// Run runs the function of a job on c and notes its error. A panic is an error:
// one caller's mistake must not take the store from all others.
func (j *Job) Run(c Conn) {
	defer func() {
		if p := recover(); p != nil {
			j.Err = fmt.Errorf("panic in a transaction: %v\n%s", p, debug.Stack())
		}
	}()
	j.Err = j.fn(c)
}

// Answer tells the callers of some jobs what became of them. If they were not
// committed, for the given reason, even what one of them refused may rest on
// what another one did.
func Answer(jobs []*Job, err error) {
	for _, j := range jobs {
		if err != nil {
			j.Err = err
		}
		if j.Err == nil && j.committed != nil {
			j.committed()
		}
		close(j.answered)
	}
}
