package store

import (
	"context"
	"strconv"

	"lectern"
	"lectern/internal/store/db"
)

// internalColumns are what scanInternal reads of the internal article called a.
const internalColumns = `a.id, a.title, a.body, a.locale, a.owner_id, a.author_id, a.chatbot, a.copilot, a.sales_agent,
	a.created_at, a.updated_at`

func scanInternal(r db.Rows) (*lectern.InternalArticle, error) {
	a := &lectern.InternalArticle{}
	return a, r.Scan(&a.ID, &a.Title, &a.Body, &a.Locale, &a.Owner, &a.Author,
		&a.Availability.Chatbot, &a.Availability.Copilot, &a.Availability.SalesAgent,
		db.Seconds(&a.CreatedAt), db.Seconds(&a.UpdatedAt))
}

// InternalArticle finds one. It returns NotFound.
func (d *DB) InternalArticle(ctx context.Context, ws lectern.WorkspaceID, id lectern.InternalArticleID) (a *lectern.InternalArticle, err error) {
	err = d.db.Read(ctx, "read internal article", func(c db.Conn) error {
		a, err = readInternal(c, ws, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}

func readInternal(c db.Conn, ws lectern.WorkspaceID, id lectern.InternalArticleID) (*lectern.InternalArticle, error) {
	a, err := db.First(c, scanInternal, `
		SELECT `+internalColumns+` FROM internal_article a WHERE a.workspace_id = $1 AND a.id = $2`, ws, id)
	if err != nil {
		return nil, err
	}
	return a, completeInternal(c, ws, []*lectern.InternalArticle{a})
}

// completeInternal fills in audiences, folders and tags, with as many
// statements for a page as for one internal article.
func completeInternal(c db.Conn, ws lectern.WorkspaceID, list []*lectern.InternalArticle) error {
	ids := make([]lectern.InternalArticleID, len(list))
	for i, a := range list {
		ids[i] = a.ID
	}
	audiences, err := audiencesOf(c, ws, ids)
	if err != nil {
		return err
	}
	folders, err := foldersOf(c, ws, lectern.InternalArticleObject, ids)
	if err != nil {
		return err
	}
	tags, err := taggingsOf(c, ws, lectern.InternalArticleObject, ids)
	if err != nil {
		return err
	}
	for _, a := range list {
		a.Audiences, a.Folder, a.Tags = audiences[a.ID], folders[a.ID], tags[a.ID]
	}
	return nil
}

// InternalArticles returns a page, in the order updated_at descending, ID
// descending, and the exact number of internal articles the query asks for.
func (d *DB) InternalArticles(ctx context.Context, ws lectern.WorkspaceID, q lectern.InternalArticleQuery) ([]*lectern.InternalArticle, int, error) {
	var list []*lectern.InternalArticle
	var total int
	err := d.db.Read(ctx, "list internal articles", func(c db.Conn) (err error) {
		where, args := internalFilter(ws, q)
		if total, err = db.Count(c, `SELECT count(*)`+where, args...); err != nil {
			return err
		}
		n := len(args)
		list, err = db.All(c, scanInternal, `SELECT `+internalColumns+where+`
			ORDER BY a.updated_at DESC, a.id DESC LIMIT $`+strconv.Itoa(n+1)+` OFFSET $`+strconv.Itoa(n+2),
			append(args, max(q.Limit, 0), max(q.Offset, 0))...)
		if err != nil {
			return err
		}
		return completeInternal(c, ws, list)
	})
	return list, total, err
}

// internalFilter is a query's tables and condition, with its arguments.
func internalFilter(ws lectern.WorkspaceID, q lectern.InternalArticleQuery) (string, []any) {
	where := ` FROM internal_article a WHERE a.workspace_id = $1`
	if q.Folder == 0 {
		return where, []any{ws}
	}
	folders := `$2`
	if q.Deep {
		folders = insideOf
	}
	return where + ` AND a.id IN (
		SELECT x.object_id FROM folder_content x
		WHERE x.workspace_id = $1 AND x.object_kind = 'internal_article' AND x.folder_id IN (` + folders + `))`, []any{ws, q.Folder}
}

// AddInternalArticle creates an internal article as edit asks.
func (d *DB) AddInternalArticle(ctx context.Context, by lectern.Actor, edit *lectern.InternalArticleEdit) (*lectern.InternalArticle, error) {
	var a *lectern.InternalArticle
	err := d.write(ctx, by, lectern.MayWriteArticles, "add internal article", func(t *tx) error {
		a = &lectern.InternalArticle{}
		if edit.Locale == nil {
			h, err := defaultHelpCenter(t, by.Workspace)
			if err != nil {
				return err
			}
			a.Locale = h.DefaultLocale
		}
		if err := t.applyInternal(a, edit); err != nil {
			return err
		}
		id, err := t.take(1, 1)
		if err != nil {
			return err
		}
		a.ID = lectern.InternalArticleID(id)
		if err := t.saveInternal(a, edit); err != nil {
			return err
		}
		return t.record(lectern.InternalArticleCreated, id, lectern.EventData{Name: a.Title})
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}

// UpdateInternalArticle applies edit in one transaction, after check. See
// lectern.InternalArticleStore.
func (d *DB) UpdateInternalArticle(ctx context.Context, by lectern.Actor, id lectern.InternalArticleID, edit *lectern.InternalArticleEdit, check func(*lectern.InternalArticle) error) (*lectern.InternalArticle, error) {
	var a *lectern.InternalArticle
	err := d.write(ctx, by, lectern.MayWriteArticles, "update internal article", func(t *tx) (err error) {
		if a, err = readInternal(t, by.Workspace, id); err != nil {
			return err
		}
		if check != nil {
			if err := check(a); err != nil {
				return err
			}
		}
		return t.updateInternal(a, edit)
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}

func (t *tx) updateInternal(a *lectern.InternalArticle, edit *lectern.InternalArticleEdit) error {
	if err := t.applyInternal(a, edit); err != nil {
		return err
	}
	if _, err := t.take(0, 1); err != nil {
		return err
	}
	if err := t.saveInternal(a, edit); err != nil {
		return err
	}
	return t.record(lectern.InternalArticleUpdated, int64(a.ID), lectern.EventData{Name: a.Title})
}

// applyInternal changes a as edit asks. It returns Invalid for an author or
// owner who is no teammate, and for unknown audiences.
func (t *tx) applyInternal(a *lectern.InternalArticle, edit *lectern.InternalArticleEdit) error {
	if err := a.Apply(edit, t.now); err != nil {
		return err
	}
	if edit.Audiences != nil {
		if err := t.checkAudiences(*edit.Audiences); err != nil {
			return err
		}
		a.Audiences = unique(*edit.Audiences)
	}
	if err := t.checkTeammate("author_id", edit.Author); err != nil {
		return err
	}
	return t.checkTeammate("owner_id", edit.Owner)
}

// checkTeammate returns Invalid about a field that names an admin who is no
// teammate; nil names none.
func (t *tx) checkTeammate(field string, id *lectern.AdminID) error {
	if id == nil {
		return nil
	}
	known, err := t.teammates([]lectern.AdminID{*id})
	if err == nil && !known {
		err = lectern.Invalidf(field, "%s must be a teammate on the workspace", field)
	}
	return err
}

// saveInternal stores the row, and whose folder and audiences the edit names.
func (t *tx) saveInternal(a *lectern.InternalArticle, edit *lectern.InternalArticleEdit) error {
	_, err := t.Exec(`
		INSERT INTO internal_article (workspace_id, id, title, body, locale, owner_id, author_id,
			chatbot, copilot, sales_agent, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (workspace_id, id)
		DO UPDATE SET title = excluded.title, body = excluded.body, locale = excluded.locale,
			owner_id = excluded.owner_id, author_id = excluded.author_id, chatbot = excluded.chatbot,
			copilot = excluded.copilot, sales_agent = excluded.sales_agent, updated_at = excluded.updated_at`,
		t.by.Workspace, a.ID, a.Title, a.Body, a.Locale, a.Owner, a.Author,
		a.Availability.Chatbot, a.Availability.Copilot, a.Availability.SalesAgent, a.CreatedAt.Unix(), a.UpdatedAt.Unix())
	if err != nil {
		return err
	}
	o := lectern.Object{Kind: lectern.InternalArticleObject, ID: int64(a.ID)}
	if err := t.learnContent(o, a.Locale, a.Title, a.Body); err != nil {
		return err
	}
	if edit.Folder != nil {
		if err := t.putInFolder(o, a.Folder); err != nil {
			return err
		}
	}
	if edit.Audiences != nil {
		return t.setAudiences(int64(a.ID), a.Audiences)
	}
	return nil
}

// DeleteInternalArticle removes one for good. It returns NotFound.
func (d *DB) DeleteInternalArticle(ctx context.Context, by lectern.Actor, id lectern.InternalArticleID) error {
	return d.write(ctx, by, lectern.MayWriteArticles, "delete internal article", func(t *tx) error { return t.deleteInternal(id) })
}

func (t *tx) deleteInternal(id lectern.InternalArticleID) error {
	a, err := readInternal(t, t.by.Workspace, id)
	if err != nil {
		return err
	}
	if _, err := t.take(0, 1); err != nil {
		return err
	}
	o := lectern.Object{Kind: lectern.InternalArticleObject, ID: int64(id)}
	if err := t.forgetContent(o); err != nil {
		return err
	}
	if err := t.untagAll(o); err != nil {
		return err
	}
	if err := t.putInFolder(o, 0); err != nil {
		return err
	}
	if err := t.dropAudiences(int64(id)); err != nil {
		return err
	}
	_, err = t.Exec(`DELETE FROM internal_article WHERE workspace_id = $1 AND id = $2`, t.by.Workspace, id)
	if err != nil {
		return err
	}
	return t.record(lectern.InternalArticleDeleted, int64(id), lectern.EventData{Name: a.Title})
}
