package store

import (
	"cmp"
	"context"
	"slices"

	"lectern"
	"lectern/internal/store/db"
	"lectern/internal/store/find"
)

// titleShown is the title under which readers see the text called t, as
// lectern.Article.TitleIn says. The default locale is that of a parameter.
func titleShown(defaultLocale string) string {
	return `CASE WHEN t.title <> '' THEN t.title ELSE COALESCE((
		SELECT d.title FROM article_text d
		WHERE d.workspace_id = t.workspace_id AND d.article_id = t.article_id AND d.locale = ` + defaultLocale + ` AND NOT EXISTS (
			SELECT 1 FROM audience_of o WHERE o.workspace_id = d.workspace_id AND o.object_id = d.content_id)), '') END`
}

// A visit is one look into a help center, on one state of the database.
type visit struct {
	db.Conn
	lectern.Visit
	home   *lectern.HelpCenter
	finder *find.Finder                   // of what is related
	nodes  map[lectern.CollectionID]*node // those read so far
}

// A node is a collection of the help center.
type node struct {
	lectern.OpenCollection
	parent   lectern.CollectionID
	position int
	articles []lectern.ArticleRow // right in it, in order
	authors  map[lectern.AdminID]int
	children []*node // that are shown, in order
}

// shown reports whether the collection has a page.
func (n *node) shown() bool { return n.Name != "" }

// visit runs fn for a help center that is on, in one of its locales. It
// returns NotFound for others.
func (d *DB) visit(ctx context.Context, doing string, in lectern.Visit, fn func(*visit) error) error {
	return d.db.Read(ctx, doing, func(c db.Conn) error {
		v, err := visiting(c, in)
		if err != nil {
			return err
		}
		v.finder = d.find
		return fn(v)
	})
}

func visiting(c db.Conn, in lectern.Visit) (*visit, error) {
	h, err := readHelpCenter(c, in.Workspace, in.HelpCenter)
	if err != nil {
		return nil, err
	}
	if in.Locale == "" {
		in.Locale = h.DefaultLocale
	}
	if !h.WebsiteTurnedOn || !slices.Contains(h.Locales, in.Locale) {
		return nil, db.NotFound()
	}
	return &visit{Conn: c, Visit: in, home: h, nodes: map[lectern.CollectionID]*node{}}, nil
}

// readNodes reads all collections of the help center, or those with some IDs.
func (v *visit) readNodes(ids ...lectern.CollectionID) error {
	text := `SELECT c.id, COALESCE(c.parent_id, 0), c.position, c.icon, c.updated_at,
			COALESCE(x.locale, ''), COALESCE(x.name, ''), COALESCE(x.description, '')
		FROM collection c LEFT JOIN collection_text x ON x.workspace_id = c.workspace_id AND x.collection_id = c.id
			AND x.locale IN ($3, $4) AND x.name <> ''
		WHERE c.workspace_id = $1 AND c.help_center_id = $2`
	args := []any{v.Workspace, v.HelpCenter, v.Locale, v.home.DefaultLocale}
	scan := func(r db.Rows) error {
		n := &node{}
		err := r.Scan(&n.ID, &n.parent, &n.position, &n.Icon, db.Seconds(&n.UpdatedAt),
			&n.OpenCollection.Locale, &n.Name, &n.Description)
		if old := v.nodes[n.ID]; old == nil || n.OpenCollection.Locale == v.Locale {
			v.nodes[n.ID] = n
		}
		return err
	}
	if len(ids) == 0 {
		return db.Each(v, scan, text, args...)
	}
	return db.EachOf(v, ids, scan, text+` AND c.id IN `, args...)
}

// climb reads collections and all that they are inside of.
func (v *visit) climb(ids []lectern.CollectionID) error {
	for len(ids) > 0 {
		var missing []lectern.CollectionID
		for _, id := range unique(ids) {
			if _, known := v.nodes[id]; !known && id != 0 {
				missing = append(missing, id)
			}
		}
		if len(missing) == 0 {
			return nil
		}
		if err := v.readNodes(missing...); err != nil {
			return err
		}
		ids = nil
		for _, id := range missing {
			if n := v.nodes[id]; n != nil {
				ids = append(ids, n.parent)
			} else {
				v.nodes[id] = &node{} // of another help center: never shown
			}
		}
	}
	return nil
}

// above is the next collection around n that is shown, or nil.
func (v *visit) above(n *node) *node {
	for n = v.nodes[n.parent]; n != nil && !n.shown(); n = v.nodes[n.parent] {
	}
	return n
}

// path lists the collections that n is in, from the top level.
func (v *visit) path(n *node) []lectern.Step {
	var path []lectern.Step
	for n = v.above(n); n != nil; n = v.above(n) {
		path = append(path, n.step())
	}
	slices.Reverse(path)
	return path
}

func (n *node) step() lectern.Step {
	return lectern.Step{ID: n.ID, Name: n.Name, Locale: n.OpenCollection.Locale}
}

// grow links the nodes that are shown to those above them, in their order, and
// returns those at the top level.
func (v *visit) grow() []*node {
	root := &node{}
	for _, n := range v.nodes {
		if !n.shown() {
			continue
		}
		above := cmp.Or(v.above(n), root)
		above.children = append(above.children, n)
	}
	for _, n := range v.nodes {
		n.sort()
	}
	root.sort()
	return root.children
}

func (n *node) sort() {
	slices.SortFunc(n.children, func(a, b *node) int {
		return cmp.Or(cmp.Compare(a.position, b.position), cmp.Compare(a.ID, b.ID))
	})
}

// inShown is the condition that an article is in a collection that is shown in
// one of two locales. ID is the SQL of its ID; the locales are SQL as well.
func inShown(id, locale, fallback string) string {
	return `EXISTS (SELECT 1 FROM article_parent p JOIN collection_text x
		ON x.workspace_id = p.workspace_id AND x.collection_id = p.collection_id
		WHERE p.workspace_id = $1 AND p.article_id = ` + id + ` AND x.locale IN (` + locale + `, ` + fallback + `) AND x.name <> '')`
}
