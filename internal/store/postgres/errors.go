package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"lectern"
)

// errClosed answers who comes after Close.
var errClosed = &lectern.Error{Kind: lectern.Unavailable, Text: "The database is closed."}

// Codes of PostgreSQL's appendix A that are told apart.
const (
	serializationFailure = "40001"
	deadlockDetected     = "40P01"
	lockNotAvailable     = "55P03"
	readOnly             = "25006"
	idleTransaction      = "25P03" // idle_in_transaction_session_timeout
	noRights             = "42501"
	noSuchDatabase       = "3D000"
	wrongPassword        = "28P01"
	notLetIn             = "28000"
	noSuchStatement      = "26000" // a prepared one
	sameStatement        = "42P05" // prepared twice
	featureNotSupported  = "0A000"
	alreadyThere         = "23505" // two processes made the same table at once
	dataCorrupted        = "XX001"
	indexCorrupted       = "XX002"
)

// code is what the server calls an error, or "".
func code(err error) string {
	var said *pgconn.PgError
	if errors.As(err, &said) {
		return said.Code
	}
	return ""
}

// class is the first two letters of a code.
func class(code string) string { return code[:min(2, len(code))] }

// Kind implements db.Engine.
func (e *engine) Kind(err error) lectern.Kind { return kind(err) }

// kind tells what passes by itself, which is Unavailable: a server that cannot
// be reached or stops, one without room, one that only reads since another took
// its place, a lock that is held for too long.
func kind(err error) lectern.Kind {
	c := code(err)
	switch {
	case c == "" && broken(err):
		return lectern.Unavailable
	case slices.Contains([]string{"08", "53", "57", "58"}, class(c)),
		c == readOnly, c == lockNotAvailable, c == idleTransaction, raced(err):
		return lectern.Unavailable
	}
	return ""
}

// Retry implements db.Engine.
func (e *engine) Retry(err error) bool { return raced(err) }

// raced reports whether a transaction failed only because of what another one,
// or a change of the schema, did at the same time.
func raced(err error) bool {
	var said *pgconn.PgError
	if !errors.As(err, &said) {
		return false
	}
	switch said.Code {
	case serializationFailure, deadlockDetected, noSuchStatement:
		return true
	case featureNotSupported: // a plan kept from before a change of the schema; the text is in the server's language
		return said.Routine == "RevalidateCachedQuery"
	}
	return false
}

// broken reports whether an error means that a connection cannot be made, is
// lost, or does not answer.
func broken(err error) bool {
	var connecting *pgconn.ConnectError
	var network net.Error
	switch {
	case err == nil:
		return false
	case errors.As(err, &connecting), errors.As(err, &network), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF),
		errors.Is(err, net.ErrClosed), errors.Is(err, context.DeadlineExceeded):
		return true
	}
	text := err.Error()
	return strings.Contains(text, "conn closed") || strings.Contains(text, "closed pool")
}

// passes reports whether a transaction that was not committed may run again on
// another connection at once.
func passes(err error) bool {
	c := code(err)
	return c == "" && broken(err) || class(c) == "08" || class(c) == "57" || c == readOnly || c == idleTransaction
}

// explain says in a sentence for whoever runs the server why it cannot be used.
func explain(err error) error {
	var said *pgconn.PgError
	if errors.As(err, &said) {
		switch said.Code {
		case noSuchDatabase:
			return fmt.Errorf("%s: create it first, with createdb or CREATE DATABASE", said.Message)
		case wrongPassword, notLetIn:
			return fmt.Errorf("the server does not let this user in: %s", said.Message)
		case noRights:
			return fmt.Errorf("the user lacks the privilege to do this: %s; it needs to create tables in the schema (GRANT CREATE ON SCHEMA)", said.Message)
		case noSuchStatement, sameStatement:
			return errors.New("a pooler gives each transaction another connection: add default_query_exec_mode=exec to the connection string")
		case lockNotAvailable:
			return errors.New("another program holds a lock on the database's tables; try again once it is done (see pg_stat_activity)")
		}
		return fmt.Errorf("the server says: %s (%s)", said.Message, said.Code)
	}
	var connecting *pgconn.ConnectError
	if errors.As(err, &connecting) {
		text := strings.ReplaceAll(connecting.Error(), "\n\t", "; ")
		if strings.Contains(text, "read only") {
			return fmt.Errorf("no server accepts writes (is it a standby? name the primary, or all hosts): %s", text)
		}
		return errors.New("no server can be reached: " + strings.TrimPrefix(text, "failed to connect to "))
	}
	return err
}
