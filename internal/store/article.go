package store

import (
	"context"
	"slices"

	"lectern"
	"lectern/internal/store/db"
)

// articleColumns are what scanArticle reads of the article called a.
const articleColumns = `a.id, a.help_center_id, a.created_by, a.updated_by, a.created_at, a.updated_at,
	a.views, a.conversations, a.happy, a.neutral, a.sad,
	a.scheduled_at, a.scheduled_state, a.scheduled_locales, a.scheduled_by`

func scanArticle(r db.Rows) (*lectern.Article, error) {
	a := &lectern.Article{Texts: map[lectern.Locale]lectern.ArticleText{}}
	s, later := &a.Statistics, &a.Schedule
	var locales string
	err := r.Scan(&a.ID, &a.HelpCenter, &a.CreatedBy, &a.UpdatedBy, db.Seconds(&a.CreatedAt), db.Seconds(&a.UpdatedAt),
		&s.Views, &s.Conversations, &s.Happy, &s.Neutral, &s.Sad,
		db.Seconds(&later.At), &later.State, &locales, &later.By)
	later.Locales = db.Split[lectern.Locale](locales)
	return a, err
}

// Article finds one. It returns NotFound.
func (d *DB) Article(ctx context.Context, ws lectern.WorkspaceID, id lectern.ArticleID) (a *lectern.Article, err error) {
	err = d.db.Read(ctx, "read article", func(c db.Conn) error {
		a, err = readArticle(c, ws, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}

func readArticle(c db.Conn, ws lectern.WorkspaceID, id lectern.ArticleID) (*lectern.Article, error) {
	a, err := db.First(c, scanArticle, `
		SELECT `+articleColumns+` FROM article a WHERE a.workspace_id = $1 AND a.id = $2`, ws, id)
	if err != nil {
		return nil, err
	}
	return a, complete(c, ws, []*lectern.Article{a})
}

// complete fills in all that stands in tables of its own, with as many
// statements for a page as for one article.
func complete(c db.Conn, ws lectern.WorkspaceID, list []*lectern.Article) error {
	for chunk := range slices.Chunk(list, db.MaxIn) {
		byID := make(map[lectern.ArticleID]*lectern.Article, len(chunk))
		ids := make([]lectern.ArticleID, len(chunk))
		for i, a := range chunk {
			byID[a.ID], ids[i] = a, a.ID
		}
		padded := db.Pad(ids)
		these, args := db.In(2, len(padded)), append([]any{ws}, padded...)
		var audiences map[textPlace][]lectern.AudienceID
		var tags map[lectern.ArticleID][]lectern.Tagging
		var folders map[lectern.ArticleID]lectern.FolderID
		err := db.Pipelined(c,
			func(c db.Conn) error { return addTexts(c, byID, these, args) },
			func(c db.Conn) error { return addParents(c, byID, these, args) },
			func(c db.Conn) error { return addDrafts(c, byID, these, args) },
			func(c db.Conn) (err error) { audiences, err = audiencesOfTexts(c, these, args); return err },
			func(c db.Conn) (err error) { tags, err = taggingsOf(c, ws, lectern.ArticleObject, ids); return err },
			func(c db.Conn) (err error) { folders, err = foldersOf(c, ws, lectern.ArticleObject, ids); return err },
		)
		if err != nil {
			return err
		}
		for place, list := range audiences {
			a := byID[place.article]
			x := a.Texts[place.locale]
			x.Audiences = list
			a.Texts[place.locale] = x
		}
		for _, a := range chunk {
			a.Tags, a.Folder = tags[a.ID], folders[a.ID]
		}
	}
	return nil
}

func addTexts(c db.Conn, byID map[lectern.ArticleID]*lectern.Article, ids string, args []any) error {
	return db.Each(c, func(r db.Rows) error {
		var id lectern.ArticleID
		var l lectern.Locale
		var t lectern.ArticleText
		err := r.Scan(&id, &l, &t.Content, &t.Version, &t.Title, &t.Description, &t.Body, &t.Author, &t.State,
			&t.Availability.Chatbot, &t.Availability.Copilot, &t.Availability.SalesAgent,
			&t.CreatedBy, &t.UpdatedBy, db.Seconds(&t.CreatedAt), db.Seconds(&t.UpdatedAt), db.Seconds(&t.PublishedAt))
		if err != nil {
			return err
		}
		byID[id].Texts[l] = t
		return nil
	}, `SELECT article_id, locale, content_id, version_id, title, description, body, author_id, state,
			chatbot, copilot, sales_agent, created_by, updated_by, created_at, updated_at, published_at
		FROM article_text WHERE workspace_id = $1 AND article_id IN (`+ids+`)`, args...)
}

func addParents(c db.Conn, byID map[lectern.ArticleID]*lectern.Article, ids string, args []any) error {
	return db.Each(c, func(r db.Rows) error {
		var id lectern.ArticleID
		var parent lectern.CollectionID
		var nested bool
		if err := r.Scan(&id, &parent, &nested); err != nil {
			return err
		}
		a := byID[id]
		a.Parents = append(a.Parents, parent)
		if nested {
			a.Nested = append(a.Nested, parent)
		}
		return nil
	}, `SELECT p.article_id, p.collection_id, c.parent_id IS NOT NULL
		FROM article_parent p JOIN collection c ON c.workspace_id = p.workspace_id AND c.id = p.collection_id
		WHERE p.workspace_id = $1 AND p.article_id IN (`+ids+`) ORDER BY p.article_id, p.position`, args...)
}

func addDrafts(c db.Conn, byID map[lectern.ArticleID]*lectern.Article, ids string, args []any) error {
	return db.Each(c, func(r db.Rows) error {
		var id lectern.ArticleID
		var l lectern.Locale
		var d lectern.ArticleDraft
		err := r.Scan(&id, &l, &d.Version, &d.Title, &d.Description, &d.Body, &d.Author, &d.UpdatedBy, db.Seconds(&d.UpdatedAt))
		if err != nil {
			return err
		}
		a := byID[id]
		if a.Drafts == nil {
			a.Drafts = map[lectern.Locale]lectern.ArticleDraft{}
		}
		a.Drafts[l] = d
		return nil
	}, `SELECT d.article_id, d.locale, d.version_id, v.title, v.description, v.body, v.author_id, d.updated_by, d.updated_at
		FROM article_draft d JOIN article_version v ON v.workspace_id = d.workspace_id AND v.id = d.version_id
		WHERE d.workspace_id = $1 AND d.article_id IN (`+ids+`)`, args...)
}

// A textPlace is where a text stands.
type textPlace struct {
	article lectern.ArticleID
	locale  lectern.Locale
}

// audiencesOfTexts reads whom the articles' texts are meant for. A text that is
// meant for everyone has no entry.
func audiencesOfTexts(c db.Conn, ids string, args []any) (map[textPlace][]lectern.AudienceID, error) {
	found := map[textPlace][]lectern.AudienceID{}
	err := db.Each(c, func(r db.Rows) error {
		var p textPlace
		var id lectern.AudienceID
		err := r.Scan(&p.article, &p.locale, &id)
		found[p] = append(found[p], id)
		return err
	}, `SELECT x.article_id, x.locale, o.audience_id
		FROM article_text x JOIN audience_of o ON o.workspace_id = x.workspace_id AND o.object_id = x.content_id
		WHERE x.workspace_id = $1 AND x.article_id IN (`+ids+`) ORDER BY x.article_id, x.locale, o.position`, args...)
	return found, err
}

// articlesByID reads the articles with the given IDs, in that order.
func articlesByID(c db.Conn, ws lectern.WorkspaceID, ids []lectern.ArticleID) ([]*lectern.Article, error) {
	list := make([]*lectern.Article, 0, len(ids))
	for chunk := range slices.Chunk(ids, db.MaxIn) {
		args := db.Pad(chunk)
		found, err := db.All(c, scanArticle, `
			SELECT `+articleColumns+` FROM article a WHERE a.workspace_id = $1 AND a.id IN (`+db.In(2, len(args))+`)`,
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
