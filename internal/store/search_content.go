package store

import (
	"context"
	"slices"

	"lectern"
	"lectern/internal/store/db"
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
	err := d.readTexts(ctx, "search content", func(c db.Conn) (err error) {
		if err := checkReferences(c, ws, q); err != nil || len(q.Kinds) == 0 {
			return err
		}
		among := contentCorpus{articleCorpus: articleCorpus{Conn: c, ws: ws}, q: q}
		if err := among.readCenters(); err != nil {
			return err
		}
		var ids []int64
		if q.Phrase == "" {
			ids, total, err = among.browse()
		} else {
			ids, total, err = among.find(&d.shelf)
		}
		if err != nil {
			return err
		}
		list, err = among.contents(ids)
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

// A contentCorpus is what a query for content may find.
type contentCorpus struct {
	articleCorpus // of all articles
	q             lectern.ContentQuery
	texts         map[contentText]bool // those asked for; nil until they are read
}

// browse answers an empty phrase.
func (x *contentCorpus) browse() (ids []int64, total int, err error) {
	f := contentFilter{q: x.q, args: []any{x.ws}}
	rows := f.objects()
	if total, err = db.Count(x, `SELECT count(*) FROM (`+rows+`) AS found`, f.args...); err != nil {
		return nil, 0, err
	}
	page := ` ORDER BY updated_at DESC, id DESC LIMIT ` + f.arg(x.q.Limit) + ` OFFSET ` + f.arg(x.q.Offset)
	ids, err = db.All(x, db.Scalar[int64], `SELECT id FROM (`+rows+`) AS found`+page, f.args...)
	return ids, total, err
}

// find answers a phrase.
func (x *contentCorpus) find(shelf *shelf) (ids []int64, total int, err error) {
	s := searching{
		Conn: x.Conn, shelf: shelf, ws: x.ws, corpus: x, phrase: x.q.Phrase,
		kinds: x.q.Kinds, states: x.q.States, locales: x.q.Locales, offset: x.q.Offset, limit: x.q.Limit,
	}
	page, total, err := s.run()
	for _, r := range page {
		ids = append(ids, r.object)
	}
	return ids, total, err
}

// A contentText names the text of an object.
type contentText struct {
	id     int64
	locale lectern.Locale
}

// asked implements corpus. The kinds, states and locales are asked for already:
// words are kept by them.
func (x *contentCorpus) asked(l lectern.Locale) (func(int64) bool, error) {
	f := contentFilter{q: x.q, args: []any{x.ws}}
	rows, all := f.texts()
	if all {
		return anyObject, nil
	}
	if x.texts == nil {
		x.texts = map[contentText]bool{}
		err := db.Each(x, func(r db.Rows) error {
			var t contentText
			err := r.Scan(&t.id, &t.locale)
			x.texts[t] = true
			return err
		}, rows, f.args...)
		if err != nil {
			return nil, err
		}
	}
	return func(id int64) bool { return x.texts[contentText{id, l}] }, nil
}

// homes implements corpus: all is original but the translations of articles.
func (x *contentCorpus) homes(ids []int64) (func(int64, lectern.Locale) bool, error) {
	homes, err := x.homeLocales(ids)
	return func(id int64, l lectern.Locale) bool {
		home, isArticle := homes[id]
		return !isArticle || home == l
	}, err
}

// times implements corpus.
func (x *contentCorpus) times(ids []int64) (map[int64]int64, error) {
	times := make(map[int64]int64, len(ids))
	for _, kind := range x.q.Kinds {
		if err := readTimes(x, x.ws, objectTables[kind], ids, times); err != nil {
			return nil, err
		}
	}
	return times, nil
}

// contents reads what is shown of objects, in their order.
func (x *contentCorpus) contents(ids []int64) ([]lectern.Content, error) {
	found := make(map[int64]lectern.Content, len(ids))
	for _, kind := range x.q.Kinds {
		read := x.titles
		if kind == lectern.ArticleObject {
			read = x.articleTitles
		}
		if err := read(kind, ids, found); err != nil {
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
func (x *contentCorpus) titles(kind lectern.ObjectKind, ids []int64, found map[int64]lectern.Content) error {
	return db.EachOf(x, ids, func(r db.Rows) error {
		c := lectern.Content{Object: lectern.Object{Kind: kind}}
		err := r.Scan(&c.ID, &c.Title)
		found[c.ID] = c
		return err
	}, `SELECT id, title FROM `+objectTables[kind]+` WHERE workspace_id = $1 AND id IN `, x.ws)
}

// articleTitles adds the articles to found.
func (x *contentCorpus) articleTitles(kind lectern.ObjectKind, ids []int64, found map[int64]lectern.Content) error {
	texts := map[int64][]lectern.ContentText{}
	err := db.EachOf(x, ids, func(r db.Rows) error {
		var id int64
		var t lectern.ContentText
		err := r.Scan(&id, &t.ID, &t.Locale, &t.Title)
		texts[id] = append(texts[id], t)
		return err
	}, `SELECT article_id, content_id, locale, title FROM article_text WHERE workspace_id = $1 AND article_id IN `, x.ws)
	if err != nil {
		return err
	}
	homes, err := x.homeLocales(ids)
	for id, home := range homes {
		list := texts[id]
		order := append([]lectern.Locale{home}, lectern.Locales...)
		slices.SortFunc(list, func(a, b lectern.ContentText) int {
			return slices.Index(order, a.Locale) - slices.Index(order, b.Locale)
		})
		c := lectern.Content{Object: lectern.Object{Kind: kind, ID: id}, Texts: list}
		if len(list) > 0 {
			c.Title = list[0].Title
		}
		found[id] = c
	}
	return err
}
