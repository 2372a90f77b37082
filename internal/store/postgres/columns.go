package postgres

import "lectern/internal/store/db"

// Columns implements db.Engine.
func (e *engine) Columns(c db.Conn) ([]db.Column, error) {
	rows, err := c.Query(`
		SELECT t.relname::text, a.attname::text, format_type(a.atttypid, NULL),
			COALESCE(array_position(k.conkey, a.attnum), 0)::bigint,
			COALESCE((SELECT string_agg(DISTINCT p.relname::text, ',')
				FROM pg_constraint f JOIN pg_class p ON p.oid = f.confrelid
				WHERE f.conrelid = t.oid AND f.contype = 'f' AND a.attnum = ANY (f.conkey)), '')
		FROM pg_class t
		JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
		LEFT JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'p'
		WHERE t.relkind IN ('r', 'p') AND t.relname <> 'commit_mark' AND t.relnamespace = current_schema()::regnamespace
		ORDER BY t.relname COLLATE "C", a.attnum`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []db.Column
	for rows.Next() {
		var c db.Column
		if err := rows.Scan(&c.Table, &c.Name, &c.Type, &c.Key, &c.Refers); err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, rows.Err()
}
