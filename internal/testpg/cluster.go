package testpg

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Options say what server a test needs. The zero value is a durable one.
type Options struct {
	Fast     bool     // nothing is synced to the disk; for tests without crashes
	Settings []string // further server settings, each "name=value"
}

// A Cluster is a PostgreSQL server with a folder and a port of its own, on
// 127.0.0.1. Its databases sort by the rules of English, as many a server does,
// so that an order which leans on the server's is noticed.
type Cluster struct {
	*keeper
	port     int
	password string
	options  Options
	server   *process // nil while it is stopped
}

// superuser is the name of the superuser of every cluster.
const superuser = "lectern"

// patience is how long a server may take to start or stop.
const patience = time.Minute

// A Stop is a way to stop a server.
type Stop syscall.Signal

// Ways to stop a server.
const (
	Fast      = Stop(syscall.SIGINT)  // transactions are rolled back, data is written out
	Immediate = Stop(syscall.SIGQUIT) // every process ends at once; the next start recovers
	Kill      = Stop(syscall.SIGKILL) // as the kernel does when memory runs out
)

// Start runs a server for one test, which removes it when it ends.
func Start(t testing.TB, o Options) *Cluster {
	t.Helper()
	skipShort(t)
	c, err := start(o)
	if errors.Is(err, errNotFound) {
		unavailable(t, err)
	}
	if err != nil {
		t.Fatalf("start PostgreSQL: %v", err)
	}
	t.Cleanup(c.close)
	return c
}

// start makes a cluster and runs it.
func start(o Options) (*Cluster, error) {
	c, err := newCluster(o, rand.Text())
	if err != nil {
		return nil, err
	}
	secret := filepath.Join(c.folder, "password")
	err = os.WriteFile(secret, []byte(c.password), 0o600)
	if err == nil {
		err = c.own(secret)
	}
	if err == nil {
		err = c.run("initdb", "--pgdata="+c.data(), "--username="+superuser, "--pwfile="+secret, "--auth=scram-sha-256",
			"--no-sync", "--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en-US")
	}
	if err == nil {
		err = c.serve()
	}
	if err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

// newCluster takes a folder and a port for a server.
func newCluster(o Options, password string) (*Cluster, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	k, err := newKeeper()
	if err != nil {
		return nil, err
	}
	return &Cluster{keeper: k, port: port, password: password, options: o}, nil
}

// close stops the server and removes its folder.
func (c *Cluster) close() {
	if c.server != nil {
		c.server.stop(syscall.SIGQUIT)
		c.server = nil
	}
	c.keeper.close()
}

// DSN returns the URL of a database on the server, for its superuser.
func (c *Cluster) DSN(database string) string {
	return connectionURL(c.password, c.port, database)
}

// Address returns the server's host:port.
func (c *Cluster) Address() string { return address(c.port) }

// Database makes a fresh, empty database that is dropped when the test ends, and
// returns its URL.
func (c *Cluster) Database(t testing.TB) string {
	t.Helper()
	return freshDatabase(t, c.DSN("postgres"), "")
}

// Stop stops the server and waits until it has ended.
func (c *Cluster) Stop(t testing.TB, how Stop) {
	t.Helper()
	if c.server == nil {
		t.Fatal("the server is stopped already")
	}
	server := c.server
	c.server = nil
	if err := server.stop(syscall.Signal(how)); err != nil {
		t.Fatal(err)
	}
}

// Start runs a stopped server again, at the same address.
func (c *Cluster) Start(t testing.TB) {
	t.Helper()
	if c.server != nil {
		t.Fatal("the server is running already")
	}
	if err := c.serve(); err != nil {
		t.Fatal(err)
	}
}

// Restart stops the server and runs it again.
func (c *Cluster) Restart(t testing.TB, how Stop) {
	t.Helper()
	c.Stop(t, how)
	c.Start(t)
}

// serve runs the server and waits until it answers. After a kill the processes
// of the last one may need a moment to notice, so it tries again for a while.
func (c *Cluster) serve() error {
	args := []string{
		"-D", c.data(), "-p", strconv.Itoa(c.port), "-k", c.folder,
		"-c", "listen_addresses=127.0.0.1", "-c", "max_connections=400", "-c", "shared_buffers=128MB",
		"-c", "wal_keep_size=1GB", "-c", "log_min_messages=warning",
	}
	if c.options.Fast {
		args = append(args, "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
	}
	for _, s := range c.options.Settings {
		args = append(args, "-c", s)
	}
	path, err := program("postgres")
	if err != nil {
		return err
	}
	for deadline := time.Now().Add(patience); ; time.Sleep(100 * time.Millisecond) {
		server, err := c.keeper.start(path, args...)
		if err != nil {
			return err
		}
		if err = server.await(c.answers); err == nil {
			c.server = server
			return nil
		}
		server.stop(syscall.SIGQUIT)
		if !strings.Contains(err.Error(), "still in use") || time.Now().After(deadline) {
			return err
		}
	}
}

// answers returns nil if the server takes connections.
func (c *Cluster) answers(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, c.DSN("postgres"))
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

func (c *Cluster) data() string { return filepath.Join(c.folder, "data") }

func connectionURL(password string, port int, database string) string {
	u := url.URL{Scheme: "postgres", User: url.UserPassword(superuser, password), Host: address(port), Path: "/" + database}
	return u.String()
}

func address(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }

// freePort returns a port that nobody listens on.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}
