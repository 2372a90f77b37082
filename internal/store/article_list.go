package store

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	"lectern"
	"lectern/internal/store/db"
)

// compareKeys orders articles as lists do: those changed last come first.
func compareKeys(a, b lectern.ArticleKey) int {
	return cmp.Or(b.UpdatedAt.Compare(a.UpdatedAt), cmp.Compare(b.ID, a.ID))
}

// Articles returns a page and the exact number of articles the query asks for,
// After and Offset left aside. In a list of all articles a page far behind
// costs what the first one costs; see [anchors].
func (d *DB) Articles(ctx context.Context, ws lectern.WorkspaceID, q lectern.ArticleQuery) ([]*lectern.Article, int, error) {
	q.Offset, q.Limit = max(q.Offset, 0), max(q.Limit, 0)
	var list []*lectern.Article
	var total int
	read := func(c db.Conn, from start) (err error) {
		if list, err = readPage(c, ws, q, from); err != nil {
			return err
		}
		return complete(c, ws, list)
	}
	if q.Parent == 0 && q.UpdatedSince.IsZero() {
		err := d.anchored(ctx, ws, q, func(c db.Conn, from start, all int) error {
			total = all
			return read(c, from)
		})
		return list, total, err
	}
	err := d.db.Read(ctx, "list articles", func(c db.Conn) (err error) {
		where, args := articleFilter(ws, q)
		if total, err = db.Count(c, `SELECT count(*) FROM article a WHERE `+where, args...); err != nil {
			return err
		}
		return read(c, start{after: q.After, skip: q.Offset})
	})
	return list, total, err
}

// A start is where a page starts in the order of a list: skip articles beyond
// the key at (that one counted) or the key after (that one not counted), or
// the beginning if both are nil.
type start struct {
	at, after *lectern.ArticleKey
	skip      int
}

// readPage reads the articles' own rows.
func readPage(c db.Conn, ws lectern.WorkspaceID, q lectern.ArticleQuery, from start) ([]*lectern.Article, error) {
	where, args := articleFilter(ws, q)
	key, than := from.at, `<=`
	if from.after != nil {
		key, than = from.after, `<`
	}
	if key != nil {
		where += ` AND (a.updated_at, a.id) ` + than + ` ($` + strconv.Itoa(len(args)+1) + `, $` + strconv.Itoa(len(args)+2) + `)`
		args = append(args, key.UpdatedAt.Unix(), key.ID)
	}
	n := len(args)
	return db.All(c, scanArticle, `SELECT `+articleColumns+` FROM article a WHERE `+where+`
		ORDER BY a.updated_at DESC, a.id DESC LIMIT $`+strconv.Itoa(n+1)+` OFFSET $`+strconv.Itoa(n+2),
		append(args, q.Limit, from.skip)...)
}

// articleFilter is the condition of a query for articles, with its arguments.
func articleFilter(ws lectern.WorkspaceID, q lectern.ArticleQuery) (string, []any) {
	where := []string{`a.workspace_id = $1`}
	args := []any{ws}
	if q.Parent != 0 {
		args = append(args, q.Parent)
		where = append(where, `a.id IN (SELECT p.article_id FROM article_parent p
			WHERE p.workspace_id = $1 AND p.collection_id = $`+strconv.Itoa(len(args))+`)`)
	}
	if !q.UpdatedSince.IsZero() {
		// A time between two seconds leaves the articles of the first one out.
		since := q.UpdatedSince.Add(time.Second - 1).Unix()
		args = append(args, since)
		where = append(where, `a.updated_at >= $`+strconv.Itoa(len(args)))
	}
	return strings.Join(where, ` AND `), args
}
