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

// maxWriters is how many authors of a collection are named.
const maxWriters = 3

// Outline returns the collections of a help center. See lectern.ReaderStore.
func (d *DB) Outline(ctx context.Context, in lectern.Visit) (o *lectern.Outline, err error) {
	err = d.visit(ctx, "read outline for a reader", in, func(v *visit) error {
		if err := v.readNodes(); err != nil {
			return err
		}
		top := v.grow()
		authors, err := v.authors()
		if err != nil {
			return err
		}
		parents, err := v.parents()
		if err != nil {
			return err
		}
		o = &lectern.Outline{HelpCenter: v.home}
		everyone := map[lectern.AdminID]bool{}
		for id, in := range parents {
			if author, open := authors[id]; open && v.count(in, author) {
				o.Articles++
				everyone[author] = true
			}
		}
		o.Writers = len(everyone)
		o.Collections, err = v.finish(top)
		return err
	})
	return o, err
}

// authors finds every article that is shown, with the author of the text shown.
func (v *visit) authors() (map[lectern.ArticleID]lectern.AdminID, error) {
	authors := map[lectern.ArticleID]lectern.AdminID{}
	// The visit's own locale comes last, so that it prevails.
	for _, l := range unique([]lectern.Locale{v.home.DefaultLocale, v.Locale}) {
		err := db.Each(v, func(r db.Rows) error {
			var id lectern.ArticleID
			var author lectern.AdminID
			err := r.Scan(&id, &author)
			authors[id] = author
			return err
		}, `SELECT t.article_id, t.author_id FROM article_text t
			WHERE t.workspace_id = $1 AND t.locale = $2 AND `+find.OpenText, v.Workspace, l)
		if err != nil {
			return nil, err
		}
	}
	return authors, nil
}

// parents lists the collections of every article of the help center that is in
// one.
func (v *visit) parents() (map[lectern.ArticleID][]lectern.CollectionID, error) {
	parents := map[lectern.ArticleID][]lectern.CollectionID{}
	err := db.Each(v, func(r db.Rows) error {
		var id lectern.ArticleID
		var in lectern.CollectionID
		err := r.Scan(&id, &in)
		parents[id] = append(parents[id], in)
		return err
	}, `SELECT p.article_id, p.collection_id FROM collection c
		JOIN article_parent p ON p.workspace_id = c.workspace_id AND p.collection_id = c.id
		WHERE c.workspace_id = $1 AND c.help_center_id = $2`, v.Workspace, v.HelpCenter)
	return parents, err
}

// count adds an article to the collections it is in, and to those around them,
// to each once. It reports whether there is any.
func (v *visit) count(in []lectern.CollectionID, author lectern.AdminID) bool {
	var counted []*node
	for _, id := range in {
		n := v.nodes[id]
		if n == nil || !n.shown() {
			continue
		}
		for ; n != nil && !slices.Contains(counted, n); n = v.above(n) {
			counted = append(counted, n)
		}
	}
	for _, n := range counted {
		n.Articles++
		if n.authors == nil {
			n.authors = map[lectern.AdminID]int{}
		}
		n.authors[author]++
	}
	return len(counted) > 0
}

// finish returns collections as readers see them, without those that have no
// article to show.
func (v *visit) finish(nodes []*node) ([]*lectern.OpenCollection, error) {
	writers := map[lectern.AdminID]lectern.Writer{}
	err := db.Each(v, func(r db.Rows) error {
		var w lectern.Writer
		err := r.Scan(&w.ID, &w.Name, &w.AvatarURL)
		writers[w.ID] = w
		return err
	}, `SELECT id, name, avatar_url FROM admin WHERE workspace_id = $1`, v.Workspace)
	return finishAll(nodes, writers), err
}

func finishAll(nodes []*node, writers map[lectern.AdminID]lectern.Writer) []*lectern.OpenCollection {
	var list []*lectern.OpenCollection
	for _, n := range nodes {
		if n.Articles > 0 {
			list = append(list, n.finish(writers))
		}
	}
	return list
}

