package postgres_test

import (
	"context"
	"crypto/rand"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgproto3"

	"lectern/internal/store"
	"lectern/internal/store/db"
	"lectern/internal/store/postgres"
	"lectern/internal/testpg"
)

// execute runs statements on a connection of its own.
func execute(t testing.TB, dsn string, statements ...string) {
	t.Helper()
	c, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(context.WithoutCancel(t.Context()))
	for _, s := range statements {
		if _, err := c.Exec(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// changed returns a connection URL with something changed.
func changed(t testing.TB, dsn string, change func(*url.URL)) string {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	change(u)
	return u.String()
}

// stranger makes a user without rights, and returns its name and the URL of its
// connection.
func stranger(t testing.TB, dsn string) (name, theirs string) {
	t.Helper()
	name = "lectern_" + strings.ToLower(rand.Text())
	execute(t, dsn, `CREATE ROLE `+name+` LOGIN PASSWORD 'secret'`)
	t.Cleanup(func() {
		c, err := pgx.Connect(context.Background(), dsn)
		if err != nil {
			t.Error(err)
			return
		}
		defer c.Close(context.Background())
		if _, err := c.Exec(context.Background(), `DROP OWNED BY `+name+`; DROP ROLE `+name); err != nil {
			t.Error(err)
		}
	})
	return name, changed(t, dsn, func(u *url.URL) { u.User = url.UserPassword(name, "secret") })
}

func TestADatabaseThatCannotBeUsedIsRefusedWithAClearSentence(t *testing.T) {
	dsn := testpg.DSN(t)
	foreign := testpg.DSN(t)
	_, without := stranger(t, dsn)
	execute(t, foreign, `CREATE TABLE recipe (name TEXT)`)
	for name, x := range map[string]struct{ dsn, says string }{
		"a text that is no URL":     {"postgres://user:hidden@host:port/x", "the connection string cannot be read"},
		"a text that is nothing":    {"hidden", "the connection string cannot be read"},
		"a port where nobody is":    {changed(t, dsn, func(u *url.URL) { u.Host = "127.0.0.1:1" }), "no server can be reached"},
		"a database that is not":    {changed(t, dsn, func(u *url.URL) { u.Path = "/none" }), "create it first"},
		"a user that is not":        {changed(t, dsn, func(u *url.URL) { u.User = url.UserPassword("nobody", "hidden") }), "does not let this user in"},
		"a user without rights":     {without, "lacks the privilege"},
		"another program's tables":  {foreign, "another program"},
		"a server that is too old":  {oldServer(t, "14.12"), "version 15 or newer is needed"},
		"a server that is no UTF-8": {oldServer(t, "16.1"), "ENCODING 'UTF8'"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := postgres.Open(t.Context(), x.dsn, postgres.Options{})
			if err == nil || !strings.Contains(err.Error(), x.says) {
				t.Errorf("error %v, want one that says %q", err, x.says)
			}
			if err != nil && (strings.Contains(err.Error(), "hidden") || strings.Contains(err.Error(), "secret")) {
				t.Errorf("the error tells the password: %v", err)
			}
		})
	}
}

func TestAUserWithoutTheRightToCreateTablesCanUseThem(t *testing.T) {
	dsn := testpg.DSN(t)
	by := setUp(t, node(t, dsn, store.Options{}))
	name, theirs := stranger(t, dsn)
	execute(t, dsn, `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO `+name)
	addTag(t, node(t, theirs, store.Options{}), by, "made without rights")
}

func TestALockThatKeepsAMigrationWaitingIsNamed(t *testing.T) {
	dsn := testpg.DSN(t)
	execute(t, dsn, db.MigrationsTable) // all files are still to be applied
	c, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(context.WithoutCancel(t.Context()))
	if _, err := c.Exec(t.Context(), `BEGIN`); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Exec(t.Context(), `LOCK TABLE schema_migrations IN EXCLUSIVE MODE`); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
	defer cancel()
	if _, err := postgres.Open(ctx, dsn, postgres.Options{}); err == nil || !strings.Contains(err.Error(), "holds a lock") {
		t.Errorf("error %v, want one about the lock", err)
	}
	if _, err := c.Exec(t.Context(), `ROLLBACK`); err != nil {
		t.Fatal(err)
	}
	setUp(t, node(t, dsn, store.Options{}))
}

func TestManyProcessesMayOpenAnEmptyDatabaseAtOnce(t *testing.T) {
	dsn := testpg.DSN(t)
	failed := make(chan error)
	const n = 6
	for range n {
		go func() {
			s, err := postgres.Open(t.Context(), dsn, postgres.Options{})
			if err == nil {
				err = s.Close()
			}
			failed <- err
		}()
	}
	for range n {
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
}

// oldServer is a server that lets everyone in, says that it is some version, in
// the encoding of an old one, and knows nothing else.
func oldServer(t *testing.T, version string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go greet(c, version)
		}
	}()
	return "postgres://lectern@" + l.Addr().String() + "/x?sslmode=disable"
}

func greet(c net.Conn, version string) {
	defer c.Close()
	b := pgproto3.NewBackend(c, c)
	if _, err := b.ReceiveStartupMessage(); err != nil {
		return
	}
	b.Send(&pgproto3.AuthenticationOk{})
	b.Send(&pgproto3.ParameterStatus{Name: "server_version", Value: version})
	b.Send(&pgproto3.ParameterStatus{Name: "server_encoding", Value: "SQL_ASCII"})
	b.Send(&pgproto3.ReadyForQuery{TxStatus: 'I'})
	if b.Flush() != nil {
		return
	}
	for {
		if _, err := b.Receive(); err != nil { // the question whether it accepts writes
			return
		}
		b.Send(&pgproto3.RowDescription{Fields: []pgproto3.FieldDescription{{Name: []byte("transaction_read_only"), DataTypeOID: 25, DataTypeSize: -1}}})
		b.Send(&pgproto3.DataRow{Values: [][]byte{[]byte("off")}})
		b.Send(&pgproto3.CommandComplete{CommandTag: []byte("SHOW")})
		b.Send(&pgproto3.ReadyForQuery{TxStatus: 'I'})
		if b.Flush() != nil {
			return
		}
	}
}
