package postgres

import (
	"errors"
	"fmt"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	// oldest is the first version of PostgreSQL that the schema and the shared
	// statements are tested on.
	oldest = 15
	// connectTime bounds a connection attempt to one host, unless the
	// connection string has connect_timeout.
	connectTime = 5 * time.Second
	// statementTime bounds one statement. One that takes longer is as good as
	// lost: the server, or the way to it, has stopped answering.
	statementTime = 30 * time.Second
)

// parse reads a connection string and fills in what it leaves open.
func parse(dsn string) (*pgxpool.Config, error) {
	c, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("the connection string cannot be read (want postgres://user:password@host:port/database): %w", withoutSecrets(err))
	}
	if c.ConnConfig.ConnectTimeout == 0 || !strings.Contains(dsn, "connect_timeout") {
		c.ConnConfig.ConnectTimeout = connectTime
	}
	if !strings.Contains(dsn, "pool_max_conns") {
		c.MaxConns = int32(max(16, 4*runtime.GOMAXPROCS(0)))
	}
	if !strings.Contains(dsn, "target_session_attrs") {
		c.ConnConfig.ValidateConnect = pgconn.ValidateConnectTargetSessionAttrsReadWrite
	}
	if _, named := c.ConnConfig.RuntimeParams["application_name"]; !named {
		c.ConnConfig.RuntimeParams["application_name"] = "lectern"
	}
	return c, nil
}

// withoutSecrets is what is wrong with a connection string, without the string:
// it may hold a password, and pgx hides passwords only where it finds them.
func withoutSecrets(err error) error {
	var inner *pgconn.ParseConfigError
	if errors.As(err, &inner) {
		if cause := inner.Unwrap(); cause != nil {
			return errors.New(quoted.ReplaceAllString(cause.Error(), "…"))
		}
	}
	return errors.New("not a connection string")
}

// quoted finds what an error repeats of its cause.
var quoted = regexp.MustCompile("\"[^\"]*\"|`[^`]*`|'[^']*'")

// check says in a clear sentence why a server cannot be used.
func check(conn *pgx.Conn) error {
	version := conn.PgConn().ParameterStatus("server_version")
	if n, err := strconv.Atoi(digits.FindString(version)); err != nil || n < oldest {
		return fmt.Errorf("the server is PostgreSQL %s: version %d or newer is needed", version, oldest)
	}
	if coding := conn.PgConn().ParameterStatus("server_encoding"); coding != "" && coding != "UTF8" {
		return fmt.Errorf("the database has the encoding %s: make it with ENCODING 'UTF8'", coding)
	}
	return nil
}

// digits are those a version begins with: "15.18 (Debian)", "18beta1".
var digits = regexp.MustCompile(`^[0-9]+`)
