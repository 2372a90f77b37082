package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"math"
	"slices"
	"strings"

	"lectern"
	"lectern/internal/store/db"
)

// compare reads every table of both databases and returns what they have. It
// returns Conflict if they differ, which is so if the source was changed.
func (m *moving) compare(ctx context.Context) ([]MovedTable, error) {
	m.step.Doing, m.step.Done, m.step.Total = "compare", 0, 0
	var same []MovedTable
	for _, t := range m.tables {
		m.step.Table = t.name
		ours, err := m.sum(ctx, m.from, &t)
		if err != nil {
			return nil, fmt.Errorf("read table %s of the source: %w", t.name, err)
		}
		theirs, err := m.sum(ctx, m.to, &t)
		if err != nil {
			return nil, fmt.Errorf("read table %s of the target: %w", t.name, err)
		}
		if ours != theirs {
			return nil, lectern.Conflictf(
				"Table %s differs: the source has %d rows with checksum %s, the target %d with %s. Was the source changed during the move? Empty the target and begin again.",
				t.name, ours.Rows, ours.Checksum, theirs.Rows, theirs.Checksum)
		}
		same = append(same, ours)
		m.step.Done += ours.Rows
		m.tell(m.step)
	}
	return same, m.unchanged(ctx)
}

// unchanged returns Conflict if the source's counters have moved.
func (m *moving) unchanged(ctx context.Context) error {
	return m.from.db.Read(ctx, "read the source again", func(c db.Conn) error {
		now, err := readCounters(c)
		if err == nil && !slices.Equal(now, m.source) {
			err = lectern.Conflictf("The source was changed during the move. Stop every server on it, empty the target and begin again.")
		}
		return err
	})
}

// sum reads a table from its first row to its last.
func (m *moving) sum(ctx context.Context, d *DB, t *table) (MovedTable, error) {
	total := MovedTable{Name: t.name}
	digest := sha256.New()
	err := d.db.Read(ctx, "compare rows", func(c db.Conn) error {
		total.Rows = 0
		digest.Reset()
		return db.Each(c, func(r db.Rows) error {
			v, err := t.scan(r)
			if err != nil {
				return err
			}
			v.digest(digest)
			total.Rows++
			return ctx.Err()
		}, `SELECT `+t.names()+` FROM `+t.name+` ORDER BY `+strings.Join(t.key, ", "))
	})
	total.Checksum = hex.EncodeToString(digest.Sum(nil)[:16])
	return total, err
}

// digest adds the values to a hash so that no two different rows look alike.
func (v record) digest(h hash.Hash) {
	var head [9]byte
	put := func(kind byte, n uint64) {
		head[0] = kind
		binary.BigEndian.PutUint64(head[1:], n)
		h.Write(head[:])
	}
	for _, x := range v {
		switch x := x.(type) {
		case nil:
			put('0', 0)
		case int64:
			put('i', uint64(x))
		case float64:
			put('f', math.Float64bits(x))
		case string:
			put('t', uint64(len(x)))
			h.Write([]byte(x))
		case []byte:
			put('b', uint64(len(x)))
			h.Write(x)
		}
	}
}
