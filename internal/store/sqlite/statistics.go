package sqlite

import "lectern/internal/store/db"

// Analyze implements db.Analyzer: SQLite gathers statistics of the tables that
// have none, or grew tenfold since. It looks at a few hundred rows of each index
// (analysis_limit, see openWriter), so that other writers do not wait long.
func (e *engine) Analyze(c db.Conn) error {
	_, err := c.Exec(`PRAGMA optimize(0x10002)`) // 2: ANALYZE; 0x10000: of every table
	return err
}
