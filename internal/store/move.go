package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"lectern"
	"lectern/internal/store/db"
)

// A move copies every row of one database into another one that is empty: IDs,
// times, events and counter included. It copies the tables one after the other,
// parents before children, some rows a transaction; move_progress, written in
// the same transactions, says where to go on after an interruption. In the end
// both databases are read once more and compared.
//
// The source is only read. Nobody may write to it meanwhile: the counter tells
// of changes early, and the comparison of any change at all.

// A MoveStep says how far a move has come.
type MoveStep struct {
	Doing string // "copy"; "connect" rows of one table; "compare"
	Table string
	Done  int64 // rows of this kind of work, of all tables
	Total int64
}

// A MovedTable is a table that both databases have alike.
type MovedTable struct {
	Name     string
	Rows     int64
	Checksum string // of all rows in the order of their keys, in hexadecimal
}

// ErrUnfinished says that a database holds a part of another one only.
var ErrUnfinished = errors.New("a move into this database was begun and is not finished")

// A moving is one move under way.
type moving struct {
	from, to *DB
	tell     func(MoveStep)
	tables   []table
	source   []counterRow
	finished bool // before it began: the target holds it all, and nothing since
	step     MoveStep
}

// A counterRow is the counter of a workspace, or of the installation.
type counterRow struct {
	ws                   lectern.WorkspaceID
	value                int64
	last, previous       int64
	mark, markOfPrevious int64
}

// Move copies everything in from to d, which is empty or holds the unfinished
// part of the same move, and tells of every step. If d holds the same move,
// finished, and nothing since, both are compared only. It returns what was compared
// in the end. It returns Conflict if d holds anything else, or if from was
// changed since the move began.
func (d *DB) Move(ctx context.Context, from *DB, tell func(MoveStep)) ([]MovedTable, error) {
	m := &moving{from: from, to: d, tell: tell}
	if err := m.begin(ctx); err != nil {
		return nil, err
	}
	if !m.finished {
		if err := m.copyTables(ctx); err != nil {
			return nil, err
		}
	}
	same, err := m.compare(ctx)
	if err != nil || m.finished {
		return same, err
	}
	return same, m.finish(ctx)
}

// Finished returns ErrUnfinished if a move into the database was begun and is
// not finished, and nil otherwise.
func (d *DB) Finished(ctx context.Context) error {
	return d.db.Read(ctx, "look for an unfinished move", func(c db.Conn) error {
		return finished(c)
	})
}

// finished returns ErrUnfinished if a part of a move is noted.
func finished(c db.Conn) error {
	found, err := db.Exists(c, `SELECT name FROM move_progress WHERE workspace_id = 0 AND name <> 'finished'`)
	if found {
		err = ErrUnfinished
	}
	return err
}

// begin finds out what is to be copied, and claims the target for it.
func (m *moving) begin(ctx context.Context) error {
	err := m.from.db.Read(ctx, "read the source", func(c db.Conn) (err error) {
		if m.source, err = readCounters(c); err != nil {
			return err
		}
		if m.tables, err = tablesOf(m.from.db.Engine, c); err != nil {
			return err
		}
		if err := finished(c); err != nil {
			return err
		}
		for _, t := range m.tables {
			n, err := db.Count(c, `SELECT count(*) FROM `+t.name)
			if err != nil {
				return err
			}
			m.step.Total += int64(n)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return m.to.write(ctx, lectern.ByInstallation(0, lectern.ViaCommand), lectern.MayRunInstallation, "claim the target", func(t *tx) error {
		theirs, err := tablesOf(m.to.db.Engine, t)
		if err != nil {
			return err
		}
		if err := sameTables(m.tables, theirs); err != nil {
			return err
		}
		return m.claim(t)
	})
}

// claim notes in the target what is moved there, unless that is noted already.
func (m *moving) claim(t *tx) error {
	mine := nameOf(m.source)
	var theirs string
	err := db.One(t, []any{&theirs}, `SELECT position FROM move_progress WHERE workspace_id = 0 AND name = 'source'`)
	if err == nil && theirs != mine {
		return lectern.Conflictf("The target holds an unfinished move of another database, or of this one before it was changed. Empty the target and begin again.")
	}
	if err == nil || !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if m.finished, err = m.finishedBefore(t, mine); m.finished || err != nil {
		return err
	}
	for _, table := range m.tables {
		found, err := db.Exists(t, `SELECT workspace_id FROM `+table.name+` WHERE workspace_id <> 0 LIMIT 1`)
		if err != nil {
			return err
		}
		if found {
			return lectern.Conflictf("The target is not empty: its table %s has rows. Move into a new database.", table.name)
		}
		// What a new database begins with, the source has, too.
		if _, err := t.Exec(`DELETE FROM ` + table.name + ` WHERE workspace_id = 0`); err != nil {
			return err
		}
	}
	_, err = t.Exec(`INSERT INTO move_progress (workspace_id, name, copied, position) VALUES (0, 'source', 0, $1)`, mine)
	return err
}

// finishedBefore reports whether the target holds the move of mine and nothing
// has changed there since: whoever finished it was perhaps killed before saying so.
func (m *moving) finishedBefore(c db.Conn, mine string) (bool, error) {
	noted, err := db.Exists(c, `SELECT name FROM move_progress WHERE workspace_id = 0 AND name = 'finished' AND position = $1`, mine)
	if err != nil || !noted {
		return false, err
	}
	counters, err := readCounters(c)
	return slices.Equal(counters, m.source), err
}

// finish gives the target the source's counters, and notes what was moved.
func (m *moving) finish(ctx context.Context) error {
	// Nobody is to be told of all that ever happened: positions are held until
	// they are where the counters are.
	held := map[lectern.WorkspaceID]*position{}
	for _, r := range m.source {
		held[r.ws] = m.to.watch.of(r.ws)
		held[r.ws].mu.Lock()
		defer held[r.ws].mu.Unlock()
	}
	err := m.to.db.Engine.Write(ctx, 0, func(c db.Conn) error {
		for _, r := range m.source {
			_, err := c.Exec(`
				INSERT INTO counter (workspace_id, value, last_event, previous_event, mark, previous_mark) VALUES ($1, $2, $3, $4, $5, $6)
				ON CONFLICT (workspace_id) DO UPDATE SET value = excluded.value`, r.ws, r.value, r.last, r.previous, r.mark, r.markOfPrevious)
			if err != nil {
				return err
			}
		}
		_, err := c.Exec(`DELETE FROM move_progress WHERE workspace_id = $1 AND name <> 'source'`, 0)
		if err == nil {
			_, err = c.Exec(`UPDATE move_progress SET name = 'finished' WHERE workspace_id = $1`, 0)
		}
		return err
	}, func() {
		for _, r := range m.source {
			held[r.ws].advance(point{lectern.EventID(r.last), r.mark}, nil)
		}
	})
	return m.to.db.Fault(ctx, "finish the move", err)
}

func readCounters(c db.Conn) ([]counterRow, error) {
	return db.All(c, func(r db.Rows) (x counterRow, err error) {
		err = r.Scan(&x.ws, &x.value, &x.last, &x.previous, &x.mark, &x.markOfPrevious)
		return x, err
	}, `SELECT workspace_id, value, last_event, previous_event, mark, previous_mark FROM counter ORDER BY workspace_id`)
}

// nameOf tells states of a database apart by its counters.
func nameOf(counters []counterRow) string {
	sum := sha256.Sum256(fmt.Append(nil, counters))
	return hex.EncodeToString(sum[:16])
}
