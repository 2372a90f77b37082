package testpg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/jackc/pgx/v5"
)

// pooling is the configuration of PgBouncer: any database of one server, a
// connection of it for the length of a transaction.
const pooling = `[databases]
* = host=127.0.0.1 port=%d
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = %d
unix_socket_dir =
auth_type = scram-sha-256
auth_file = %s
pool_mode = transaction
max_client_conn = 1000
default_pool_size = 4
`

// A Pooler is a PgBouncer in transaction mode in front of a server. It has four
// connections to each database, so clients soon get one another's.
type Pooler struct {
	port     int
	password string
}

// Pooler runs PgBouncer in front of the server until the test ends.
func (c *Cluster) Pooler(t testing.TB) *Pooler {
	t.Helper()
	p, err := c.pooler(t)
	if errors.Is(err, errNotFound) {
		unavailable(t, fmt.Errorf("%w (on Debian: apt-get install pgbouncer)", err))
	}
	if err != nil {
		t.Fatalf("start PgBouncer: %v", err)
	}
	return p
}

func (c *Cluster) pooler(t testing.TB) (*Pooler, error) {
	path, err := pooler()
	if err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	k, err := newKeeper()
	if err != nil {
		return nil, err
	}
	t.Cleanup(k.close)
	config, users := filepath.Join(k.folder, "pgbouncer.ini"), filepath.Join(k.folder, "users.txt")
	for path, text := range map[string]string{
		config: fmt.Sprintf(pooling, c.port, port, users),
		users:  fmt.Sprintf("%q %q\n", superuser, c.password),
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			return nil, err
		}
		if err := k.own(path); err != nil {
			return nil, err
		}
	}
	server, err := k.start(path, config)
	if err != nil {
		return nil, err
	}
	p := &Pooler{port, c.password}
	return p, server.await(func(ctx context.Context) error {
		conn, err := pgx.Connect(ctx, p.DSN("postgres")+"?default_query_exec_mode=exec")
		if err != nil {
			return err
		}
		return conn.Close(ctx)
	})
}

// DSN returns the URL of a database of the server, by way of the pooler.
func (p *Pooler) DSN(database string) string {
	return connectionURL(p.password, p.port, database)
}

// Of returns the URL of the database that dsn names on the server, by way of the
// pooler.
func (p *Pooler) Of(t testing.TB, dsn string) string {
	t.Helper()
	c, err := pgx.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	return p.DSN(c.Database)
}
