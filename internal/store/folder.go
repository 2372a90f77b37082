package store

import (
	"context"

	"lectern"
	"lectern/internal/store/db"
)

// folderColumns are what scanFolder reads of the folder called f.
const folderColumns = `f.id, f.name, f.description, f.emoji, COALESCE(f.parent_id, 0), f.created_at, f.updated_at,
	(SELECT count(*) FROM folder_content x WHERE x.workspace_id = f.workspace_id AND x.folder_id = f.id)`

func scanFolder(r db.Rows) (*lectern.Folder, error) {
	f := &lectern.Folder{}
	return f, r.Scan(&f.ID, &f.Name, &f.Description, &f.Emoji, &f.Parent,
		db.Seconds(&f.CreatedAt), db.Seconds(&f.UpdatedAt), &f.ContentCount)
}

// Folder finds one. It returns NotFound.
func (d *DB) Folder(ctx context.Context, ws lectern.WorkspaceID, id lectern.FolderID) (f *lectern.Folder, err error) {
	err = d.db.Read(ctx, "read folder", func(c db.Conn) error {
		f, err = readFolder(c, ws, id)
		return err
	})
	return f, err
}

func readFolder(c db.Conn, ws lectern.WorkspaceID, id lectern.FolderID) (*lectern.Folder, error) {
	return db.First(c, scanFolder, `
		SELECT `+folderColumns+` FROM folder f WHERE f.workspace_id = $1 AND f.id = $2`, ws, id)
}

// Folders returns a page, in the order updated_at descending, ID descending,
// and the exact number of folders the query asks for.
func (d *DB) Folders(ctx context.Context, ws lectern.WorkspaceID, q lectern.FolderQuery) ([]*lectern.Folder, int, error) {
	var list []*lectern.Folder
	var total int
	err := d.db.Read(ctx, "list folders", func(c db.Conn) (err error) {
		const where = ` FROM folder f WHERE f.workspace_id = $1 AND (CAST($2 AS BIGINT) = 0 OR f.parent_id = $2) `
		if total, err = db.Count(c, `SELECT count(*)`+where, ws, q.Parent); err != nil {
			return err
		}
		list, err = db.All(c, scanFolder, `SELECT `+folderColumns+where+`
			ORDER BY f.updated_at DESC, f.id DESC LIMIT $3 OFFSET $4`, ws, q.Parent, db.Limit(q.Limit), q.Offset)
		return err
	})
	return list, total, err
}

// AddFolder creates a folder as edit asks.
func (d *DB) AddFolder(ctx context.Context, by lectern.Actor, edit *lectern.FolderEdit) (*lectern.Folder, error) {
	var f *lectern.Folder
	err := d.write(ctx, by, lectern.MayWriteArticles, "add folder", func(t *tx) error {
		f = &lectern.Folder{}
		if err := f.Apply(edit, t.now); err != nil {
			return err
		}
		if err := t.checkFolderParent(f); err != nil {
			return err
		}
		id, err := t.take(1, 1)
		if err != nil {
			return err
		}
		f.ID = lectern.FolderID(id)
		_, err = t.Exec(`
			INSERT INTO folder (workspace_id, id, name, description, emoji, parent_id, created_at, updated_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			by.Workspace, id, f.Name, f.Description, f.Emoji, db.Null(f.Parent), f.CreatedAt.Unix(), f.UpdatedAt.Unix())
		if err != nil {
			return err
		}
		return t.record(lectern.FolderCreated, id, lectern.EventData{Name: f.Name})
	})
	if err != nil {
		return nil, err
	}
	return f, nil
}

// UpdateFolder applies edit in one transaction, after check. See
// lectern.FolderStore.
func (d *DB) UpdateFolder(ctx context.Context, by lectern.Actor, id lectern.FolderID, edit *lectern.FolderEdit, check func(*lectern.Folder) error) (*lectern.Folder, error) {
	var f *lectern.Folder
	err := d.write(ctx, by, lectern.MayWriteArticles, "update folder", func(t *tx) (err error) {
		if f, err = readFolder(t, by.Workspace, id); err != nil {
			return err
		}
		if check != nil {
			if err := check(f); err != nil {
				return err
			}
		}
		if err := f.Apply(edit, t.now); err != nil {
			return err
		}
		if err := t.checkFolderParent(f); err != nil {
			return err
		}
		if _, err := t.take(0, 1); err != nil {
			return err
		}
		_, err = t.Exec(`
			UPDATE folder SET name = $3, description = $4, emoji = $5, parent_id = $6, updated_at = $7
			WHERE workspace_id = $1 AND id = $2`,
			by.Workspace, id, f.Name, f.Description, f.Emoji, db.Null(f.Parent), f.UpdatedAt.Unix())
		if err != nil {
			return err
		}
		return t.record(lectern.FolderUpdated, int64(id), lectern.EventData{Name: f.Name})
	})
	if err != nil {
		return nil, err
	}
	return f, nil
}

// checkFolderParent returns Invalid unless the parent of f exists and is
// neither f nor inside it.
func (t *tx) checkFolderParent(f *lectern.Folder) error {
	if f.Parent == 0 {
		return nil
	}
	found, err := db.Exists(t, `SELECT id FROM folder WHERE workspace_id = $1 AND id = $2`, t.by.Workspace, f.Parent)
	if err != nil {
		return err
	}
	if !found {
		return lectern.Invalidf("folder.parent_folder_id", "parent_folder_id is invalid")
	}
	inside, err := db.Exists(t, `SELECT id FROM folder WHERE workspace_id = $1 AND id = $3 AND id IN (`+insideOf+`)`,
		t.by.Workspace, f.ID, f.Parent)
	if err != nil {
		return err
	}
	if inside {
		return lectern.Invalidf("folder.parent_folder_id", "parent_folder_id must not be the folder itself or one inside it")
	}
	return nil
}

// DeleteFolder deletes an empty folder. It returns NotFound, or Conflict when
// something is in it.
func (d *DB) DeleteFolder(ctx context.Context, by lectern.Actor, id lectern.FolderID) error {
	return d.write(ctx, by, lectern.MayWriteArticles, "delete folder", func(t *tx) error {
		f, err := readFolder(t, by.Workspace, id)
		if err != nil {
			return err
		}
		inside, err := db.Exists(t, `SELECT id FROM folder WHERE workspace_id = $1 AND parent_id = $2`, by.Workspace, id)
		if err != nil {
			return err
		}
		if f.ContentCount > 0 || inside {
			return lectern.Conflictf("Folder is not empty")
		}
		if _, err := t.take(0, 1); err != nil {
			return err
		}
		if _, err := t.Exec(`DELETE FROM folder WHERE workspace_id = $1 AND id = $2`, by.Workspace, id); err != nil {
			return err
		}
		return t.record(lectern.FolderDeleted, int64(id), lectern.EventData{Name: f.Name})
	})
}
