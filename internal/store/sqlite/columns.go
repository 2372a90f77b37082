package sqlite

import "lectern/internal/store/db"

// Columns implements db.Engine.
func (e *engine) Columns(c db.Conn) ([]db.Column, error) {
	rows, err := c.Query(`
		SELECT l.name, c.name, c.type, c.pk,
			COALESCE((SELECT group_concat(DISTINCT f."table") FROM pragma_foreign_key_list(l.name) f WHERE f."from" = c.name), '')
		FROM pragma_table_list l JOIN pragma_table_info(l.name) c
		WHERE l.schema = 'main' AND l.type = 'table' AND l.name NOT LIKE 'sqlite_%'
		ORDER BY l.name, c.cid`)
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
