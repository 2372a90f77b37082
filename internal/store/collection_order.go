package store

import (
	"context"
	"slices"

	"lectern"
	"lectern/internal/store/db"
)

// CollectionOrder returns the order of what is right in a collection. See
// lectern.CollectionStore.
func (d *DB) CollectionOrder(ctx context.Context, ws lectern.WorkspaceID, id lectern.CollectionID) (o *lectern.Order, err error) {
	err = d.db.Read(ctx, "read order of collection", func(c db.Conn) error {
		x, err := readCollection(c, ws, id)
		if err != nil {
			return err
		}
		o, err = readOrder(c, ws, x.HelpCenter, id)
		return err
	})
	return o, err
}

// HelpCenterOrder returns the order of the collections at the top level. See
// lectern.CollectionStore.
func (d *DB) HelpCenterOrder(ctx context.Context, ws lectern.WorkspaceID, id lectern.HelpCenterID) (o *lectern.Order, err error) {
	err = d.db.Read(ctx, "read order of help center", func(c db.Conn) error {
		if _, err := readHelpCenter(c, ws, id); err != nil {
			return err
		}
		o, err = readOrder(c, ws, id, 0)
		return err
	})
	return o, err
}

// readOrder reads the order of what is right in a collection, or, for none, at
// the top level of a help center.
func readOrder(c db.Conn, ws lectern.WorkspaceID, h lectern.HelpCenterID, in lectern.CollectionID) (*lectern.Order, error) {
	o := &lectern.Order{}
	var err error
	if in != 0 {
		o.Articles, err = db.All(c, db.Scalar[lectern.ArticleID], `
			SELECT article_id FROM article_parent WHERE workspace_id = $1 AND collection_id = $2
			ORDER BY place, article_id`, ws, in)
		if err != nil {
			return nil, err
		}
	}
	o.Collections, err = db.All(c, db.Scalar[lectern.CollectionID], `
		SELECT id FROM collection WHERE workspace_id = $1 AND help_center_id = $2 AND COALESCE(parent_id, 0) = $3
		ORDER BY position, id`, ws, h, in)
	return o, err
}

// OrderCollection puts what first names before all else in a collection. See
// lectern.CollectionStore.
func (d *DB) OrderCollection(ctx context.Context, by lectern.Actor, id lectern.CollectionID, first lectern.Order) (o *lectern.Order, err error) {
	if err := first.Check(); err != nil {
		return nil, err
	}
	err = d.write(ctx, by, lectern.MayWriteArticles, "order collection", func(t *tx) error {
		x, err := readCollection(t, by.Workspace, id)
		if err != nil {
			return err
		}
		h, err := readHelpCenter(t, by.Workspace, x.HelpCenter)
		if err != nil {
			return err
		}
		if _, err := t.take(0, 1); err != nil {
			return err
		}
		if o, err = t.order(x.HelpCenter, id, first); err != nil {
			return err
		}
		_, err = t.Exec(`UPDATE collection SET updated_at = $3 WHERE workspace_id = $1 AND id = $2`, by.Workspace, id, t.now.Unix())
		if err != nil {
			return err
		}
		return t.record(lectern.CollectionUpdated, int64(id), lectern.EventData{Name: x.Text(h).Name})
	})
	if err != nil {
		return nil, err
	}
	return o, nil
}

// OrderHelpCenter puts the collections that first names before all others at the
// top level. See lectern.CollectionStore.
func (d *DB) OrderHelpCenter(ctx context.Context, by lectern.Actor, id lectern.HelpCenterID, first lectern.Order) (o *lectern.Order, err error) {
	if err := first.Check(); err != nil {
		return nil, err
	}
	err = d.write(ctx, by, lectern.MayWriteArticles, "order help center", func(t *tx) error {
		h, err := readHelpCenter(t, by.Workspace, id)
		if err != nil {
			return err
		}
		if _, err := t.take(0, 1); err != nil {
			return err
		}
		was, err := readOrder(t, by.Workspace, id, 0)
		if err != nil {
			return err
		}
		if o, err = t.order(id, 0, first); err != nil {
			return err
		}
		return t.record(lectern.HelpCenterUpdated, int64(id), lectern.EventData{
			Name: h.DisplayName, Before: inWords(was.Collections), After: inWords(o.Collections),
		})
	})
	if err != nil {
		return nil, err
	}
	return o, nil
}

// inWords says in which order collections stand, the first ten of them.
func inWords(ids []lectern.CollectionID) string {
	return "order of collections: " + joinIDs(ids[:min(len(ids), 10)])
}

// order puts what first names before all else in a collection, or, for none, at
// the top level of a help center, and returns the order that results.
func (t *tx) order(h lectern.HelpCenterID, in lectern.CollectionID, first lectern.Order) (*lectern.Order, error) {
	was, err := readOrder(t, t.by.Workspace, h, in)
	if err != nil {
		return nil, err
	}
	where := "in the collection"
	if in == 0 {
		where = "at the top level of the help center"
	}
	articles, err := ahead("article_ids", where, first.Articles, was.Articles)
	if err != nil {
		return nil, err
	}
	collections, err := ahead("collection_ids", where, first.Collections, was.Collections)
	if err != nil {
		return nil, err
	}
	if err := t.placeFirst(in, first.Articles); err != nil {
		return nil, err
	}
	for i, id := range collections {
		if len(first.Collections) == 0 {
			break
		}
		_, err := t.Exec(`
			UPDATE collection SET position = $3 WHERE workspace_id = $1 AND id = $2 AND position <> $3`, t.by.Workspace, id, i+1)
		if err != nil {
			return nil, err
		}
	}
	return &lectern.Order{Articles: articles, Collections: collections}, nil
}

// ahead is the list was with those in first put before all others. It returns
// Invalid for one that is not in was.
func ahead[T ~int64](field, where string, first, was []T) ([]T, error) {
	named, known := map[T]bool{}, map[T]bool{}
	for _, id := range was {
		known[id] = true
	}
	for _, id := range first {
		if !known[id] {
			return nil, lectern.Invalidf(field, "%s names %d, which is not %s", field, id, where)
		}
		named[id] = true
	}
	rest := slices.DeleteFunc(slices.Clone(was), func(id T) bool { return named[id] })
	return slices.Concat(first, rest), nil
}

// placeFirst gives articles places before those of all others in a collection,
// whose places stay.
func (t *tx) placeFirst(in lectern.CollectionID, articles []lectern.ArticleID) error {
	if len(articles) == 0 {
		return nil
	}
	least, err := db.Count(t, `
		SELECT COALESCE(min(place), 0) FROM article_parent WHERE workspace_id = $1 AND collection_id = $2`, t.by.Workspace, in)
	if err != nil {
		return err
	}
	for i, id := range articles {
		_, err := t.Exec(`
			UPDATE article_parent SET place = $4 WHERE workspace_id = $1 AND collection_id = $2 AND article_id = $3`,
			t.by.Workspace, in, id, least-len(articles)+i)
		if err != nil {
			return err
		}
	}
	return nil
}
