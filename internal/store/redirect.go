package store

import (
	"context"
	"strings"

	"lectern"
	"lectern/internal/store/db"
)

const redirectColumns = `id, help_center_id, from_address, locale, COALESCE(article_id, 0), COALESCE(collection_id, 0),
	created_at, updated_at`

func scanRedirect(r db.Rows) (*lectern.Redirect, error) {
	x := &lectern.Redirect{}
	return x, r.Scan(&x.ID, &x.HelpCenter, &x.From, &x.Locale, &x.Target.Article, &x.Target.Collection,
		db.Seconds(&x.CreatedAt), db.Seconds(&x.UpdatedAt))
}

// Redirect finds one of a help center. It returns NotFound.
func (d *DB) Redirect(ctx context.Context, ws lectern.WorkspaceID, h lectern.HelpCenterID, id lectern.RedirectID) (*lectern.Redirect, error) {
	return db.Find(ctx, d.db, "read redirect", scanRedirect, `
		SELECT `+redirectColumns+` FROM redirect WHERE workspace_id = $1 AND help_center_id = $2 AND id = $3`, ws, h, id)
}

// RedirectsAt lists those of a help center at the place of an address. See
// lectern.RedirectStore.
func (d *DB) RedirectsAt(ctx context.Context, ws lectern.WorkspaceID, h lectern.HelpCenterID, from string) ([]*lectern.Redirect, error) {
	at := &lectern.Redirect{From: from}
	path, _, _ := strings.Cut(at.Key(), "?")
	// The sign behind the question mark ends what begins with path and that.
	return db.List(ctx, d.db, "read redirects", scanRedirect, `
		SELECT `+redirectColumns+` FROM redirect WHERE workspace_id = $1 AND help_center_id = $2 AND place = $3
		ORDER BY CASE WHEN address_key = $4 OR address_key > $5 AND address_key < $6 THEN 0 ELSE 1 END, address_key
		LIMIT $7`, ws, h, at.Place(), path, path+"?", path+"@", lectern.MaxRedirectsAt)
}

// Redirects returns a page of a help center's, in the order updated_at
// descending, ID descending, and their exact number. It returns NotFound.
func (d *DB) Redirects(ctx context.Context, ws lectern.WorkspaceID, h lectern.HelpCenterID, offset, size int) ([]*lectern.Redirect, int, error) {
	var list []*lectern.Redirect
	var total int
	err := d.db.Read(ctx, "list redirects", func(c db.Conn) error {
		_, err := readHelpCenter(c, ws, h)
		if err != nil {
			return err
		}
		const where = ` FROM redirect WHERE workspace_id = $1 AND help_center_id = $2 `
		if total, err = db.Count(c, `SELECT count(*)`+where, ws, h); err != nil {
			return err
		}
		list, err = db.All(c, scanRedirect, `SELECT `+redirectColumns+where+`
			ORDER BY updated_at DESC, id DESC LIMIT $3 OFFSET $4`, ws, h, db.Limit(size), offset)
		return err
	})
	return list, total, err
}

// AddRedirect adds a redirect. See lectern.RedirectStore.
func (d *DB) AddRedirect(ctx context.Context, by lectern.Actor, r lectern.Redirect) (*lectern.Redirect, error) {
	var x lectern.Redirect
	err := d.write(ctx, by, lectern.MayWriteRedirects, "add redirect", func(t *tx) error {
		x = r
		h, err := readHelpCenter(t, by.Workspace, x.HelpCenter)
		if err != nil {
			return err
		}
		if err := x.Check(); err != nil {
			return err
		}
		texts, err := t.textsOfTarget(&x)
		if err != nil {
			return err
		}
		x.BindLocale(h, texts)
		id, err := t.take(1, 1)
		if err != nil {
			return err
		}
		x.ID, x.CreatedAt, x.UpdatedAt = lectern.RedirectID(id), t.now, t.now
		if err := t.insertRedirect(&x); err != nil {
			return err
		}
		return t.record(lectern.RedirectCreated, id, lectern.EventData{Name: x.From})
	})
	if err != nil {
		return nil, err
	}
	return &x, nil
}

// textsOfTarget lists the locales that the target has a text in. It returns
// NotFound when the target is not in the redirect's help center.
func (t *tx) textsOfTarget(x *lectern.Redirect) ([]lectern.Locale, error) {
	noun, id := `collection`, int64(x.Target.Collection)
	if x.Target.Article != 0 {
		noun, id = `article`, int64(x.Target.Article)
	}
	found, err := db.Exists(t, `SELECT id FROM `+noun+` WHERE workspace_id = $1 AND id = $2 AND help_center_id = $3`,
		t.by.Workspace, id, x.HelpCenter)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, db.NotFound()
	}
	return db.All(t, db.Scalar[lectern.Locale], `
		SELECT locale FROM `+noun+`_text WHERE workspace_id = $1 AND `+noun+`_id = $2`, t.by.Workspace, id)
}

// insertRedirect stores a redirect that has its ID. It returns Conflict when
// the help center has one with its key.
func (t *tx) insertRedirect(x *lectern.Redirect) error {
	n, err := t.Exec(`
		INSERT INTO redirect (workspace_id, id, help_center_id, address_key, from_address, locale,
			article_id, collection_id, created_at, updated_at, place)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (workspace_id, help_center_id, address_key) DO NOTHING`,
		t.by.Workspace, x.ID, x.HelpCenter, x.Key(), x.From, x.Locale,
		db.Null(x.Target.Article), db.Null(x.Target.Collection), x.CreatedAt.Unix(), x.UpdatedAt.Unix(), x.Place())
	if err == nil && n == 0 {
		return lectern.Conflictf("A redirect with that URL already exists")
	}
	return err
}

// DeleteRedirect removes a redirect of a help center. It returns NotFound.
func (d *DB) DeleteRedirect(ctx context.Context, by lectern.Actor, h lectern.HelpCenterID, id lectern.RedirectID) error {
	return d.write(ctx, by, lectern.MayWriteRedirects, "delete redirect", func(t *tx) error {
		x, err := db.First(t, scanRedirect, `
			SELECT `+redirectColumns+` FROM redirect WHERE workspace_id = $1 AND help_center_id = $2 AND id = $3`, by.Workspace, h, id)
		if err != nil {
			return err
		}
		if _, err := t.take(0, 1); err != nil {
			return err
		}
		if _, err := t.Exec(`DELETE FROM redirect WHERE workspace_id = $1 AND id = $2`, by.Workspace, id); err != nil {
			return err
		}
		return t.record(lectern.RedirectDeleted, int64(id), lectern.EventData{Name: x.From})
	})
}
