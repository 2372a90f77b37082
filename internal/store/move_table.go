package store

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"lectern"
	"lectern/internal/store/db"
)

// A table is one that a move copies.
type table struct {
	name    string
	columns []db.Column // the order is that of the source
	key     []string    // columns of the primary key
	parents []string    // tables its rows refer to
	within  []string    // columns that refer to rows of the table itself, NULL if to none
}

// unmoved are the tables that a move leaves alone: those of the database itself
// and those of moments. The counters are moved last, by themselves.
var unmoved = []string{"schema_migrations", "counter", "move_progress", "rate_window", "lease"}

// tablesOf lists the tables that a move copies, parents before children.
func tablesOf(e db.Engine, c db.Conn) ([]table, error) {
	columns, err := e.Columns(c)
	if err != nil {
		return nil, fmt.Errorf("list tables: %w", err)
	}
	byName := map[string]*table{}
	for _, column := range columns {
		if slices.Contains(unmoved, column.Table) {
			continue
		}
		t := byName[column.Table]
		if t == nil {
			t = &table{name: column.Table}
			byName[column.Table] = t
		}
		t.add(column)
	}
	return sorted(byName)
}

// add adds a column and what it says of the table.
func (t *table) add(c db.Column) {
	t.columns = append(t.columns, c)
	if c.Key > 0 {
		for len(t.key) < c.Key {
			t.key = append(t.key, "")
		}
		t.key[c.Key-1] = c.Name
	}
	for parent := range strings.SplitSeq(c.Refers, ",") {
		switch {
		case parent == "" || slices.Contains(t.parents, parent):
		case parent != t.name:
			t.parents = append(t.parents, parent)
		case c.Key == 0:
			t.within = append(t.within, c.Name)
		}
	}
}

// sorted puts parents before children, and otherwise goes by name.
func sorted(byName map[string]*table) ([]table, error) {
	var list []table
	for len(byName) > 0 {
		var next []table
		for _, t := range byName {
			if !slices.ContainsFunc(t.parents, func(p string) bool { return byName[p] != nil }) {
				next = append(next, *t)
			}
		}
		if len(next) == 0 {
			return nil, errors.New("tables refer to one another in a circle")
		}
		slices.SortFunc(next, func(a, b table) int { return cmp.Compare(a.name, b.name) })
		for _, t := range next {
			delete(byName, t.name)
		}
		list = append(list, next...)
	}
	return list, nil
}

// sameTables returns an error if two databases do not have the same tables
// with the same columns.
func sameTables(a, b []table) error {
	names := func(list []table) (all []string) {
		for _, t := range list {
			for _, c := range t.columns {
				all = append(all, t.name+"."+c.Name)
			}
		}
		slices.Sort(all)
		return all
	}
	ours, theirs := names(a), names(b)
	for _, n := range ours {
		if !slices.Contains(theirs, n) {
			return fmt.Errorf("only the source has %s", n)
		}
	}
	for _, n := range theirs {
		if !slices.Contains(ours, n) {
			return fmt.Errorf("only the target has %s", n)
		}
	}
	return nil
}

// names are the columns, with commas between.
func (t *table) names() string {
	list := make([]string, len(t.columns))
	for i, c := range t.columns {
		list[i] = c.Name
	}
	return strings.Join(list, ", ")
}

// A record is the values of a row, in the order of the table's columns: int64,
// float64, string, []byte or nil.
type record []any

// scan reads a row.
func (t *table) scan(r db.Rows) (record, error) {
	v := make(record, len(t.columns))
	dest := make([]any, len(v))
	for i := range v {
		dest[i] = &v[i]
	}
	return v, r.Scan(dest...)
}

// keyOf are the values of a row's primary key.
func (t *table) keyOf(v record) []any {
	key := make([]any, len(t.key))
	for i, name := range t.key {
		key[i] = v[t.at(name)]
	}
	return key
}

// at is the place of a column.
func (t *table) at(name string) int {
	return slices.IndexFunc(t.columns, func(c db.Column) bool { return c.Name == name })
}

// storable returns Invalid, and names the row, if a text of it is none that every
// database can keep. Old versions of this program let such texts in.
func (t *table) storable(v record) error {
	for i, c := range t.columns {
		if text, ok := v[i].(string); ok && !db.Storable(text) {
			return lectern.Invalidf("", "The text %s.%s of the row where %s is not UTF-8 or has a NUL character, which not every database can keep. "+
				"Change it in the source, empty the target and begin again.", t.name, c.Name, t.where(v))
		}
	}
	return nil
}

// where names a row by its key, for people.
func (t *table) where(v record) string {
	parts := make([]string, len(t.key))
	for i, value := range t.keyOf(v) {
		parts[i] = fmt.Sprintf("%s = %#v", t.key[i], value)
	}
	return strings.Join(parts, ", ")
}
