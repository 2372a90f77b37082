package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"lectern"
	"lectern/internal/store/db"
)

// record writes an event with an ID that take has taken for it. What happens to
// one object in one change is one event.
func (t *tx) record(kind lectern.EventKind, object int64, data lectern.EventData) error {
	if len(t.spare) == 0 {
		return errors.New("no ID was taken for the event " + string(kind))
	}
	if slices.ContainsFunc(t.events, func(e lectern.Event) bool {
		return e.Object == object && e.Kind == kind && e.Data.Tag == data.Tag
	}) {
		return fmt.Errorf("a second event %s of %d in one change", kind, object)
	}
	data.Token, data.Via = t.by.Token, t.by.Via
	e := lectern.Event{
		ID: t.spare[0], Workspace: t.by.Workspace, At: t.at, Kind: kind,
		Object: object, Admin: t.by.Admin, IP: t.by.IP, Data: data,
	}
	t.spare = t.spare[1:]
	text, err := json.Marshal(data)
	if err != nil {
		return err
	}
	err = t.do(`
		INSERT INTO event (workspace_id, id, at, kind, object, admin_id, ip, data)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		e.Workspace, e.ID, e.At.UnixMilli(), e.Kind, e.Object, e.Admin, e.IP, string(text))
	if err != nil {
		return err
	}
	t.events = append(t.events, e)
	return nil
}

// eventColumns are what scanEvent reads of the event called e.
const eventColumns = `e.workspace_id, e.id, e.at, e.kind, e.object, e.admin_id, e.ip, e.data`

func scanEvent(r db.Rows) (lectern.Event, error) {
	var e lectern.Event
	var at int64
	var data string
	err := r.Scan(&e.Workspace, &e.ID, &at, &e.Kind, &e.Object, &e.Admin, &e.IP, &data)
	if err != nil {
		return e, err
	}
	e.At = time.UnixMilli(at).UTC()
	if err := json.Unmarshal([]byte(data), &e.Data); err != nil {
		return e, fmt.Errorf("data of event %d: %w", e.ID, err)
	}
	return e, nil
}

// Events returns a page of what happened, newest first, and the exact number
// of events the query asks for.
func (d *DB) Events(ctx context.Context, ws lectern.WorkspaceID, q lectern.EventQuery) ([]lectern.Event, int, error) {
	var events []lectern.Event
	var total int
	err := d.db.Read(ctx, "list events", func(c db.Conn) (err error) {
		where, args := eventFilter(ws, q)
		if total, err = db.Count(c, `SELECT count(*) FROM event e WHERE `+where, args...); err != nil {
			return err
		}
		n := len(args)
		events, err = db.All(c, scanEvent, `SELECT `+eventColumns+` FROM event e WHERE `+where+`
			ORDER BY e.id DESC LIMIT $`+strconv.Itoa(n+1)+` OFFSET $`+strconv.Itoa(n+2),
			append(args, db.Limit(q.Limit), q.Offset)...)
		return err
	})
	return events, total, err
}

// eventFilter is the condition of a query for events, with its arguments.
func eventFilter(ws lectern.WorkspaceID, q lectern.EventQuery) (string, []any) {
	where := []string{`e.workspace_id = $1`}
	args := []any{ws}
	if !q.After.IsZero() {
		args = append(args, q.After.UnixMilli())
		where = append(where, `e.at >= $`+strconv.Itoa(len(args)))
	}
	if !q.Before.IsZero() {
		args = append(args, q.Before.UnixMilli())
		where = append(where, `e.at <= $`+strconv.Itoa(len(args)))
	}
	if len(q.Kinds) > 0 {
		kinds := db.Pad(q.Kinds)
		where = append(where, `e.kind IN (`+db.In(len(args)+1, len(kinds))+`)`)
		args = append(args, kinds...)
	}
	return strings.Join(where, ` AND `), args
}
