package store

import (
	"context"
	"errors"
	"slices"

	"lectern"
	"lectern/internal/store/db"
	"lectern/internal/store/find"
)

// TagObject puts a tag on an object in the name of an admin. See
// lectern.TaggingStore.
func (d *DB) TagObject(ctx context.Context, by lectern.Actor, o lectern.Object, tag lectern.TagID, admin lectern.AdminID) (*lectern.Tagging, error) {
	if admin == 0 {
		admin = by.Admin
	}
	var g *lectern.Tagging
	err := d.write(ctx, by, lectern.MayWriteArticles, "tag object", func(t *tx) (err error) {
		if err := t.checkTagging(o, tag); err != nil {
			return err
		}
		if err := t.checkTeammate("admin_id", &admin); err != nil {
			return err
		}
		if _, err := t.applyTag(o, tag, admin); err != nil {
			return err
		}
		g, err = readTagging(t, by.Workspace, o, tag)
		return err
	})
	if err != nil {
		return nil, err
	}
	return g, nil
}

// UntagObject takes a tag off an object. It returns NotFound.
func (d *DB) UntagObject(ctx context.Context, by lectern.Actor, o lectern.Object, tag lectern.TagID) (*lectern.Tagging, error) {
	var g *lectern.Tagging
	err := d.write(ctx, by, lectern.MayWriteArticles, "untag object", func(t *tx) (err error) {
		if err := t.checkTagging(o, tag); err != nil {
			return err
		}
		if g, err = readTagging(t, by.Workspace, o, tag); err != nil {
			return err
		}
		_, err = t.removeTag(o, tag)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &lectern.Tagging{Tag: g.Tag}, nil
}

// checkTagging returns NotFound unless the object and the tag exist.
func (t *tx) checkTagging(o lectern.Object, tag lectern.TagID) error {
	table, ok := find.Tables[o.Kind]
	if !ok {
		return db.NotFound()
	}
	found, err := db.Exists(t, `SELECT 1 FROM `+table+` WHERE workspace_id = $1 AND id = $2`, t.by.Workspace, o.ID)
	if err != nil {
		return err
	}
	if !found {
		return db.NotFound()
	}
	_, err = readTag(t, t.by.Workspace, tag)
	return aboutTag(err)
}

// aboutTag makes it known that it is the tag which was not found.
func aboutTag(err error) error {
	if errors.Is(err, lectern.NotFound) {
		return &lectern.Error{Kind: lectern.NotFound, Field: "id", Text: "Tag not found"}
	}
	return err
}

// applyTag puts a tag on an object, both of which exist, and reports whether it
// was not on it before.
func (t *tx) applyTag(o lectern.Object, tag lectern.TagID, admin lectern.AdminID) (bool, error) {
	n, err := t.Exec(`
		INSERT INTO tagging (workspace_id, object_kind, object_id, tag_id, applied_at, applied_by)
		VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
		t.by.Workspace, o.Kind, o.ID, tag, t.now.Unix(), admin)
	if err != nil || n == 0 {
		return false, err
	}
	return true, t.recordTagging(lectern.TagApplied, o, tag)
}

// removeTag takes a tag off an object and reports whether it was on it.
func (t *tx) removeTag(o lectern.Object, tag lectern.TagID) (bool, error) {
	n, err := t.Exec(`
		DELETE FROM tagging WHERE workspace_id = $1 AND object_kind = $2 AND object_id = $3 AND tag_id = $4`,
		t.by.Workspace, o.Kind, o.ID, tag)
	if err != nil || n == 0 {
		return false, err
	}
	return true, t.recordTagging(lectern.TagRemoved, o, tag)
}

func (t *tx) recordTagging(kind lectern.EventKind, o lectern.Object, tag lectern.TagID) error {
	if _, err := t.take(0, 1); err != nil {
		return err
	}
	return t.record(kind, o.ID, lectern.EventData{ObjectKind: o.Kind, Tag: tag})
}

// untagAll takes all tags off an object that is being deleted; its own event
// says what happened.
func (t *tx) untagAll(o lectern.Object) error {
	_, err := t.Exec(`DELETE FROM tagging WHERE workspace_id = $1 AND object_kind = $2 AND object_id = $3`,
		t.by.Workspace, o.Kind, o.ID)
	return err
}

// readTagging reads one tag of an object. It returns NotFound about the tag.
func readTagging(c db.Conn, ws lectern.WorkspaceID, o lectern.Object, tag lectern.TagID) (*lectern.Tagging, error) {
	tags, err := taggingsOf(c, ws, o.Kind, []int64{o.ID})
	if err != nil {
		return nil, err
	}
	for _, g := range tags[o.ID] {
		if g.ID == tag {
			return &g, nil
		}
	}
	return nil, aboutTag(db.NotFound())
}

// taggingsOf reads the tags of objects of one kind, by the object's ID: in the
// order in which they were applied, those of the same second by the tag's ID.
func taggingsOf[T ~int64](c db.Conn, ws lectern.WorkspaceID, kind lectern.ObjectKind, ids []T) (map[T][]lectern.Tagging, error) {
	tags := map[T][]lectern.Tagging{}
	for chunk := range slices.Chunk(ids, db.MaxIn) {
		list := db.Pad(chunk)
		err := db.Each(c, func(r db.Rows) error {
			var id T
			var g lectern.Tagging
			if err := r.Scan(&id, &g.ID, &g.Name, db.Seconds(&g.AppliedAt), &g.AppliedBy); err != nil {
				return err
			}
			tags[id] = append(tags[id], g)
			return nil
		}, `SELECT t.object_id, g.id, g.name, t.applied_at, t.applied_by
			FROM tagging t JOIN tag g ON g.workspace_id = t.workspace_id AND g.id = t.tag_id
			WHERE t.workspace_id = $1 AND t.object_kind = $2 AND t.object_id IN (`+db.In(3, len(list))+`)
			ORDER BY t.applied_at, t.tag_id`, append([]any{ws, kind}, list...)...)
		if err != nil {
			return nil, err
		}
	}
	return tags, nil
}
