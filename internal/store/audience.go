package store

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"lectern"
	"lectern/internal/store/db"
)

const audienceColumns = `id, name, predicates, role_predicates, created_at, updated_at`

func scanAudience(r db.Rows) (*lectern.Audience, error) {
	a := &lectern.Audience{}
	var predicates, roles string
	err := r.Scan(&a.ID, &a.Name, &predicates, &roles, db.Seconds(&a.CreatedAt), db.Seconds(&a.UpdatedAt))
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(predicates), &a.Predicates); err != nil {
		return nil, fmt.Errorf("predicates of audience %d: %w", a.ID, err)
	}
	if err := json.Unmarshal([]byte(roles), &a.RolePredicates); err != nil {
		return nil, fmt.Errorf("role predicates of audience %d: %w", a.ID, err)
	}
	return a, nil
}

// Audience finds one. It returns NotFound.
func (d *DB) Audience(ctx context.Context, ws lectern.WorkspaceID, id lectern.AudienceID) (*lectern.Audience, error) {
	return db.Find(ctx, d.db, "read audience", scanAudience, `
		SELECT `+audienceColumns+` FROM audience WHERE workspace_id = $1 AND id = $2`, ws, id)
}

// Audiences returns a page, oldest first, and the exact number of audiences.
func (d *DB) Audiences(ctx context.Context, ws lectern.WorkspaceID, offset, size int) ([]*lectern.Audience, int, error) {
	var list []*lectern.Audience
	var total int
	err := d.db.Read(ctx, "list audiences", func(c db.Conn) (err error) {
		if total, err = db.Count(c, `SELECT count(*) FROM audience WHERE workspace_id = $1`, ws); err != nil {
			return err
		}
		list, err = db.All(c, scanAudience, `
			SELECT `+audienceColumns+` FROM audience WHERE workspace_id = $1 ORDER BY id LIMIT $2 OFFSET $3`,
			ws, db.Limit(size), offset)
		return err
	})
	return list, total, err
}

