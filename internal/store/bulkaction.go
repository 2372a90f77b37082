package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"lectern"
	"lectern/internal/store/db"
)

// keepBulkActions is how long finished actions can be looked up.
const keepBulkActions = 30 * 24 * time.Hour

// AddBulkAction checks an action and stores it, with all its items pending.
func (d *DB) AddBulkAction(ctx context.Context, by lectern.Actor, asked *lectern.BulkAction) (*lectern.BulkAction, error) {
	var a *lectern.BulkAction
	err := d.write(ctx, by, lectern.MayActInBulk, "add bulk action", func(t *tx) error {
		a = new(*asked)
		a.Items = slices.Clone(asked.Items)
		if err := a.Check(); err != nil {
			return err
		}
		if err := t.checkGroups(a); err != nil {
			return err
		}
		if err := t.forgetBulkActions(t.now.Add(-keepBulkActions)); err != nil {
			return err
		}
		if err := t.putOriginalsLast(a); err != nil {
			return err
		}
		id, err := t.take(1, 1)
		if err != nil {
			return err
		}
		a.ID, a.CreatedAt = lectern.BulkActionID(id), t.now
		if err := t.insertBulkAction(a); err != nil {
			return err
		}
		return t.record(lectern.BulkActionCreated, id, lectern.EventData{Name: string(a.Verb)})
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}

// checkGroups refuses an action that names audiences or tags which do not exist.
func (t *tx) checkGroups(a *lectern.BulkAction) error {
	for _, x := range []struct {
		field, table, what string
		ids                []int64
	}{
		{"audience", "audience", "audience", numbers(slices.Concat(a.Audiences.Add, a.Audiences.Remove))},
		{"tags", "tag", "tag", numbers(slices.Concat(a.Tags.Add, a.Tags.Remove))},
	} {
		var found []int64
		err := db.EachOf(t, x.ids, func(r db.Rows) error {
			id, err := db.Scalar[int64](r)
			found = append(found, id)
			return err
		}, `SELECT id FROM `+x.table+` WHERE workspace_id = $1 AND id IN `, t.by.Workspace)
		if err != nil {
			return err
		}
		for _, id := range x.ids {
			if !slices.Contains(found, id) {
				return lectern.Invalidf(x.field, "%s names an unknown %s: %d", x.field, x.what, id)
			}
		}
	}
	return nil
}

// putOriginalsLast orders what is to be deleted: an article's text in the
// default locale can only go when no other is left.
func (t *tx) putOriginalsLast(a *lectern.BulkAction) error {
	if a.Verb != lectern.BulkDelete {
		return nil
	}
	var contents []int64
	for _, i := range a.Items {
		if i.Kind == lectern.ArticleTextObject {
			contents = append(contents, i.ID)
		}
	}
	original := map[int64]bool{}
	err := db.EachOf(t, contents, func(r db.Rows) error {
		id, err := db.Scalar[int64](r)
		original[id] = true
		return err
	}, `SELECT x.content_id FROM article_text x
		JOIN article a ON a.workspace_id = x.workspace_id AND a.id = x.article_id
		JOIN help_center h ON h.workspace_id = a.workspace_id AND h.id = a.help_center_id AND h.default_locale = x.locale
		WHERE x.workspace_id = $1 AND x.content_id IN `, t.by.Workspace)
	slices.SortStableFunc(a.Items, func(i, j lectern.BulkItem) int {
		switch a, b := original[i.ID], original[j.ID]; {
		case a == b:
			return 0
		case a:
			return 1
		}
		return -1
	})
	return err
}

// insertBulkAction stores an action with its items. One without items is
// finished.
func (t *tx) insertBulkAction(a *lectern.BulkAction) error {
	rest := *a
	rest.Items = nil
	data, err := json.Marshal(rest)
	if err != nil {
		return err
	}
	var finished any
	if len(a.Items) == 0 {
		a.FinishedAt, finished = t.now, t.now.Unix()
	}
	_, err = t.Exec(`
		INSERT INTO bulk_action (workspace_id, id, verb, data, admin_id, ip, pending, created_at, finished_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		t.by.Workspace, a.ID, a.Verb, string(data), t.by.Admin, t.by.IP, len(a.Items), a.CreatedAt.Unix(), finished)
	if err != nil {
		return err
	}
	for i := range a.Items {
		item := &a.Items[i]
		item.Outcome, item.Reason = lectern.BulkPending, ""
		_, err := t.Exec(`
			INSERT INTO bulk_item (workspace_id, action_id, position, object_kind, object_id, outcome, reason)
			VALUES ($1, $2, $3, $4, $5, $6, '')`, t.by.Workspace, a.ID, i+1, item.Kind, item.ID, item.Outcome)
		if err != nil {
			return err
		}
	}
	return nil
}

// forgetBulkActions deletes the actions that were finished before a time.
func (t *tx) forgetBulkActions(before time.Time) error {
	for _, statement := range []string{
		`DELETE FROM bulk_item WHERE workspace_id = $1 AND action_id IN (
			SELECT id FROM bulk_action WHERE workspace_id = $1 AND finished_at < $2)`,
		`DELETE FROM bulk_action WHERE workspace_id = $1 AND finished_at < $2`,
	} {
		if _, err := t.Exec(statement, t.by.Workspace, before.Unix()); err != nil {
			return err
		}
	}
	return nil
}

// BulkAction finds one, its items in the order in which they are done. It
// returns NotFound.
func (d *DB) BulkAction(ctx context.Context, ws lectern.WorkspaceID, id lectern.BulkActionID) (*lectern.BulkAction, error) {
	var a *lectern.BulkAction
	err := d.db.Read(ctx, "read bulk action", func(c db.Conn) (err error) {
		a, err = db.First(c, func(r db.Rows) (*lectern.BulkAction, error) {
			var data string
			var finished time.Time
			if err := r.Scan(&data, db.Seconds(&finished)); err != nil {
				return nil, err
			}
			a, err := readBulkData(data)
			if err == nil {
				a.ID, a.FinishedAt = id, finished
			}
			return a, err
		}, `SELECT data, finished_at FROM bulk_action WHERE workspace_id = $1 AND id = $2`, ws, id)
		if err != nil {
			return err
		}
		a.Items, err = db.All(c, func(r db.Rows) (i lectern.BulkItem, err error) {
			err = r.Scan(&i.Kind, &i.ID, &i.Outcome, &i.Reason)
			return i, err
		}, `SELECT object_kind, object_id, outcome, reason FROM bulk_item
			WHERE workspace_id = $1 AND action_id = $2 ORDER BY position`, ws, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}

func readBulkData(data string) (*lectern.BulkAction, error) {
	a := &lectern.BulkAction{}
	if err := json.Unmarshal([]byte(data), a); err != nil {
		return nil, fmt.Errorf("data of a bulk action: %w", err)
	}
	return a, nil
}
