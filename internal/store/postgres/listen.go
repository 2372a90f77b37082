package postgres

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// channel is where a process that has committed something says so.
const channel = "lectern"

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
type listener struct {
	config  *pgx.ConnConfig
	readers *readers
	name    string // of the writer of this process, whose news is none

	wake chan struct{}
	up   atomic.Bool
	stop context.CancelFunc
	done sync.WaitGroup
}

func openListener(config *pgx.ConnConfig, r *readers, name string) *listener {
	ctx, stop := context.WithCancel(context.Background())
	l := &listener{config: config, readers: r, name: name, wake: make(chan struct{}, 1), stop: stop}
	l.done.Go(func() { l.work(ctx) })
	return l
}

// Wake implements db.Waker.
func (l *listener) Wake() <-chan struct{} { return l.wake }

// Listening implements db.Waker.
func (l *listener) Listening() bool { return l.up.Load() }

// news wakes who waits, once for any number of news.
func (l *listener) news() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// work listens until ctx ends.
func (l *listener) work(ctx context.Context) {
	for ctx.Err() == nil {
		_ = l.listen(ctx) // without a connection there is polling, which reports what is wrong
		l.up.Store(false)
		l.news()
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
	l.news() // for what was missed without a connection
	waiting, until := false, time.Now()
	for {
		said, err := waitUntil(ctx, conn, until)
		switch {
		case err == nil:
			waiting, until = false, time.Now().Add(probeEvery)
			l.up.Store(true)
			if said.Payload != l.name && !strings.HasPrefix(said.Payload, probe) {
				l.news()
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
	_, err := l.readers.primary.Exec(ctx, `SELECT pg_notify('`+channel+`', $1)`, probe+l.name)
	return err
}

// close ends the listening.
func (l *listener) close() {
	l.stop()
	l.done.Wait()
}
