package store

import (
	"context"
	"maps"
	"slices"

	"lectern"
	"lectern/internal/store/db"
)

// collectionColumns are what scanCollection reads of the collection called c.
const collectionColumns = `c.id, c.help_center_id, COALESCE(c.parent_id, 0), c.position, c.icon, c.created_at, c.updated_at`

func scanCollection(r db.Rows) (*lectern.Collection, error) {
	c := &lectern.Collection{Texts: map[lectern.Locale]lectern.CollectionText{}}
	return c, r.Scan(&c.ID, &c.HelpCenter, &c.Parent, &c.Position, &c.Icon, db.Seconds(&c.CreatedAt), db.Seconds(&c.UpdatedAt))
}

// Collection finds one. It returns NotFound.
func (d *DB) Collection(ctx context.Context, ws lectern.WorkspaceID, id lectern.CollectionID) (found *lectern.Collection, err error) {
	err = d.db.Read(ctx, "read collection", func(c db.Conn) error {
		found, err = readCollection(c, ws, id)
		return err
	})
	return found, err
}

func readCollection(c db.Conn, ws lectern.WorkspaceID, id lectern.CollectionID) (*lectern.Collection, error) {
	found, err := db.First(c, scanCollection, `
		SELECT `+collectionColumns+` FROM collection c WHERE c.workspace_id = $1 AND c.id = $2`, ws, id)
	if err != nil {
		return nil, err
	}
	return found, addCollectionTexts(c, ws, []*lectern.Collection{found})
}

// addCollectionTexts fills in the texts of collections.
func addCollectionTexts(c db.Conn, ws lectern.WorkspaceID, list []*lectern.Collection) error {
	for chunk := range slices.Chunk(list, db.MaxIn) {
		byID := map[lectern.CollectionID]*lectern.Collection{}
		for _, x := range chunk {
			byID[x.ID] = x
		}
		ids := db.Pad(slices.Collect(maps.Keys(byID)))
		err := db.Each(c, func(r db.Rows) error {
			var id lectern.CollectionID
			var l lectern.Locale
			var t lectern.CollectionText
			if err := r.Scan(&id, &l, &t.Name, &t.Description); err != nil {
				return err
			}
			byID[id].Texts[l] = t
			return nil
		}, `SELECT collection_id, locale, name, description FROM collection_text
			WHERE workspace_id = $1 AND collection_id IN (`+db.In(2, len(ids))+`)`, append([]any{ws}, ids...)...)
		if err != nil {
			return err
		}
	}
	return nil
}

// Collections returns a page, in the order updated_at descending, ID
// descending, and the exact number of collections the query asks for.
func (d *DB) Collections(ctx context.Context, ws lectern.WorkspaceID, q lectern.CollectionQuery) ([]*lectern.Collection, int, error) {
	var list []*lectern.Collection
	var total int
	err := d.db.Read(ctx, "list collections", func(c db.Conn) (err error) {
		const where = ` FROM collection c
			WHERE c.workspace_id = $1 AND (CAST($2 AS BIGINT) = 0 OR c.help_center_id = $2)
				AND (CAST($3 AS BIGINT) = 0 OR $3 = CASE WHEN c.parent_id IS NULL THEN 1 ELSE 2 END) ` // see lectern.Level
		if total, err = db.Count(c, `SELECT count(*)`+where, ws, q.HelpCenter, q.Level); err != nil {
			return err
		}
		list, err = db.All(c, scanCollection, `SELECT `+collectionColumns+where+`
			ORDER BY c.updated_at DESC, c.id DESC LIMIT $4 OFFSET $5`, ws, q.HelpCenter, q.Level, db.Limit(q.Limit), q.Offset)
		if err != nil {
			return err
		}
		return addCollectionTexts(c, ws, list)
	})
	return list, total, err
}

