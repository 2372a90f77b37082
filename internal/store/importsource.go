package store

import (
	"context"

	"lectern"
	"lectern/internal/store/db"
)

const importSourceColumns = `id, url, sync_behavior, status, last_synced_at, created_at, updated_at`

func scanImportSource(r db.Rows) (*lectern.ImportSource, error) {
	s := &lectern.ImportSource{}
	return s, r.Scan(&s.ID, &s.URL, &s.Sync, &s.Status, db.Seconds(&s.LastSyncedAt), db.Seconds(&s.CreatedAt), db.Seconds(&s.UpdatedAt))
}

// ImportSource finds one. It returns NotFound.
func (d *DB) ImportSource(ctx context.Context, ws lectern.WorkspaceID, id lectern.ImportSourceID) (s *lectern.ImportSource, err error) {
	err = d.db.Read(ctx, "read import source", func(c db.Conn) error {
		s, err = readImportSource(c, ws, id)
		return err
	})
	return s, err
}

func readImportSource(c db.Conn, ws lectern.WorkspaceID, id lectern.ImportSourceID) (*lectern.ImportSource, error) {
	s, err := db.First(c, scanImportSource, `
		SELECT `+importSourceColumns+` FROM import_source WHERE workspace_id = $1 AND id = $2`, ws, id)
	if err != nil {
		return nil, err
	}
	return s, addSourceAudiences(c, ws, []*lectern.ImportSource{s})
}

// addSourceAudiences fills in the audiences of sources.
func addSourceAudiences(c db.Conn, ws lectern.WorkspaceID, list []*lectern.ImportSource) error {
	ids, byID := []lectern.ImportSourceID{}, map[lectern.ImportSourceID]*lectern.ImportSource{}
	for _, s := range list {
		ids, byID[s.ID] = append(ids, s.ID), s
	}
	audiences, err := audiencesOf(c, ws, ids)
	for id, list := range audiences {
		byID[id].Audiences = list
	}
	return err
}

// ImportSources returns a page, oldest first, and the exact number of sources.
func (d *DB) ImportSources(ctx context.Context, ws lectern.WorkspaceID, offset, size int) ([]*lectern.ImportSource, int, error) {
	var list []*lectern.ImportSource
	var total int
	err := d.db.Read(ctx, "list import sources", func(c db.Conn) (err error) {
		if total, err = db.Count(c, `SELECT count(*) FROM import_source WHERE workspace_id = $1`, ws); err != nil {
			return err
		}
		list, err = db.All(c, scanImportSource, `
			SELECT `+importSourceColumns+` FROM import_source WHERE workspace_id = $1 ORDER BY id LIMIT $2 OFFSET $3`,
			ws, db.Limit(size), offset)
		if err != nil {
			return err
		}
		return addSourceAudiences(c, ws, list)
	})
	return list, total, err
}

