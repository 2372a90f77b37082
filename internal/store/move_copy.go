package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"lectern"
	"lectern/internal/store/db"
)

const (
	// moveRows and moveBytes bound what one transaction of a move copies; a row
	// that is longer by itself is copied alone.
	moveRows  = 2048
	moveBytes = 4 << 20
	// insertRows is how many rows one statement inserts, as long as there are
	// that many.
	insertRows = 16
	// moved is the position of a table that is copied.
	moved = "done"
)

// copyTables copies the tables, and then the references within each, since a
// row may refer to one that comes after it.
func (m *moving) copyTables(ctx context.Context) error {
	m.step.Doing = "copy"
	for _, t := range m.tables {
		m.step.Table = t.name
		if err := m.copyTable(ctx, &t, t.name, (*moving).insert); err != nil {
			return fmt.Errorf("copy table %s: %w", t.name, err)
		}
	}
	m.step.Doing, m.step.Done, m.step.Total = "connect", 0, 0
	for _, t := range m.tables {
		if len(t.within) == 0 {
			continue
		}
		m.step.Table = t.name
		if err := m.copyTable(ctx, &t, t.name+" within", (*moving).connect); err != nil {
			return fmt.Errorf("connect the rows of table %s: %w", t.name, err)
		}
	}
	return nil
}

// copyTable hands the rows of a table to put, some a transaction, from where the
// progress of that name says on.
func (m *moving) copyTable(ctx context.Context, t *table, name string, put func(*moving, *tx, *table, []record) error) error {
	position, copied, err := m.progress(ctx, name)
	if err != nil {
		return err
	}
	m.step.Done += copied
	for position != moved {
		rows, err := m.next(ctx, t, position)
		if err != nil {
			return err
		}
		next := moved
		if len(rows) > 0 {
			if next, err = encodeKey(t.keyOf(rows[len(rows)-1])); err != nil {
				return err
			}
		}
		err = m.to.write(ctx, lectern.ByInstallation(0, lectern.ViaCommand), lectern.MayRunInstallation, "write rows", func(tx *tx) error {
			if err := put(m, tx, t, rows); err != nil {
				return err
			}
			return advance(tx, name, position, next, len(rows))
		})
		if err != nil {
			return err
		}
		position = next
		m.step.Done += int64(len(rows))
		m.tell(m.step)
	}
	return nil
}

// progress reads how far a table is, and notes that it is begun.
func (m *moving) progress(ctx context.Context, name string) (position string, copied int64, err error) {
	err = m.to.write(ctx, lectern.ByInstallation(0, lectern.ViaCommand), lectern.MayRunInstallation, "read progress", func(t *tx) error {
		err := db.One(t, []any{&position, &copied}, `SELECT position, copied FROM move_progress WHERE workspace_id = 0 AND name = $1`, name)
		if errors.Is(err, sql.ErrNoRows) {
			position, copied = "", 0
			_, err = t.Exec(`INSERT INTO move_progress (workspace_id, name, copied, position) VALUES (0, $1, 0, '')`, name)
		}
		return err
	})
	return position, copied, err
}

// advance notes how far a table is. It is an error if that is not where this
// move left it.
func advance(t *tx, name, from, to string, rows int) error {
	n, err := t.Exec(`UPDATE move_progress SET position = $3, copied = copied + $4 WHERE workspace_id = 0 AND name = $1 AND position = $2`,
		name, from, to, rows)
	if err == nil && n == 0 {
		err = lectern.Conflictf("Another move into the same target is under way.")
	}
	return err
}

// next reads rows of the source after a position, in the order of their keys.
func (m *moving) next(ctx context.Context, t *table, position string) (list []record, err error) {
	text := `SELECT ` + t.names() + ` FROM ` + t.name
	args, err := decodeKey(position)
	if err != nil {
		return nil, err
	}
	key := strings.Join(t.key, ", ")
	if len(args) > 0 {
		text += ` WHERE (` + key + `) > (` + db.In(1, len(args)) + `)`
	}
	text += fmt.Sprintf(` ORDER BY %s LIMIT %d`, key, moveRows)
	err = m.from.db.Read(ctx, "read rows", func(c db.Conn) error {
		list = nil
		rows, err := c.Query(text, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for size := 0; size < moveBytes && rows.Next(); {
			v, err := t.scan(rows)
			if err != nil {
				return err
			}
			list = append(list, v)
			size += v.size()
		}
		return rows.Err()
	})
	return list, err
}

// size is about how many bytes a record takes.
func (v record) size() (n int) {
	for _, x := range v {
		n += 16
		switch x := x.(type) {
		case string:
			n += len(x)
		case []byte:
			n += len(x)
		}
	}
	return n
}

// insert adds rows without their references to rows of the same table.
func (m *moving) insert(tx *tx, t *table, rows []record) error {
	for _, v := range rows {
		if err := t.storable(v); err != nil {
			return err
		}
		for _, name := range t.within {
			v[t.at(name)] = nil
		}
	}
	for chunk := range slices.Chunk(rows, insertRows) {
		if len(chunk) < insertRows {
			for _, v := range chunk {
				if err := t.insert(tx, []record{v}); err != nil {
					return err
				}
			}
			return nil
		}
		if err := t.insert(tx, chunk); err != nil {
			return err
		}
	}
	return nil
}

// insert adds rows by one statement.
func (t *table) insert(c db.Conn, rows []record) error {
	width := len(t.columns)
	values := make([]string, len(rows))
	args := make([]any, 0, len(rows)*width)
	for i, v := range rows {
		values[i] = `(` + db.In(1+i*width, width) + `)`
		args = append(args, v...)
	}
	_, err := c.Exec(`INSERT INTO `+t.name+` (`+t.names()+`) VALUES `+strings.Join(values, ", "), args...)
	if err != nil {
		return fmt.Errorf("rows from %v to %v: %w", t.keyOf(rows[0]), t.keyOf(rows[len(rows)-1]), err)
	}
	return nil
}

// connect sets the references of rows to rows of the same table.
func (m *moving) connect(tx *tx, t *table, rows []record) error {
	for _, v := range rows {
		if err := t.storable(v); err != nil {
			return err
		}
		for _, name := range t.within {
			to := v[t.at(name)]
			if to == nil {
				continue
			}
			text, args := `UPDATE `+t.name+` SET `+name+` = $1 WHERE `, []any{to}
			for i, part := range t.keyOf(v) {
				if i > 0 {
					text += ` AND `
				}
				text += fmt.Sprintf("%s = $%d", t.key[i], i+2)
				args = append(args, part)
			}
			if _, err := tx.Exec(text, args...); err != nil {
				return err
			}
		}
	}
	return nil
}

// encodeKey writes the values of a key, numbers and texts, as one text.
func encodeKey(key []any) (string, error) {
	for _, v := range key {
		switch v.(type) {
		case int64, string:
		default:
			return "", fmt.Errorf("a key has a %T", v)
		}
	}
	text, err := json.Marshal(key)
	return string(text), err
}

// decodeKey reads what encodeKey wrote; the empty text is no key.
func decodeKey(position string) ([]any, error) {
	if position == "" {
		return nil, nil
	}
	d := json.NewDecoder(strings.NewReader(position))
	d.UseNumber()
	var key []any
	if err := d.Decode(&key); err != nil {
		return nil, fmt.Errorf("read a position: %w", err)
	}
	for i, v := range key {
		if n, ok := v.(json.Number); ok {
			whole, err := n.Int64()
			if err != nil {
				return nil, err
			}
			key[i] = whole
		}
	}
	return key, nil
}