// AddCollection creates a collection as edit asks, last among its siblings.
func (d *DB) AddCollection(ctx context.Context, by lectern.Actor, edit *lectern.CollectionEdit) (*lectern.Collection, error) {
	var x *lectern.Collection
	err := d.write(ctx, by, lectern.MayWriteArticles, "add collection", func(t *tx) error {
		x = &lectern.Collection{}
		h, err := t.placeCollection(x, edit)
		if err != nil {
			return err
		}
		before := cloneHelpCenter(h)
		if err := x.Apply(edit, h, t.now); err != nil {
			return err
		}
		id, err := t.take(1, 1+helpCenterEvents(before, h))
		if err != nil {
			return err
		}
		x.ID = lectern.CollectionID(id)
		if x.Position, err = t.nextPosition(x); err != nil {
			return err
		}
		_, err = t.Exec(`
			INSERT INTO collection (workspace_id, id, help_center_id, parent_id, position, icon, created_at, updated_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			by.Workspace, x.ID, x.HelpCenter, db.Null(x.Parent), x.Position, x.Icon, x.CreatedAt.Unix(), x.UpdatedAt.Unix())
		if err != nil {
			return err
		}
		return t.finishCollection(x, nil, h, before)
	})
	if err != nil {
		return nil, err
	}
	return x, nil
}

// finishCollection stores the texts that differ from old, the languages that
// were switched on, and the event. Old is nil for a new collection.
func (t *tx) finishCollection(x, old *lectern.Collection, h, before *lectern.HelpCenter) error {
	kind, data := lectern.CollectionCreated, lectern.EventData{Name: x.Text(h).Name}
	if old == nil {
		old = &lectern.Collection{}
	} else {
		kind, data.Moved = lectern.CollectionUpdated, x.Parent != old.Parent
	}
	for _, l := range slices.Sorted(maps.Keys(x.Texts)) {
		text := x.Texts[l]
		if was, ok := old.Texts[l]; ok && was == text {
			continue
		}
		_, err := t.Exec(`
			INSERT INTO collection_text (workspace_id, collection_id, locale, name, description)
			VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (workspace_id, collection_id, locale)
			DO UPDATE SET name = excluded.name, description = excluded.description`,
			t.by.Workspace, x.ID, l, text.Name, text.Description)
		if err != nil {
			return err
		}
	}
	if err := t.recordHelpCenter(h, before); err != nil {
		return err
	}
	return t.record(kind, int64(x.ID), data)
}

// UpdateCollection applies edit in one transaction, after check. See
// lectern.CollectionStore.
func (d *DB) UpdateCollection(ctx context.Context, by lectern.Actor, id lectern.CollectionID, edit *lectern.CollectionEdit, check func(*lectern.Collection, *lectern.HelpCenter) error) (*lectern.Collection, error) {
	var x *lectern.Collection
	err := d.write(ctx, by, lectern.MayWriteArticles, "update collection", func(t *tx) (err error) {
		if x, err = readCollection(t, by.Workspace, id); err != nil {
			return err
		}
		h, err := readHelpCenter(t, by.Workspace, x.HelpCenter)
		if err != nil {
			return err
		}
		if check != nil {
			if err := check(x, h); err != nil {
				return err
			}
		}
		old, before := *x, cloneHelpCenter(h)
		old.Texts = maps.Clone(x.Texts)
		if err := t.moveCollection(x, edit); err != nil {
			return err
		}
		if n := edit.Position; n != nil && (*n != old.Position || x.Parent != old.Parent && !edit.PutBack) {
			if err := t.placeAmong(x, *n); err != nil {
				return err
			}
		}
		if err := x.Apply(edit, h, t.now); err != nil {
			return err
		}
		if _, err := t.take(0, 1+helpCenterEvents(before, h)); err != nil {
			return err
		}
		_, err = t.Exec(`
			UPDATE collection SET parent_id = $3, position = $4, icon = $5, updated_at = $6 WHERE workspace_id = $1 AND id = $2`,
			by.Workspace, id, db.Null(x.Parent), x.Position, x.Icon, x.UpdatedAt.Unix())
		if err != nil {
			return err
		}
		return t.finishCollection(x, &old, h, before)
	})
	if err != nil {
		return nil, err
	}
	return x, nil
}

// DeleteCollection deletes a collection and its descendants, never an article:
// articles lose those parents. It returns NotFound.
func (d *DB) DeleteCollection(ctx context.Context, by lectern.Actor, id lectern.CollectionID) error {
	return d.write(ctx, by, lectern.MayWriteArticles, "delete collection", func(t *tx) error {
		x, err := readCollection(t, by.Workspace, id)
		if err != nil {
			return err
		}
		home, err := defaultHelpCenter(t, by.Workspace)
		if err != nil {
			return err
		}
		gone, err := t.subtree(x)
		if err != nil {
			return err
		}
		of, err := readHelpCenter(t, by.Workspace, x.HelpCenter)
		if err != nil {
			return err
		}
		if _, err := t.take(0, len(gone)+2); err != nil {
			return err
		}
		for _, statement := range []string{
			`DELETE FROM article_parent WHERE workspace_id = $1 AND collection_id IN (` + subtreeIDs + `)`,
			`DELETE FROM redirect WHERE workspace_id = $1 AND collection_id IN (` + subtreeIDs + `)`,
			`DELETE FROM collection_text WHERE workspace_id = $1 AND collection_id IN (` + subtreeIDs + `)`,
			`DELETE FROM collection WHERE workspace_id = $1 AND id IN (` + subtreeIDs + `)`,
		} {
			if _, err := t.Exec(statement, by.Workspace, id); err != nil {
				return err
			}
		}
		if x.HelpCenter != home.ID {
			before := cloneHelpCenter(home)
			if err := t.adopt(home); err != nil {
				return err
			}
			if err := t.recordHelpCenter(home, before); err != nil {
				return err
			}
		}
		if err := t.fade(of.ID, fading(of)); err != nil {
			return err
		}
		for _, g := range gone {
			if err := t.record(lectern.CollectionDeleted, int64(g.id), lectern.EventData{Name: g.name}); err != nil {
				return err
			}
		}
		return nil
	})
}