// AddImportSource creates a source as edit asks.
func (d *DB) AddImportSource(ctx context.Context, by lectern.Actor, edit *lectern.ImportSourceEdit) (*lectern.ImportSource, error) {
	var s *lectern.ImportSource
	err := d.write(ctx, by, lectern.MayWriteArticles, "add import source", func(t *tx) error {
		s = &lectern.ImportSource{}
		if err := s.Apply(edit, t.now); err != nil {
			return err
		}
		id, err := t.take(1, 1)
		if err != nil {
			return err
		}
		s.ID = lectern.ImportSourceID(id)
		if err := t.saveImportSource(s); err != nil {
			return err
		}
		if err := t.setAudiences(id, s.Audiences); err != nil {
			return err
		}
		return t.record(lectern.ImportSourceCreated, id, lectern.EventData{Name: s.URL})
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// UpdateImportSource applies edit in one transaction, after check. See
// lectern.ImportSourceStore.
func (d *DB) UpdateImportSource(ctx context.Context, by lectern.Actor, id lectern.ImportSourceID, edit *lectern.ImportSourceEdit, check func(*lectern.ImportSource) error) (*lectern.ImportSource, error) {
	var s *lectern.ImportSource
	err := d.write(ctx, by, lectern.MayWriteArticles, "update import source", func(t *tx) (err error) {
		if s, err = readImportSource(t, by.Workspace, id); err != nil {
			return err
		}
		if check != nil {
			if err := check(s); err != nil {
				return err
			}
		}
		if err := s.Apply(edit, t.now); err != nil {
			return err
		}
		if _, err := t.take(0, 1); err != nil {
			return err
		}
		if err := t.saveImportSource(s); err != nil {
			return err
		}
		if edit.Audiences != nil {
			if err := t.setAudiences(int64(id), s.Audiences); err != nil {
				return err
			}
		}
		if edit.AudiencesOfPages {
			if err := t.passAudiencesOn(id); err != nil {
				return err
			}
		}
		return t.record(lectern.ImportSourceUpdated, int64(id), lectern.EventData{Name: s.URL})
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// saveImportSource stores a source, a new one or one as it is now.
func (t *tx) saveImportSource(s *lectern.ImportSource) error {
	_, err := t.Exec(`
		INSERT INTO import_source (workspace_id, `+importSourceColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (workspace_id, id) DO UPDATE SET url = excluded.url, sync_behavior = excluded.sync_behavior,
			status = excluded.status, last_synced_at = excluded.last_synced_at, updated_at = excluded.updated_at`,
		t.by.Workspace, s.ID, s.URL, s.Sync, s.Status, s.LastSyncedAt.Unix(), s.CreatedAt.Unix(), s.UpdatedAt.Unix())
	return err
}

// passAudiencesOn gives the audiences of a source to all its pages.
func (t *tx) passAudiencesOn(id lectern.ImportSourceID) error {
	if err := t.dropPageAudiences(id); err != nil {
		return err
	}
	_, err := t.Exec(`
		INSERT INTO audience_of (workspace_id, object_id, position, audience_id)
		SELECT p.workspace_id, p.id, a.position, a.audience_id
		FROM external_page p JOIN audience_of a ON a.workspace_id = p.workspace_id AND a.object_id = p.source_id
		WHERE p.workspace_id = $1 AND p.source_id = $2`, t.by.Workspace, id)
	return err
}

// dropPageAudiences forgets whom the pages of a source were meant for.
func (t *tx) dropPageAudiences(id lectern.ImportSourceID) error {
	_, err := t.Exec(`
		DELETE FROM audience_of WHERE workspace_id = $1 AND object_id IN (
			SELECT id FROM external_page WHERE workspace_id = $1 AND source_id = $2)`, t.by.Workspace, id)
	return err
}

// DeleteImportSource removes a source and its pages. It returns NotFound.
func (d *DB) DeleteImportSource(ctx context.Context, by lectern.Actor, id lectern.ImportSourceID) error {
	return d.write(ctx, by, lectern.MayWriteArticles, "delete import source", func(t *tx) error {
		s, err := readImportSource(t, by.Workspace, id)
		if err != nil {
			return err
		}
		if _, err := t.take(0, 1); err != nil {
			return err
		}
		pages, err := db.All(t, db.Scalar[lectern.ExternalPageID], `
			SELECT id FROM external_page WHERE workspace_id = $1 AND source_id = $2`, by.Workspace, id)
		if err != nil {
			return err
		}
		for _, page := range pages {
			if err := t.clearExternalPage(page); err != nil {
				return err
			}
		}
		if err := t.dropAudiences(int64(id)); err != nil {
			return err
		}
		for _, statement := range []string{
			`DELETE FROM external_page WHERE workspace_id = $1 AND source_id = $2`,
			`DELETE FROM import_source WHERE workspace_id = $1 AND id = $2`,
		} {
			if _, err := t.Exec(statement, by.Workspace, id); err != nil {
				return err
			}
		}
		return t.record(lectern.ImportSourceDeleted, int64(id), lectern.EventData{Name: s.URL})
	})
}
