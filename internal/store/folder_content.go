package store

import (
	"lectern"
	"lectern/internal/store/db"
)

// putInFolder makes a folder the one that an object is in; zero takes the
// object out of its folder. It returns Invalid when there is no such folder.
func (t *tx) putInFolder(o lectern.Object, id lectern.FolderID) error {
	if id == 0 {
		_, err := t.Exec(`
			DELETE FROM folder_content WHERE workspace_id = $1 AND object_kind = $2 AND object_id = $3`,
			t.by.Workspace, o.Kind, o.ID)
		return err
	}
	found, err := db.Exists(t, `SELECT id FROM folder WHERE workspace_id = $1 AND id = $2`, t.by.Workspace, id)
	if err != nil {
		return err
	}
	if !found {
		return lectern.Invalidf("folder_id", "folder_id is invalid")
	}
	_, err = t.Exec(`
		INSERT INTO folder_content (workspace_id, object_kind, object_id, folder_id) VALUES ($1, $2, $3, $4)
		ON CONFLICT (workspace_id, object_kind, object_id) DO UPDATE SET folder_id = excluded.folder_id`,
		t.by.Workspace, o.Kind, o.ID, id)
	return err
}

// foldersOf reads the folders that objects of one kind are in, by the object's
// ID. One that is in none has no entry.
func foldersOf[T ~int64](c db.Conn, ws lectern.WorkspaceID, kind lectern.ObjectKind, ids []T) (map[T]lectern.FolderID, error) {
	folders := map[T]lectern.FolderID{}
	err := db.EachOf(c, ids, func(r db.Rows) error {
		var id T
		var folder lectern.FolderID
		err := r.Scan(&id, &folder)
		folders[id] = folder
		return err
	}, `SELECT object_id, folder_id FROM folder_content
		WHERE workspace_id = $1 AND object_kind = $2 AND object_id IN`, ws, kind)
	return folders, err
}

// insideOf is the IDs of the folder $2 and all folders inside it, whatever the
// depth. It is asked for with the workspace as $1.
const insideOf = `
	WITH RECURSIVE inside (id) AS (
		SELECT id FROM folder WHERE workspace_id = $1 AND id = $2
		UNION
		SELECT f.id FROM folder f JOIN inside i ON f.parent_id = i.id WHERE f.workspace_id = $1
	)
	SELECT id FROM inside`
