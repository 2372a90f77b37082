package store

import (
	"context"
	"slices"

	"lectern"
	"lectern/internal/store/db"
	"lectern/internal/store/find"
)

// Rows returns those of some articles that are listed. See lectern.ReaderStore.
func (d *DB) Rows(ctx context.Context, in lectern.Visit, ids []lectern.ArticleID) (rows []lectern.ArticleRow, err error) {
	err = d.visit(ctx, "read rows for a reader", in, func(v *visit) error {
		rows, err = v.listedRows(ids[:min(len(ids), lectern.MaxReaderRows)])
		return err
	})
	return rows, err
}

// listedRows returns those of some articles that are listed, in that order,
// with their paths.
func (v *visit) listedRows(ids []lectern.ArticleID) ([]lectern.ArticleRow, error) {
	texts, err := v.texts(ids)
	if err != nil {
		return nil, err
	}
	paths, err := v.paths(ids)
	if err != nil {
		return nil, err
	}
	rows := make([]lectern.ArticleRow, 0, len(texts))
	for _, id := range unique(ids) {
		row, shown := texts[id]
		if row.Path = paths[id]; shown && row.Path != nil {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// texts reads what lists say of those of some articles that are shown.
func (v *visit) texts(ids []lectern.ArticleID) (map[lectern.ArticleID]lectern.ArticleRow, error) {
	shown := make(map[lectern.ArticleID]lectern.ArticleRow, len(ids))
	err := db.EachOf(v, ids, func(r db.Rows) error {
		var x lectern.ArticleRow
		err := r.Scan(&x.ID, &x.Locale, &x.Title, &x.Description, &x.Author.ID, &x.Author.Name, &x.Author.AvatarURL,
			db.Seconds(&x.UpdatedAt))
		if _, known := shown[x.ID]; !known || x.Locale == v.Locale {
			shown[x.ID] = x
		}
		return err
	}, `SELECT t.article_id, t.locale, `+titleShown(`$4`)+`, t.description, t.author_id, m.name, m.avatar_url, t.updated_at
		FROM article_text t
		JOIN article a ON a.workspace_id = t.workspace_id AND a.id = t.article_id
		JOIN admin m ON m.workspace_id = t.workspace_id AND m.id = t.author_id
		WHERE t.workspace_id = $1 AND a.help_center_id = $2 AND t.locale IN ($3, $4) AND `+find.OpenText+`
			AND t.article_id IN `, v.Workspace, v.HelpCenter, v.Locale, v.home.DefaultLocale)
	return shown, err
}

// Bodies returns the bodies of articles. See lectern.ReaderStore.
func (d *DB) Bodies(ctx context.Context, in lectern.Visit, ids []lectern.ArticleID) (map[lectern.ArticleID]string, error) {
	var bodies map[lectern.ArticleID]string
	err := d.visit(ctx, "read bodies for a reader", in, func(v *visit) (err error) {
		bodies, err = v.bodies(ids[:min(len(ids), lectern.MaxReaderRows)])
		return err
	})
	return bodies, err
}

// bodies reads those of the texts that v.texts reads.
func (v *visit) bodies(ids []lectern.ArticleID) (map[lectern.ArticleID]string, error) {
	bodies := make(map[lectern.ArticleID]string, len(ids))
	err := db.EachOf(v, ids, func(r db.Rows) error {
		var id lectern.ArticleID
		var l lectern.Locale
		var body string
		err := r.Scan(&id, &l, &body)
		if _, known := bodies[id]; !known || l == v.Locale {
			bodies[id] = body
		}
		return err
	}, `SELECT t.article_id, t.locale, t.body
		FROM article_text t
		JOIN article a ON a.workspace_id = t.workspace_id AND a.id = t.article_id
		WHERE t.workspace_id = $1 AND a.help_center_id = $2 AND t.locale IN ($3, $4) AND `+find.OpenText+`
			AND t.article_id IN `, v.Workspace, v.HelpCenter, v.Locale, v.home.DefaultLocale)
	return bodies, err
}

// paths finds the way to the first collection of each article that is shown.
// An article in none has no path.
func (v *visit) paths(ids []lectern.ArticleID) (map[lectern.ArticleID][]lectern.Step, error) {
	type parent struct {
		position int
		id       lectern.CollectionID
	}
	parents := make(map[lectern.ArticleID][]parent, len(ids))
	var all []lectern.CollectionID
	err := db.EachOf(v, ids, func(r db.Rows) error {
		var id lectern.ArticleID
		var p parent
		err := r.Scan(&id, &p.position, &p.id)
		parents[id], all = append(parents[id], p), append(all, p.id)
		return err
	}, `SELECT article_id, position, collection_id FROM article_parent WHERE workspace_id = $1 AND article_id IN `, v.Workspace)
	if err != nil {
		return nil, err
	}
	if err := v.climb(all); err != nil {
		return nil, err
	}
	paths := make(map[lectern.ArticleID][]lectern.Step, len(parents))
	for id, in := range parents {
		slices.SortFunc(in, func(a, b parent) int { return a.position - b.position })
		i := slices.IndexFunc(in, func(p parent) bool { return v.nodes[p.id].shown() })
		if i >= 0 {
			n := v.nodes[in[i].id]
			paths[id] = append(v.path(n), n.step())
		}
	}
	return paths, nil
}
