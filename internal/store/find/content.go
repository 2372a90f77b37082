package find

import (
	"lectern"
	"lectern/internal/store/db"
)

// Content returns a page of the content that a query asks for, and its exact
// number: see [lectern.ContentStore]. The query has at least one state and one
// kind, each once. It is called within Read.
func (f *Finder) Content(c db.Conn, ws lectern.WorkspaceID, q lectern.ContentQuery) (ids []int64, total int, err error) {
	among := contentCorpus{articleCorpus: articleCorpus{Conn: c, ws: ws}, q: q}
	if q.Phrase == "" {
		return among.browse()
	}
	if err := among.readCenters(); err != nil {
		return nil, 0, err
	}
	return among.find(&f.indexes)
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
func (x *contentCorpus) find(in *indexes) (ids []int64, total int, err error) {
	s := searching{
		Conn: x.Conn, indexes: in, ws: x.ws, corpus: x, phrase: x.q.Phrase,
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
		if err := readTimes(x, x.ws, Tables[kind], ids, times); err != nil {
			return nil, err
		}
	}
	return times, nil
}