// AddAudience creates an audience as edit asks.
func (d *DB) AddAudience(ctx context.Context, by lectern.Actor, edit *lectern.AudienceEdit) (*lectern.Audience, error) {
	var a *lectern.Audience
	err := d.write(ctx, by, lectern.MayWriteArticles, "add audience", func(t *tx) error {
		a = &lectern.Audience{}
		if err := a.Apply(edit, t.now); err != nil {
			return err
		}
		id, err := t.take(1, 1)
		if err != nil {
			return err
		}
		a.ID = lectern.AudienceID(id)
		if err := t.saveAudience(a); err != nil {
			return err
		}
		return t.record(lectern.AudienceCreated, id, lectern.EventData{Name: a.Name})
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}

// UpdateAudience applies edit in one transaction, after check. See
// lectern.AudienceStore.
func (d *DB) UpdateAudience(ctx context.Context, by lectern.Actor, id lectern.AudienceID, edit *lectern.AudienceEdit, check func(*lectern.Audience) error) (*lectern.Audience, error) {
	var a *lectern.Audience
	err := d.write(ctx, by, lectern.MayWriteArticles, "update audience", func(t *tx) (err error) {
		if a, err = readAudience(t, by.Workspace, id); err != nil {
			return err
		}
		if check != nil {
			if err := check(a); err != nil {
				return err
			}
		}
		if err := a.Apply(edit, t.now); err != nil {
			return err
		}
		if _, err := t.take(0, 1); err != nil {
			return err
		}
		if err := t.saveAudience(a); err != nil {
			return err
		}
		return t.record(lectern.AudienceUpdated, int64(id), lectern.EventData{Name: a.Name})
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}

func readAudience(c db.Conn, ws lectern.WorkspaceID, id lectern.AudienceID) (*lectern.Audience, error) {
	return db.First(c, scanAudience, `
		SELECT `+audienceColumns+` FROM audience WHERE workspace_id = $1 AND id = $2`, ws, id)
}

// saveAudience stores an audience, a new one or one as it is now.
func (t *tx) saveAudience(a *lectern.Audience) error {
	predicates, err := json.Marshal(a.Predicates)
	if err != nil {
		return err
	}
	roles, err := json.Marshal(a.RolePredicates)
	if err != nil {
		return err
	}
	_, err = t.Exec(`
		INSERT INTO audience (workspace_id, `+audienceColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (workspace_id, id) DO UPDATE SET name = excluded.name, predicates = excluded.predicates,
			role_predicates = excluded.role_predicates, updated_at = excluded.updated_at`,
		t.by.Workspace, a.ID, a.Name, string(predicates), string(roles), a.CreatedAt.Unix(), a.UpdatedAt.Unix())
	return err
}

// DeleteAudience removes an audience, also from all that is meant for it. It
// returns NotFound.
func (d *DB) DeleteAudience(ctx context.Context, by lectern.Actor, id lectern.AudienceID) error {
	return d.write(ctx, by, lectern.MayWriteArticles, "delete audience", func(t *tx) error {
		a, err := readAudience(t, by.Workspace, id)
		if err != nil {
			return err
		}
		if _, err := t.take(0, 1); err != nil {
			return err
		}
		for _, statement := range []string{
			`DELETE FROM audience_of WHERE workspace_id = $1 AND audience_id = $2`,
			`DELETE FROM audience WHERE workspace_id = $1 AND id = $2`,
		} {
			if _, err := t.Exec(statement, by.Workspace, id); err != nil {
				return err
			}
		}
		return t.record(lectern.AudienceDeleted, int64(id), lectern.EventData{Name: a.Name})
	})
}

// checkAudiences returns lectern.UnknownAudiences if the workspace has no
// audience for some of ids. A long list with unknown ones is not read to its
// end: other writers are waiting.
func (t *tx) checkAudiences(ids []lectern.AudienceID) error {
	for chunk := range slices.Chunk(ids, db.MaxIn) {
		missing := map[lectern.AudienceID]bool{}
		for _, id := range chunk {
			missing[id] = true
		}
		err := db.EachOf(t, chunk, func(r db.Rows) error {
			id, err := db.Scalar[lectern.AudienceID](r)
			delete(missing, id)
			return err
		}, `SELECT id FROM audience WHERE workspace_id = $1 AND id IN`, t.by.Workspace)
		if err != nil {
			return err
		}
		if len(missing) > 0 {
			return lectern.UnknownAudiences(slices.Collect(maps.Keys(missing)))
		}
	}
	return nil
}

// setAudiences makes ids, each once and in this order, the audiences that an
// object is meant for; none means everyone. The object is anything with an ID:
// no two things share one. It returns lectern.UnknownAudiences.
func (t *tx) setAudiences(object int64, ids []lectern.AudienceID) error {
	if err := t.checkAudiences(ids); err != nil {
		return err
	}
	if err := t.dropAudiences(object); err != nil {
		return err
	}
	for i, id := range unique(ids) {
		_, err := t.Exec(`
			INSERT INTO audience_of (workspace_id, object_id, position, audience_id) VALUES ($1, $2, $3, $4)`,
			t.by.Workspace, object, i+1, id)
		if err != nil {
			return err
		}
	}
	return nil
}

// dropAudiences forgets whom an object was meant for, before it is deleted.
func (t *tx) dropAudiences(object int64) error {
	_, err := t.Exec(`DELETE FROM audience_of WHERE workspace_id = $1 AND object_id = $2`, t.by.Workspace, object)
	return err
}

// audiencesOf reads the audiences that objects are meant for, by the object's
// ID, each object's in their order. One that is meant for everyone has no entry.
func audiencesOf[T ~int64](c db.Conn, ws lectern.WorkspaceID, objects []T) (map[T][]lectern.AudienceID, error) {
	found := map[T][]lectern.AudienceID{}
	for chunk := range slices.Chunk(objects, db.MaxIn) {
		ids := db.Pad(chunk)
		err := db.Each(c, func(r db.Rows) error {
			var object T
			var id lectern.AudienceID
			if err := r.Scan(&object, &id); err != nil {
				return err
			}
			found[object] = append(found[object], id)
			return nil
		}, `SELECT object_id, audience_id FROM audience_of
			WHERE workspace_id = $1 AND object_id IN (`+db.In(2, len(ids))+`) ORDER BY object_id, position`,
			append([]any{ws}, ids...)...)
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}
