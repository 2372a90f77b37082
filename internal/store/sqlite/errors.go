package sqlite

import (
	"errors"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"lectern"
)

// Kind implements db.Engine.
func (e *engine) Kind(err error) lectern.Kind {
	var failure *sqlite.Error
	if !errors.As(err, &failure) {
		return ""
	}
	switch failure.Code() & 0xff { // without what an extended code adds
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED, lib.SQLITE_FULL, lib.SQLITE_IOERR, lib.SQLITE_NOMEM, lib.SQLITE_READONLY:
		return lectern.Unavailable
	}
	return ""
}

// Retry implements db.Engine. Transactions run one after the other, so none
// loses a race.
func (e *engine) Retry(error) bool { return false }