func (n *node) finish(writers map[lectern.AdminID]lectern.Writer) *lectern.OpenCollection {
	most := slices.SortedFunc(maps.Keys(n.authors), func(a, b lectern.AdminID) int {
		return cmp.Or(cmp.Compare(n.authors[b], n.authors[a]), cmp.Compare(a, b))
	})
	n.WriterCount = len(most)
	for _, id := range most[:min(len(most), maxWriters)] {
		n.Writers = append(n.Writers, writers[id])
	}
	n.Rows = n.articles
	n.Children = finishAll(n.children, writers)
	return &n.OpenCollection
}

// CollectionPage returns a collection with what is in it. See lectern.ReaderStore.
func (d *DB) CollectionPage(ctx context.Context, in lectern.Visit, id lectern.CollectionID) (p *lectern.CollectionPage, err error) {
	err = d.visit(ctx, "read collection for a reader", in, func(v *visit) error {
		p, err = v.collectionPage(id)
		return err
	})
	return p, err
}

func (v *visit) collectionPage(id lectern.CollectionID) (*lectern.CollectionPage, error) {
	if err := v.readNodes(); err != nil {
		return nil, err
	}
	n := v.nodes[id]
	if n == nil || !n.shown() {
		return nil, db.NotFound()
	}
	v.grow()
	if err := v.fill(n); err != nil {
		return nil, err
	}
	if _, err := v.finish([]*node{n}); err != nil {
		return nil, err
	}
	names, err := db.All(v, func(r db.Rows) (x lectern.LocaleName, err error) {
		err = r.Scan(&x.Locale, &x.Name)
		x.UpdatedAt = n.UpdatedAt
		return x, err
	}, `SELECT locale, name FROM collection_text WHERE workspace_id = $1 AND collection_id = $2 AND name <> ''`, v.Workspace, id)
	return &lectern.CollectionPage{
		OpenCollection: &n.OpenCollection, HelpCenter: v.home, Path: v.path(n), Names: v.inOrder(names),
	}, err
}

// fill puts the articles that are shown into n and all below it.
func (v *visit) fill(n *node) error {
	list, err := v.within(n)
	if err != nil {
		return err
	}
	parents := map[lectern.ArticleID][]lectern.CollectionID{}
	for _, x := range list {
		parents[x.article] = append(parents[x.article], x.in)
	}
	texts, err := v.texts(slices.Sorted(maps.Keys(parents)))
	if err != nil {
		return err
	}
	for id, row := range texts {
		v.count(parents[id], row.Author.ID)
	}
	for _, x := range list {
		if row, shown := texts[x.article]; shown {
			v.nodes[x.in].articles = append(v.nodes[x.in].articles, row)
		}
	}
	return nil
}

// A standing is where an article stands in a collection.
type standing struct {
	in      lectern.CollectionID
	place   int
	article lectern.ArticleID
}

// within lists the articles in n and all below it, those of each collection in
// their order.
func (v *visit) within(n *node) (list []standing, err error) {
	err = db.EachOf(v, n.subtree(nil), func(r db.Rows) error {
		var x standing
		err := r.Scan(&x.in, &x.place, &x.article)
		list = append(list, x)
		return err
	}, `SELECT collection_id, place, article_id FROM article_parent WHERE workspace_id = $1 AND collection_id IN `, v.Workspace)
	slices.SortFunc(list, func(a, b standing) int {
		return cmp.Or(cmp.Compare(a.in, b.in), cmp.Compare(a.place, b.place), cmp.Compare(a.article, b.article))
	})
	return list, err
}

// subtree adds the IDs of n and all that is shown below it to ids.
func (n *node) subtree(ids []lectern.CollectionID) []lectern.CollectionID {
	ids = append(ids, n.ID)
	for _, c := range n.children {
		ids = c.subtree(ids)
	}
	return ids
}
