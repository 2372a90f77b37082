package store

import (
	"context"
	"slices"

	"lectern"
	"lectern/internal/store/db"
	"lectern/internal/store/find"
)

// Page returns an article as a reader sees it. See lectern.ReaderStore.
func (d *DB) Page(ctx context.Context, in lectern.Visit, id lectern.ArticleID) (p *lectern.Page, err error) {
	err = d.visit(ctx, "read article for a reader", in, func(v *visit) error {
		if p, err = v.readPage(id); err != nil {
			return err
		}
		paths, err := v.paths([]lectern.ArticleID{id})
		if err != nil {
			return err
		}
		p.Path = paths[id]
		return v.addOthers(p)
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// readPage reads the text of an article and in which languages there is one.
func (v *visit) readPage(id lectern.ArticleID) (*lectern.Page, error) {
	shown, err := v.texts([]lectern.ArticleID{id})
	if err != nil {
		return nil, err
	}
	row, ok := shown[id]
	if !ok {
		return nil, db.NotFound()
	}
	p := &lectern.Page{ArticleRow: row, HelpCenter: v.home}
	err = db.One(v, []any{&p.Body, db.Seconds(&p.CreatedAt), db.Seconds(&p.PublishedAt)}, `
		SELECT body, created_at, published_at FROM article_text
		WHERE workspace_id = $1 AND article_id = $2 AND locale = $3`, v.Workspace, id, row.Locale)
	if err != nil {
		return nil, err
	}
	names, err := db.All(v, func(r db.Rows) (n lectern.LocaleName, err error) {
		err = r.Scan(&n.Locale, &n.Name, db.Seconds(&n.UpdatedAt))
		return n, err
	}, `SELECT t.locale, `+titleShown(`$3`)+`, t.updated_at FROM article_text t
		WHERE t.workspace_id = $1 AND t.article_id = $2 AND `+find.OpenText, v.Workspace, id, v.home.DefaultLocale)
	p.Names = v.inOrder(names)
	return p, err
}

// inOrder returns the names in languages that are switched on, in their order.
func (v *visit) inOrder(names []lectern.LocaleName) []lectern.LocaleName {
	place := func(n lectern.LocaleName) int { return slices.Index(v.home.Locales, n.Locale) }
	names = slices.DeleteFunc(names, func(n lectern.LocaleName) bool { return place(n) < 0 })
	slices.SortFunc(names, func(a, b lectern.LocaleName) int { return place(a) - place(b) })
	return names
}

// addOthers fills in the articles that a page leads on to.
func (v *visit) addOthers(p *lectern.Page) error {
	related, known, err := v.related(p)
	if err != nil {
		return err
	}
	p.RelatedUnknown = !known
	ids := slices.Clone(related)
	var previous, next lectern.ArticleID
	if len(p.Path) > 0 {
		collection := p.Path[len(p.Path)-1].ID
		if previous, err = v.neighbour(collection, p.ID, `<`, `DESC`); err != nil {
			return err
		}
		if next, err = v.neighbour(collection, p.ID, `>`, `ASC`); err != nil {
			return err
		}
		ids = append(ids, previous, next)
	}
	shown, err := v.texts(ids)
	if err != nil {
		return err
	}
	row := func(id lectern.ArticleID) *lectern.ArticleRow {
		if x, ok := shown[id]; ok {
			return &x
		}
		return nil
	}
	p.Previous, p.Next = row(previous), row(next)
	for _, id := range related {
		if x := row(id); x != nil {
			p.Related = append(p.Related, *x)
		}
	}
	return nil
}

// neighbour finds the article that is shown next to another one in a
// collection, or none. The sign in +p.article_id keeps SQLite from carrying the
// comparison with $3 over to the texts, of which it would then look through all
// on that side.
func (v *visit) neighbour(collection lectern.CollectionID, id lectern.ArticleID, beyond, order string) (found lectern.ArticleID, err error) {
	var place int
	err = db.One(v, []any{&place}, `
		SELECT place FROM article_parent WHERE workspace_id = $1 AND collection_id = $2 AND article_id = $3`, v.Workspace, collection, id)
	if err != nil {
		return 0, err
	}
	list, err := db.All(v, db.Scalar[lectern.ArticleID], `
		SELECT p.article_id FROM article_parent p
		WHERE p.workspace_id = $1 AND p.collection_id = $2 AND (p.place, p.article_id) `+beyond+` ($6, $3) AND EXISTS (
			SELECT 1 FROM article_text t WHERE t.workspace_id = p.workspace_id AND t.article_id = +p.article_id
				AND t.locale IN ($4, $5) AND `+find.OpenText+`)
		ORDER BY p.place `+order+`, p.article_id `+order+` LIMIT 1`, v.Workspace, collection, id, v.Locale, v.home.DefaultLocale, place)
	if len(list) > 0 {
		found = list[0]
	}
	return found, err
}
