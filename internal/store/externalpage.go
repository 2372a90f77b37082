package store

import (
	"context"
	"errors"

	"lectern"
	"lectern/internal/store/db"
)

const externalPageColumns = `id, source_id, external_id, title, html, url, locale, chatbot, copilot, sales_agent,
	last_ingested_at, created_at, updated_at`

func scanExternalPage(r db.Rows) (*lectern.ExternalPage, error) {
	p := &lectern.ExternalPage{}
	return p, r.Scan(&p.ID, &p.Source, &p.ExternalID, &p.Title, &p.HTML, &p.URL, &p.Locale,
		&p.Availability.Chatbot, &p.Availability.Copilot, &p.Availability.SalesAgent,
		db.Seconds(&p.IngestedAt), db.Seconds(&p.CreatedAt), db.Seconds(&p.UpdatedAt))
}

// ExternalPage finds one. It returns NotFound.
func (d *DB) ExternalPage(ctx context.Context, ws lectern.WorkspaceID, id lectern.ExternalPageID) (p *lectern.ExternalPage, err error) {
	err = d.db.Read(ctx, "read external page", func(c db.Conn) error {
		p, err = readExternalPage(c, ws, id)
		return err
	})
	return p, err
}

func readExternalPage(c db.Conn, ws lectern.WorkspaceID, id lectern.ExternalPageID) (*lectern.ExternalPage, error) {
	p, err := db.First(c, scanExternalPage, `
		SELECT `+externalPageColumns+` FROM external_page WHERE workspace_id = $1 AND id = $2`, ws, id)
	if err != nil {
		return nil, err
	}
	return p, addPageAudiences(c, ws, []*lectern.ExternalPage{p})
}

// addPageAudiences fills in the audiences of pages.
func addPageAudiences(c db.Conn, ws lectern.WorkspaceID, list []*lectern.ExternalPage) error {
	ids, byID := []lectern.ExternalPageID{}, map[lectern.ExternalPageID]*lectern.ExternalPage{}
	for _, p := range list {
		ids, byID[p.ID] = append(ids, p.ID), p
	}
	audiences, err := audiencesOf(c, ws, ids)
	for id, list := range audiences {
		byID[id].Audiences = list
	}
	return err
}

// ExternalPages returns a page of them, newest first, and the exact number
// there are.
func (d *DB) ExternalPages(ctx context.Context, ws lectern.WorkspaceID, offset, size int) ([]*lectern.ExternalPage, int, error) {
	var list []*lectern.ExternalPage
	var total int
	err := d.db.Read(ctx, "list external pages", func(c db.Conn) (err error) {
		if total, err = db.Count(c, `SELECT count(*) FROM external_page WHERE workspace_id = $1`, ws); err != nil {
			return err
		}
		list, err = db.All(c, scanExternalPage, `
			SELECT `+externalPageColumns+` FROM external_page WHERE workspace_id = $1 ORDER BY id DESC LIMIT $2 OFFSET $3`,
			ws, db.Limit(size), offset)
		if err != nil {
			return err
		}
		return addPageAudiences(c, ws, list)
	})
	return list, total, err
}

