package store

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"lectern"
	"lectern/internal/store/db"
	"lectern/internal/store/find"
)

// Popular returns the listed articles viewed most. See lectern.ReaderStore.
func (d *DB) Popular(ctx context.Context, in lectern.Visit, n int) (rows []lectern.ArticleRow, err error) {
	n = max(0, min(n, lectern.MaxReaderRows))
	err = d.visit(ctx, "read popular articles", in, func(v *visit) error {
		ids, err := v.listedIDs(n, `article_count r JOIN article a ON a.workspace_id = r.workspace_id AND a.id = r.article_id`,
			`r.workspace_id = $1 AND r.recent > 0`, `r.recent DESC, r.article_id DESC`)
		if err != nil {
			return err
		}
		rows, err = v.listedRows(ids)
		return err
	})
	return rows, err
}

// listedIDs finds the first n articles of a list that are listed.
func (v *visit) listedIDs(n int, from, where, order string) ([]lectern.ArticleID, error) {
	return db.All(v, db.Scalar[lectern.ArticleID], `
		SELECT a.id FROM `+from+` WHERE `+where+` AND a.help_center_id = $2 AND EXISTS (
			SELECT 1 FROM article_text t WHERE t.workspace_id = a.workspace_id AND t.article_id = a.id
				AND t.locale IN ($3, $4) AND `+find.OpenText+`)
			AND `+inShown(`a.id`, `$3`, `$4`)+`
		ORDER BY `+order+` LIMIT $5`, v.Workspace, v.HelpCenter, v.Locale, v.home.DefaultLocale, n)
}

// Latest returns the listed articles updated last. See lectern.ReaderStore.
func (d *DB) Latest(ctx context.Context, in lectern.Visit, collection lectern.CollectionID, n int) (rows []lectern.ArticleRow, err error) {
	n = max(0, min(n, lectern.MaxReaderRows))
	err = d.visit(ctx, "read latest articles", in, func(v *visit) error {
		if collection != 0 {
			rows, err = v.latestOf(collection, n)
			return err
		}
		ids, err := db.All(v, db.Scalar[lectern.ArticleID], `
			SELECT t.article_id FROM article_text t
			JOIN article a ON a.workspace_id = t.workspace_id AND a.id = t.article_id
			WHERE t.workspace_id = $1 AND t.locale = $2 AND a.help_center_id = $3 AND `+find.OpenText+`
				AND `+inShown(`t.article_id`, `$2`, `$4`)+`
			ORDER BY t.updated_at DESC, t.article_id DESC LIMIT $5`,
			v.Workspace, v.Locale, v.HelpCenter, v.home.DefaultLocale, n)
		if err != nil {
			return err
		}
		rows, err = v.listedRows(ids)
		return err
	})
	return rows, err
}

// latestOf is Latest of one collection and its descendants.
func (v *visit) latestOf(id lectern.CollectionID, n int) ([]lectern.ArticleRow, error) {
	if err := v.readNodes(); err != nil {
		return nil, err
	}
	v.grow()
	collection := v.nodes[id]
	if collection == nil || !collection.shown() {
		return nil, db.NotFound()
	}
	list, err := v.within(collection)
	if err != nil {
		return nil, err
	}
	all := make([]lectern.ArticleID, len(list))
	for i, x := range list {
		all[i] = x.article
	}
	texts, err := v.texts(unique(all))
	if err != nil {
		return nil, err
	}
	maps.DeleteFunc(texts, func(_ lectern.ArticleID, x lectern.ArticleRow) bool { return x.Locale != v.Locale })
	ids := slices.SortedFunc(maps.Keys(texts), func(a, b lectern.ArticleID) int {
		return cmp.Or(texts[b].UpdatedAt.Compare(texts[a].UpdatedAt), cmp.Compare(b, a))
	})
	return v.listedRows(ids[:min(n, len(ids))])
}

// PublicTexts returns a page of the texts of listed articles. See
// lectern.ReaderStore.
func (d *DB) PublicTexts(ctx context.Context, in lectern.Visit, q lectern.PublicQuery) (list []lectern.PublicText, err error) {
	err = d.visit(ctx, "read public texts", in, func(v *visit) error {
		locales := v.home.Locales
		if q.Locale != "" {
			if !slices.Contains(locales, q.Locale) {
				return nil
			}
			locales = []lectern.Locale{q.Locale}
		}
		list, err = v.publicTexts(locales, q)
		return err
	})
	return list, err
}

func (v *visit) publicTexts(locales []lectern.Locale, q lectern.PublicQuery) ([]lectern.PublicText, error) {
	body := `''`
	if q.Bodies {
		body = `t.body`
	}
	among := db.Pad(locales)
	args := append([]any{v.Workspace, v.HelpCenter, v.home.DefaultLocale, q.After.Article, q.After.Locale,
		max(0, min(q.Limit, lectern.MaxReaderRows))}, among...)
	// first is something of the first collection that shows the text.
	first := func(column string) string {
		return `(SELECT ` + column + ` FROM article_parent p JOIN collection_text x
			ON x.workspace_id = p.workspace_id AND x.collection_id = p.collection_id
			WHERE p.workspace_id = $1 AND p.article_id = t.article_id AND x.locale IN (t.locale, $3) AND x.name <> ''
			ORDER BY p.position LIMIT 1)`
	}
	return db.All(v, func(r db.Rows) (x lectern.PublicText, err error) {
		err = r.Scan(&x.Article, &x.Locale, &x.Title, &x.Description, &x.Body, &x.Author, &x.Collection, &x.Place,
			db.Seconds(&x.UpdatedAt), db.Seconds(&x.PublishedAt))
		return x, err
	}, `SELECT t.article_id, t.locale, `+titleShown(`$3`)+`, t.description, `+body+`, t.author_id, `+first(`p.collection_id`)+`, `+first(`p.place`)+`,
			t.updated_at, t.published_at
		FROM article_text t JOIN article a ON a.workspace_id = t.workspace_id AND a.id = t.article_id
		WHERE t.workspace_id = $1 AND a.help_center_id = $2
			AND (t.article_id, t.locale) > ($4, $5)
			AND t.locale IN (`+db.In(7, len(among))+`) AND `+find.OpenText+` AND `+inShown(`t.article_id`, `t.locale`, `$3`)+`
		ORDER BY t.article_id, t.locale LIMIT $6`, args...)
}

// RecentViews counts views of articles. See lectern.ReaderStore.
func (d *DB) RecentViews(ctx context.Context, ws lectern.WorkspaceID, ids []lectern.ArticleID) (views map[lectern.ArticleID]int, err error) {
	err = d.db.Read(ctx, "read views of articles", func(c db.Conn) error {
		views = map[lectern.ArticleID]int{}
		return db.EachOf(c, ids, func(r db.Rows) error {
			var id lectern.ArticleID
			var n int
			err := r.Scan(&id, &n)
			views[id] = n
			return err
		}, `SELECT article_id, recent FROM article_count WHERE workspace_id = $1 AND recent > 0 AND article_id IN `, ws)
	})
	return views, err
}
