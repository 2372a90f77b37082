package store

import (
	"context"
	"slices"

	"lectern"
)

// articleColumns are what scanArticle reads of the article called a.
const articleColumns = `a.id, a.help_center_id, a.created_by, a.updated_by, a.created_at, a.updated_at,
	a.views, a.conversations, a.happy, a.neutral, a.sad`

func scanArticle(r Rows) (*lectern.Article, error) {
	a := &lectern.Article{Texts: map[lectern.Locale]lectern.ArticleText{}}
	s := &a.Statistics
	return a, r.Scan(&a.ID, &a.HelpCenter, &a.CreatedBy, &a.UpdatedBy, seconds{&a.CreatedAt}, seconds{&a.UpdatedAt},
		&s.Views, &s.Conversations, &s.Happy, &s.Neutral, &s.Sad)
}

// Article finds one. It returns NotFound.
func (d *DB) Article(ctx context.Context, ws lectern.WorkspaceID, id lectern.ArticleID) (a *lectern.Article, err error) {
	err = d.read(ctx, "read article", func(c Conn) error {
		a, err = readArticle(c, ws, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}

func readArticle(c Conn, ws lectern.WorkspaceID, id lectern.ArticleID) (*lectern.Article, error) {
	a, err := first(c, scanArticle, `
		SELECT `+articleColumns+` FROM article a WHERE a.workspace_id = $1 AND a.id = $2`, ws, id)
	if err != nil {
		return nil, err
	}
	return a, complete(c, ws, []*lectern.Article{a})
}

// complete fills in the texts and parents of articles, with as many statements
// for a page as for one article.
func complete(c Conn, ws lectern.WorkspaceID, list []*lectern.Article) error {
	for chunk := range slices.Chunk(list, maxIn) {
		byID := make(map[lectern.ArticleID]*lectern.Article, len(chunk))
		ids := make([]lectern.ArticleID, len(chunk))
		for i, a := range chunk {
			byID[a.ID], ids[i] = a, a.ID
		}
		padded := pad(ids)
		args := append([]any{ws}, padded...)
		if err := addTexts(c, byID, in(2, len(padded)), args); err != nil {
			return err
		}
		if err := addParents(c, byID, in(2, len(padded)), args); err != nil {
			return err
		}
	}
	return nil
}

func addTexts(c Conn, byID map[lectern.ArticleID]*lectern.Article, ids string, args []any) error {
	return each(c, func(r Rows) error {
		var id lectern.ArticleID
		var l lectern.Locale
		var t lectern.ArticleText
		err := r.Scan(&id, &l, &t.Content, &t.Title, &t.Description, &t.Body, &t.Author, &t.State,
			seconds{&t.CreatedAt}, seconds{&t.UpdatedAt})
		if err != nil {
			return err
		}
		byID[id].Texts[l] = t
		return nil
	}, `SELECT article_id, locale, content_id, title, description, body, author_id, state, created_at, updated_at
		FROM article_text WHERE workspace_id = $1 AND article_id IN (`+ids+`)`, args...)
}

func addParents(c Conn, byID map[lectern.ArticleID]*lectern.Article, ids string, args []any) error {
	return each(c, func(r Rows) error {
		var id lectern.ArticleID
		var parent lectern.CollectionID
		if err := r.Scan(&id, &parent); err != nil {
			return err
		}
		byID[id].Parents = append(byID[id].Parents, parent)
		return nil
	}, `SELECT article_id, collection_id FROM article_parent
		WHERE workspace_id = $1 AND article_id IN (`+ids+`) ORDER BY article_id, position`, args...)
}

// articlesByID reads the articles with the given IDs, in that order.
func articlesByID(c Conn, ws lectern.WorkspaceID, ids []lectern.ArticleID) ([]*lectern.Article, error) {
	list := make([]*lectern.Article, 0, len(ids))
	for chunk := range slices.Chunk(ids, maxIn) {
		args := pad(chunk)
		found, err := all(c, scanArticle, `
			SELECT `+articleColumns+` FROM article a WHERE a.workspace_id = $1 AND a.id IN (`+in(2, len(args))+`)`,
			append([]any{ws}, args...)...)
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	place := make(map[lectern.ArticleID]int, len(ids))
	for i, id := range ids {
		place[id] = i
	}
	slices.SortFunc(list, func(a, b *lectern.Article) int { return place[a.ID] - place[b.ID] })
	return list, complete(c, ws, list)
}
