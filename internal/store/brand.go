package store

import (
	"context"

	"lectern"
	"lectern/internal/store/db"
)

func scanBrand(r db.Rows) (*lectern.Brand, error) {
	b := &lectern.Brand{}
	return b, r.Scan(&b.ID, &b.Name, &b.Default, &b.HelpCenter, &b.AddressSettings, db.Seconds(&b.CreatedAt), db.Seconds(&b.UpdatedAt))
}

// Brands lists all, the default first, then oldest first.
func (d *DB) Brands(ctx context.Context, ws lectern.WorkspaceID) ([]*lectern.Brand, error) {
	return db.List(ctx, d.db, "list brands", scanBrand, `
		SELECT b.id, b.name, b.is_default, COALESCE(b.help_center_id, h.id), b.address_settings_id, b.created_at, b.updated_at
		FROM brand b JOIN help_center h ON h.workspace_id = b.workspace_id AND h.is_default = 1
		WHERE b.workspace_id = $1 ORDER BY b.is_default DESC, b.id`, ws)
}

// AddBrand adds a brand of a help center, beside the default one. It returns
// Invalid when the help center does not exist.
func (d *DB) AddBrand(ctx context.Context, by lectern.Actor, name string, h lectern.HelpCenterID) (*lectern.Brand, error) {
	var b *lectern.Brand
	err := d.write(ctx, by, lectern.MayWriteSettings, "add brand", func(t *tx) error {
		known, err := db.Exists(t, `SELECT id FROM help_center WHERE workspace_id = $1 AND id = $2`, by.Workspace, h)
		if err != nil {
			return err
		}
		if !known {
			return lectern.Invalidf("help_center_id", "help_center_id is invalid")
		}
		id, err := t.take(2, 1)
		if err != nil {
			return err
		}
		b = &lectern.Brand{ID: lectern.BrandID(id), Name: name, HelpCenter: h, AddressSettings: id + 1}
		return t.insertBrand(b)
	})
	if err != nil {
		return nil, err
	}
	return b, nil
}

// insertBrand stores a brand that has its IDs, and the event. The default one
// is tied to no help center by row: it has whichever is the default.
func (t *tx) insertBrand(b *lectern.Brand) error {
	b.CreatedAt, b.UpdatedAt = t.now, t.now
	home := b.HelpCenter
	if b.Default {
		home = 0
	}
	_, err := t.Exec(`
		INSERT INTO brand (workspace_id, id, name, is_default, help_center_id, address_settings_id, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		t.by.Workspace, b.ID, b.Name, b.Default, db.Null(home), b.AddressSettings, b.CreatedAt.Unix(), b.UpdatedAt.Unix())
	if err != nil {
		return err
	}
	return t.record(lectern.BrandCreated, int64(b.ID), lectern.EventData{Name: b.Name})
}
