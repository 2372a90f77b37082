package store

import (
	"context"

	"lectern"
	"lectern/internal/store/db"
)

const snippetColumns = `id, title, locale, blocks, body, chatbot, copilot, sales_agent, created_at, updated_at`

func scanSnippet(r db.Rows) (*lectern.Snippet, error) {
	x := &lectern.Snippet{}
	ai := &x.Availability
	return x, r.Scan(&x.ID, &x.Title, &x.Locale, &x.Blocks, &x.Body, &ai.Chatbot, &ai.Copilot, &ai.SalesAgent,
		db.Seconds(&x.CreatedAt), db.Seconds(&x.UpdatedAt))
}

// Snippet finds one. It returns NotFound.
func (d *DB) Snippet(ctx context.Context, ws lectern.WorkspaceID, id lectern.SnippetID) (x *lectern.Snippet, err error) {
	err = d.db.Read(ctx, "read snippet", func(c db.Conn) error {
		x, err = readSnippet(c, ws, id)
		return err
	})
	return x, err
}

func readSnippet(c db.Conn, ws lectern.WorkspaceID, id lectern.SnippetID) (*lectern.Snippet, error) {
	x, err := db.First(c, scanSnippet, `
		SELECT `+snippetColumns+` FROM content_snippet WHERE workspace_id = $1 AND id = $2`, ws, id)
	if err != nil {
		return nil, err
	}
	return x, addSnippetAudiences(c, ws, []*lectern.Snippet{x})
}

// addSnippetAudiences fills in the audiences of snippets.
func addSnippetAudiences(c db.Conn, ws lectern.WorkspaceID, list []*lectern.Snippet) error {
	ids := make([]lectern.SnippetID, len(list))
	for i, x := range list {
		ids[i] = x.ID
	}
	audiences, err := audiencesOf(c, ws, ids)
	for _, x := range list {
		x.Audiences = audiences[x.ID]
	}
	return err
}

// Snippets returns a page, in the order updated_at descending, ID descending,
// and the exact number of snippets.
func (d *DB) Snippets(ctx context.Context, ws lectern.WorkspaceID, offset, size int) ([]*lectern.Snippet, int, error) {
	var list []*lectern.Snippet
	var total int
	err := d.db.Read(ctx, "list snippets", func(c db.Conn) (err error) {
		if total, err = db.Count(c, `SELECT count(*) FROM content_snippet WHERE workspace_id = $1`, ws); err != nil {
			return err
		}
		list, err = db.All(c, scanSnippet, `SELECT `+snippetColumns+` FROM content_snippet WHERE workspace_id = $1
			ORDER BY updated_at DESC, id DESC LIMIT $2 OFFSET $3`, ws, db.Limit(size), offset)
		if err != nil {
			return err
		}
		return addSnippetAudiences(c, ws, list)
	})
	return list, total, err
}

// AddSnippet creates a snippet as edit asks. It returns
// lectern.UnknownAudiences.
func (d *DB) AddSnippet(ctx context.Context, by lectern.Actor, edit *lectern.SnippetEdit) (*lectern.Snippet, error) {
	var x *lectern.Snippet
	err := d.write(ctx, by, lectern.MayWriteArticles, "add snippet", func(t *tx) error {
		x = &lectern.Snippet{}
		if err := x.Apply(edit, t.now); err != nil {
			return err
		}
		id, err := t.take(1, 1)
		if err != nil {
			return err
		}
		x.ID = lectern.SnippetID(id)
		return t.saveSnippet(x, edit, lectern.SnippetCreated)
	})
	if err != nil {
		return nil, err
	}
	return x, nil
}

// UpdateSnippet applies edit in one transaction, after check. See
// lectern.SnippetStore.
func (d *DB) UpdateSnippet(ctx context.Context, by lectern.Actor, id lectern.SnippetID, edit *lectern.SnippetEdit, check func(*lectern.Snippet) error) (*lectern.Snippet, error) {
	var x *lectern.Snippet
	err := d.write(ctx, by, lectern.MayWriteArticles, "update snippet", func(t *tx) (err error) {
		if x, err = readSnippet(t, by.Workspace, id); err != nil {
			return err
		}
		if check != nil {
			if err := check(x); err != nil {
				return err
			}
		}
		return t.updateSnippet(x, edit)
	})
	if err != nil {
		return nil, err
	}
	return x, nil
}

// updateSnippet changes a snippet that was read as edit asks.
func (t *tx) updateSnippet(x *lectern.Snippet, edit *lectern.SnippetEdit) error {
	if err := x.Apply(edit, t.now); err != nil {
		return err
	}
	if _, err := t.take(0, 1); err != nil {
		return err
	}
	return t.saveSnippet(x, edit, lectern.SnippetUpdated)
}

// saveSnippet stores a snippet, a new one or one as it is now, whom it is meant
// for, and the event.
func (t *tx) saveSnippet(x *lectern.Snippet, edit *lectern.SnippetEdit, kind lectern.EventKind) error {
	_, err := t.Exec(`
		INSERT INTO content_snippet (workspace_id, `+snippetColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (workspace_id, id) DO UPDATE SET title = excluded.title, locale = excluded.locale,
			blocks = excluded.blocks, body = excluded.body, chatbot = excluded.chatbot,
			copilot = excluded.copilot, sales_agent = excluded.sales_agent, updated_at = excluded.updated_at`,
		t.by.Workspace, x.ID, x.Title, x.Locale, x.Blocks, x.Body,
		x.Availability.Chatbot, x.Availability.Copilot, x.Availability.SalesAgent, x.CreatedAt.Unix(), x.UpdatedAt.Unix())
	if err != nil {
		return err
	}
	o := lectern.Object{Kind: lectern.SnippetObject, ID: int64(x.ID)}
	if err := t.learnContent(o, x.Locale, x.Title, x.Body); err != nil {
		return err
	}
	if edit.Audiences != nil {
		x.Audiences = unique(*edit.Audiences)
		if err := t.setAudiences(int64(x.ID), x.Audiences); err != nil {
			return err
		}
	}
	return t.record(kind, int64(x.ID), lectern.EventData{Name: x.Title})
}

// DeleteSnippet removes a snippet and takes its tags off. It returns NotFound.
func (d *DB) DeleteSnippet(ctx context.Context, by lectern.Actor, id lectern.SnippetID) error {
	return d.write(ctx, by, lectern.MayWriteArticles, "delete snippet", func(t *tx) error { return t.deleteSnippet(id) })
}

// deleteSnippet removes a snippet and whatever depends on it.
func (t *tx) deleteSnippet(id lectern.SnippetID) error {
	x, err := readSnippet(t, t.by.Workspace, id)
	if err != nil {
		return err
	}
	if _, err := t.take(0, 1); err != nil {
		return err
	}
	o := lectern.Object{Kind: lectern.SnippetObject, ID: int64(id)}
	if err := t.forgetContent(o); err != nil {
		return err
	}
	if err := t.untagAll(o); err != nil {
		return err
	}
	if err := t.dropAudiences(o.ID); err != nil {
		return err
	}
	if _, err := t.Exec(`DELETE FROM content_snippet WHERE workspace_id = $1 AND id = $2`, t.by.Workspace, id); err != nil {
		return err
	}
	return t.record(lectern.SnippetDeleted, o.ID, lectern.EventData{Name: x.Title})
}
