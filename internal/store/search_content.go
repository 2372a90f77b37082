package store

import (
	"context"
	"slices"

	"lectern"
	"lectern/internal/store/db"
	"lectern/internal/store/find"
)

// SearchContent returns a page of content of every kind. See
// lectern.ContentStore.
func (d *DB) SearchContent(ctx context.Context, ws lectern.WorkspaceID, q lectern.ContentQuery) ([]lectern.Content, int, error) {
	q.Offset, q.Limit = max(q.Offset, 0), max(q.Limit, 0)
	q.States, q.Kinds = unique(q.States), unique(q.Kinds)
	if len(q.States) == 0 {
		q.States = []lectern.State{lectern.Draft, lectern.Published}
	}
	if !slices.Contains(q.States, lectern.Published) { // which only articles can be other than
		q.Kinds = slices.DeleteFunc(q.Kinds, func(k lectern.ObjectKind) bool { return k != lectern.ArticleObject })
	}
	var list []lectern.Content
	var total int
	err := d.find.Read(ctx, "search content", func(c db.Conn) (err error) {
		if err := checkReferences(c, ws, q); err != nil || len(q.Kinds) == 0 {
			return err
		}
		ids, n, err := d.find.Content(c, ws, q)
		if err != nil {
			return err
		}
		total = n
		list, err = contents(c, ws, q.Kinds, ids)
		return err
	})
	return list, total, err
}

// checkReferences returns Invalid if the query names what does not exist.
func checkReferences(c db.Conn, ws lectern.WorkspaceID, q lectern.ContentQuery) error {
	tags := slices.Concat(slices.Concat(q.Tags...), q.NoTags)
	for _, x := range []struct {
		field, table string
		ids          []int64
	}{
		{"tag_ids", "tag", numbers(tags)}, {"folder_ids", "folder", numbers(q.Folders)},
		{"created_by_ids", "admin", numbers(q.CreatedBy)}, {"last_updated_by_ids", "admin", numbers(q.UpdatedBy)},
	} {
		found := 0
		err := db.EachOf(c, x.ids, func(db.Rows) error { found++; return nil }, `
			SELECT id FROM `+x.table+` WHERE workspace_id = $1 AND id IN `, ws)
		if err != nil {
			return err
		}
		if found < len(x.ids) {
			return &lectern.Error{Kind: lectern.Invalid, Field: x.field, Text: "Invalid or duplicated record reference", Err: lectern.Unknown}
		}
	}
	return nil
}

// numbers returns IDs as numbers, each once.
func numbers[T ~int64](ids []T) []int64 {
	out := make([]int64, len(ids))
	for i, id := range ids {
		out[i] = int64(id)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// contents reads what is shown of objects, in their order.
func contents(c db.Conn, ws lectern.WorkspaceID, kinds []lectern.ObjectKind, ids []int64) ([]lectern.Content, error) {
	found := make(map[int64]lectern.Content, len(ids))
	for _, kind := range kinds {
		read := titles
		if kind == lectern.ArticleObject {
			read = articleTitles
		}
		if err := read(c, ws, kind, ids, found); err != nil {
			return nil, err
		}
	}
	list := make([]lectern.Content, len(ids))
	for i, id := range ids {
		list[i] = found[id]
	}
	return list, nil
}

// titles adds the objects of a kind to found.
func titles(c db.Conn, ws lectern.WorkspaceID, kind lectern.ObjectKind, ids []int64, found map[int64]lectern.Content) error {
	return db.EachOf(c, ids, func(r db.Rows) error {
		x := lectern.Content{Object: lectern.Object{Kind: kind}}
		err := r.Scan(&x.ID, &x.Title)
		found[x.ID] = x
		return err
	}, `SELECT id, title FROM `+find.Tables[kind]+` WHERE workspace_id = $1 AND id IN `, ws)
}

// articleTitles adds the articles to found.
func articleTitles(c db.Conn, ws lectern.WorkspaceID, kind lectern.ObjectKind, ids []int64, found map[int64]lectern.Content) error {
	texts := map[int64][]lectern.ContentText{}
	err := db.EachOf(c, ids, func(r db.Rows) error {
		var id int64
		var t lectern.ContentText
		err := r.Scan(&id, &t.ID, &t.Locale, &t.Title)
		texts[id] = append(texts[id], t)
		return err
	}, `SELECT article_id, content_id, locale, title FROM article_text WHERE workspace_id = $1 AND article_id IN `, ws)
	if err != nil {
		return err
	}
	return db.EachOf(c, ids, func(r db.Rows) error {
		var home lectern.Locale
		x := lectern.Content{Object: lectern.Object{Kind: kind}}
		err := r.Scan(&x.ID, &home)
		x.Texts = texts[x.ID]
		order := append([]lectern.Locale{home}, lectern.Locales...)
		slices.SortFunc(x.Texts, func(a, b lectern.ContentText) int {
			return slices.Index(order, a.Locale) - slices.Index(order, b.Locale)
		})
		if len(x.Texts) > 0 {
			x.Title = x.Texts[0].Title
		}
		found[x.ID] = x
		return err
	}, `SELECT a.id, h.default_locale FROM article a JOIN help_center h ON h.workspace_id = a.workspace_id AND h.id = a.help_center_id
		WHERE a.workspace_id = $1 AND a.id IN `, ws)
}