// PutExternalPage creates a page as edit asks, or changes the one that has
// edit's source and external ID.
func (d *DB) PutExternalPage(ctx context.Context, by lectern.Actor, edit *lectern.ExternalPageEdit) (*lectern.ExternalPage, error) {
	var p *lectern.ExternalPage
	err := d.write(ctx, by, lectern.MayWriteArticles, "put external page", func(t *tx) (err error) {
		if p, err = t.pageMeant(edit); err != nil {
			return err
		}
		if p == nil {
			p = &lectern.ExternalPage{}
		}
		return t.ingest(p, edit)
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// UpdateExternalPage applies edit in one transaction, after check. See
// lectern.ExternalPageStore.
func (d *DB) UpdateExternalPage(ctx context.Context, by lectern.Actor, id lectern.ExternalPageID, edit *lectern.ExternalPageEdit, check func(*lectern.ExternalPage) error) (*lectern.ExternalPage, error) {
	var p *lectern.ExternalPage
	err := d.write(ctx, by, lectern.MayWriteArticles, "update external page", func(t *tx) (err error) {
		if p, err = readExternalPage(t, by.Workspace, id); err != nil {
			return err
		}
		if check != nil {
			if err := check(p); err != nil {
				return err
			}
		}
		other, err := t.pageMeant(&lectern.ExternalPageEdit{
			Source: or(edit.Source, p.Source), ExternalID: or(edit.ExternalID, p.ExternalID),
		})
		if err != nil {
			return err
		}
		if other != nil && other.ID != id {
			return lectern.Conflictf("Another page of the source has the external_id %s.", other.ExternalID)
		}
		return t.ingest(p, edit)
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// pageMeant finds the page that has the source and external ID of an edit, or
// nil.
func (t *tx) pageMeant(e *lectern.ExternalPageEdit) (*lectern.ExternalPage, error) {
	if e.Source == nil || e.ExternalID == nil {
		return nil, nil
	}
	found, err := db.All(t, db.Scalar[lectern.ExternalPageID], `
		SELECT id FROM external_page WHERE workspace_id = $1 AND source_id = $2 AND external_id = $3`,
		t.by.Workspace, *e.Source, *e.ExternalID)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return readExternalPage(t, t.by.Workspace, found[0])
}

// ingest changes a page as edit asks, a new one if it has no ID, and notes in
// its source that a page came in.
func (t *tx) ingest(p *lectern.ExternalPage, edit *lectern.ExternalPageEdit) error {
	source, err := readImportSource(t, t.by.Workspace, *or(edit.Source, p.Source))
	if errors.Is(err, lectern.NotFound) {
		return lectern.Invalidf("source_id", "source_id is invalid")
	}
	if err != nil {
		return err
	}
	if err := p.Apply(edit, source, t.now); err != nil {
		return err
	}
	kind, fresh := lectern.ExternalPageUpdated, 0
	if p.ID == 0 {
		kind, fresh = lectern.ExternalPageCreated, 1
	}
	id, err := t.take(fresh, 1)
	if err != nil {
		return err
	}
	if p.ID == 0 {
		p.ID = lectern.ExternalPageID(id)
		if err := t.setAudiences(id, p.Audiences); err != nil {
			return err
		}
	}
	if err := t.saveExternalPage(p); err != nil {
		return err
	}
	source.LastSyncedAt = t.now
	if err := t.saveImportSource(source); err != nil {
		return err
	}
	return t.record(kind, int64(p.ID), lectern.EventData{Name: p.Title})
}

// saveExternalPage stores a page, a new one or one as it is now.
func (t *tx) saveExternalPage(p *lectern.ExternalPage) error {
	_, err := t.Exec(`
		INSERT INTO external_page (workspace_id, `+externalPageColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (workspace_id, id) DO UPDATE SET source_id = excluded.source_id, external_id = excluded.external_id,
			title = excluded.title, html = excluded.html, url = excluded.url, chatbot = excluded.chatbot,
			copilot = excluded.copilot, sales_agent = excluded.sales_agent,
			last_ingested_at = excluded.last_ingested_at, updated_at = excluded.updated_at`,
		t.by.Workspace, p.ID, p.Source, p.ExternalID, p.Title, p.HTML, p.URL, p.Locale,
		p.Availability.Chatbot, p.Availability.Copilot, p.Availability.SalesAgent,
		p.IngestedAt.Unix(), p.CreatedAt.Unix(), p.UpdatedAt.Unix())
	if err != nil {
		return err
	}
	return t.learnContent(lectern.Object{Kind: lectern.ExternalPageObject, ID: int64(p.ID)}, p.Locale, p.Title, p.HTML)
}

// DeleteExternalPage removes a page, and returns it without its HTML. It
// returns NotFound.
func (d *DB) DeleteExternalPage(ctx context.Context, by lectern.Actor, id lectern.ExternalPageID) (*lectern.ExternalPage, error) {
	var p *lectern.ExternalPage
	err := d.write(ctx, by, lectern.MayWriteArticles, "delete external page", func(t *tx) (err error) {
		if p, err = readExternalPage(t, by.Workspace, id); err != nil {
			return err
		}
		if _, err := t.take(0, 1); err != nil {
			return err
		}
		if err := t.clearExternalPage(id); err != nil {
			return err
		}
		_, err = t.Exec(`DELETE FROM external_page WHERE workspace_id = $1 AND id = $2`, by.Workspace, id)
		if err != nil {
			return err
		}
		p.HTML = ""
		return t.record(lectern.ExternalPageDeleted, int64(id), lectern.EventData{Name: p.Title})
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// clearExternalPage takes off a page all that hangs on it, before it is deleted.
func (t *tx) clearExternalPage(id lectern.ExternalPageID) error {
	o := lectern.Object{Kind: lectern.ExternalPageObject, ID: int64(id)}
	if err := t.forgetContent(o); err != nil {
		return err
	}
	if err := t.untagAll(o); err != nil {
		return err
	}
	return t.dropAudiences(o.ID)
}

// or returns given, or fallback if there is none.
func or[T any](given *T, fallback T) *T {
	if given != nil {
		return given
	}
	return &fallback
}
