package postgres

import (
	"context"
	"crypto/rand"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"lectern"
)

// channel is where a process that has committed something says so.
const channel = "lectern"

const notify = `SELECT pg_notify('` + channel + `', $1)`

const (
	// probeEvery is how often silence is told from deafness: a probe is sent on
	// another connection, and has to be heard within probeTime.
	probeEvery = 10 * time.Second
	probeTime  = 2 * time.Second
	// listenAgain is the pause before a connection that was lost, or never
	// heard anything, is made again.
	listenAgain = time.Second
	probe       = "probe "
)

// A listener hears when another process has committed something. It hears
// nothing through a pooler that gives each transaction another connection; so it
// only counts as listening while it hears its own probes.
//
// What it hears is "node workspace workspace …": who has committed something, and
// where. That is said after the commit, once for all commits since it was said
// last: in PostgreSQL those who say something within their transaction commit
// one after the other. If a process is killed before it has said so, the others
// find out when they look the next time.
type listener struct {
	config  *pgx.ConnConfig
	readers *readers
	node    string // this process, whose news is none

	wake chan struct{}
	up   atomic.Bool
	stop context.CancelFunc
	done sync.WaitGroup

	mu    sync.Mutex
	heard map[lectern.WorkspaceID]bool // since News was asked; nil if it may be any
	toSay map[lectern.WorkspaceID]bool // what this process has committed
	say   chan struct{}
}

func openListener(config *pgx.ConnConfig, r *readers) *listener {
	ctx, stop := context.WithCancel(context.Background())
	l := &listener{
		config: config, readers: r, node: rand.Text(), stop: stop,
		wake: make(chan struct{}, 1), say: make(chan struct{}, 1), toSay: map[lectern.WorkspaceID]bool{},
	}
	l.done.Go(func() { l.work(ctx) })
	l.done.Go(func() { l.speak(ctx) })
	return l
}

// Wake implements db.Waker.
func (l *listener) Wake() <-chan struct{} { return l.wake }

// News implements db.Waker.
func (l *listener) News() (workspaces []lectern.WorkspaceID, complete bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	workspaces, complete = slices.Collect(maps.Keys(l.heard)), l.heard != nil
	l.heard = map[lectern.WorkspaceID]bool{}
	return workspaces, complete
}

// Listening implements db.Waker.
func (l *listener) Listening() bool { return l.up.Load() }

// news wakes who waits, once for any number of news. Unless it is known where
// something was committed, it may be anywhere.
func (l *listener) news(payload string) {
	l.mu.Lock()
	_, where, _ := strings.Cut(payload, " ")
	for word := range strings.FieldsSeq(where) {
		ws, err := strconv.ParseInt(word, 10, 64)
		if err != nil {
			l.heard = nil
		}
		if l.heard != nil {
			l.heard[lectern.WorkspaceID(ws)] = true
		}
	}
	if where == "" {
		l.heard = nil
	}
	l.mu.Unlock()
	wake(l.wake)
}

// wake makes sure that a channel has a value.
func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// announce has the others told that this process has committed something.
func (l *listener) announce(ws lectern.WorkspaceID) {
	l.mu.Lock()
	l.toSay[ws] = true
	l.mu.Unlock()
	wake(l.say)
}

// speak tells the others until ctx ends. What cannot be said they find out by
// themselves.
func (l *listener) speak(ctx context.Context) {
	var conn *pgx.Conn
	defer func() {
		if conn != nil {
			conn.Close(context.WithoutCancel(ctx))
		}
	}()
	for {
		select {
		case <-l.say:
		case <-ctx.Done(): // once more
		}
		within, cancel := context.WithTimeout(context.WithoutCancel(ctx), connectTime)
		for payload := l.words(); payload != ""; payload = l.words() {
			if conn == nil || conn.IsClosed() {
				if conn, _ = pgx.ConnectConfig(within, l.config); conn == nil {
					break
				}
			}
			if _, err := conn.Exec(within, notify, payload); err != nil {
				conn.Close(within)
				break
			}
		}
		cancel()
		if ctx.Err() != nil {
			return
		}
	}
}

// maxSaid is how many workspaces one payload names; it may have 8000 bytes.
const maxSaid = 256

// words is what is to be said next, or "".
func (l *listener) words() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.toSay) == 0 {
		return ""
	}
	text := l.node
	said := 0
	for ws := range l.toSay {
		if said == maxSaid {
			break
		}
		said++
		delete(l.toSay, ws)
		text += " " + strconv.FormatInt(int64(ws), 10)
	}
	return text
}

// work listens until ctx ends.
func (l *listener) work(ctx context.Context) {
	for ctx.Err() == nil {
		_ = l.listen(ctx) // without a connection there is polling, which reports what is wrong
		l.up.Store(false)
		l.news("")
		select {
		case <-time.After(listenAgain):
		case <-ctx.Done():
		}
	}
}

// listen listens on one connection until it is lost or deaf.
func (l *listener) listen(ctx context.Context) error {
	conn, err := pgx.ConnectConfig(ctx, l.config)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, `LISTEN `+channel, pgx.QueryExecModeSimpleProtocol); err != nil {
		return err
	}
	l.news("") // for what was missed without a connection
	waiting, until := false, time.Now()
	for {
		said, err := waitUntil(ctx, conn, until)
		switch {
		case err == nil:
			waiting, until = false, time.Now().Add(probeEvery)
			l.up.Store(true)
			if !strings.HasPrefix(said.Payload, l.node) && !strings.HasPrefix(said.Payload, probe) {
				l.news(said.Payload)
			}
		case ctx.Err() != nil || !pgconn.Timeout(err):
			return err
		case waiting:
			return errors.New("a probe was not heard")
		default:
			if err := l.probe(ctx); err != nil {
				return err
			}
			waiting, until = true, time.Now().Add(probeTime)
		}
	}
}

// waitUntil waits for what another process says.
func waitUntil(ctx context.Context, conn *pgx.Conn, end time.Time) (*pgconn.Notification, error) {
	ctx, cancel := context.WithDeadline(ctx, end)
	defer cancel()
	return conn.WaitForNotification(ctx)
}

// probe says something that this process hears, on another connection.
func (l *listener) probe(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, connectTime)
	defer cancel()
	_, err := l.readers.primary.Exec(ctx, notify, probe+l.node)
	return err
}

// close ends the listening.
func (l *listener) close() {
	l.stop()
	l.done.Wait()
}
