package store

import (
	"context"

	"lectern"
	"lectern/internal/store/db"
)

func scanTag(r db.Rows) (*lectern.Tag, error) {
	g := &lectern.Tag{}
	return g, r.Scan(&g.ID, &g.Name)
}

// AddTag adds a tag, or returns the one that has this name already.
func (d *DB) AddTag(ctx context.Context, by lectern.Actor, name string) (*lectern.Tag, error) {
	var g *lectern.Tag
	err := d.write(ctx, by, lectern.MayWriteTags, "add tag", func(t *tx) error {
		old, err := t.tagNamed(name)
		if err != nil {
			return err
		}
		if old != nil {
			g = old
			return nil
		}
		id, err := t.take(1, 1)
		if err != nil {
			return err
		}
		g = &lectern.Tag{ID: lectern.TagID(id), Name: name}
		_, err = t.Exec(`INSERT INTO tag (workspace_id, id, name, name_folded) VALUES ($1, $2, $3, $4)`,
			by.Workspace, g.ID, name, fold(name))
		if err != nil {
			return err
		}
		return t.record(lectern.TagCreated, id, lectern.EventData{Name: name})
	})
	if err != nil {
		return nil, err
	}
	return g, nil
}

// tagNamed finds the tag with a name, in whichever case, or nil.
func (t *tx) tagNamed(name string) (*lectern.Tag, error) {
	found, err := db.All(t, scanTag, `
		SELECT id, name FROM tag WHERE workspace_id = $1 AND name_folded = $2`, t.by.Workspace, fold(name))
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}

// RenameTag gives a tag another name. It returns NotFound, or Conflict when
// another tag has the name.
func (d *DB) RenameTag(ctx context.Context, by lectern.Actor, id lectern.TagID, name string) (*lectern.Tag, error) {
	var g *lectern.Tag
	err := d.write(ctx, by, lectern.MayWriteTags, "rename tag", func(t *tx) (err error) {
		if g, err = readTag(t, by.Workspace, id); err != nil || g.Name == name {
			return err
		}
		other, err := t.tagNamed(name)
		if err != nil {
			return err
		}
		if other != nil && other.ID != id {
			return lectern.Conflictf("Another tag has the name %s.", other.Name)
		}
		if _, err := t.take(0, 1); err != nil {
			return err
		}
		_, err = t.Exec(`UPDATE tag SET name = $3, name_folded = $4 WHERE workspace_id = $1 AND id = $2`,
			by.Workspace, id, name, fold(name))
		if err != nil {
			return err
		}
		before := g.Name
		g.Name = name
		return t.record(lectern.TagUpdated, int64(id), lectern.EventData{Name: name, Before: before, After: name})
	})
	if err != nil {
		return nil, err
	}
	return g, nil
}

// Tag finds one. It returns NotFound.
func (d *DB) Tag(ctx context.Context, ws lectern.WorkspaceID, id lectern.TagID) (g *lectern.Tag, err error) {
	err = d.db.Read(ctx, "read tag", func(c db.Conn) error {
		g, err = readTag(c, ws, id)
		return err
	})
	return g, err
}

func readTag(c db.Conn, ws lectern.WorkspaceID, id lectern.TagID) (*lectern.Tag, error) {
	return db.First(c, scanTag, `SELECT id, name FROM tag WHERE workspace_id = $1 AND id = $2`, ws, id)
}

// Tags lists all, oldest first.
func (d *DB) Tags(ctx context.Context, ws lectern.WorkspaceID) ([]*lectern.Tag, error) {
	return db.List(ctx, d.db, "list tags", scanTag, `SELECT id, name FROM tag WHERE workspace_id = $1 ORDER BY id`, ws)
}

// DeleteTag removes a tag. It returns NotFound.
func (d *DB) DeleteTag(ctx context.Context, by lectern.Actor, id lectern.TagID) error {
	return d.write(ctx, by, lectern.MayWriteTags, "delete tag", func(t *tx) error {
		g, err := readTag(t, by.Workspace, id)
		if err != nil {
			return err
		}
		if _, err := t.take(0, 1); err != nil {
			return err
		}
		if _, err := t.Exec(`DELETE FROM tagging WHERE workspace_id = $1 AND tag_id = $2`, by.Workspace, id); err != nil {
			return err
		}
		if _, err := t.Exec(`DELETE FROM tag WHERE workspace_id = $1 AND id = $2`, by.Workspace, id); err != nil {
			return err
		}
		return t.record(lectern.TagDeleted, int64(id), lectern.EventData{Name: g.Name})
	})
}
