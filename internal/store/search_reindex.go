package store

import (
	"context"

	"lectern"
	"lectern/internal/search"
	"lectern/internal/store/db"
	"lectern/internal/store/find"
)

// reindexed is how many texts are read anew in one transaction. Who else changes
// the workspace waits meanwhile.
const reindexed = 32

// Reindex reads anew the texts that older rules have read. See
// lectern.SearchStore.
func (d *DB) Reindex(ctx context.Context, progress func(done, total int)) error {
	r := reindexing{DB: d, progress: progress}
	var version, times int
	var workspaces []outdatedUpTo
	err := d.db.Read(ctx, "see what to index", func(c db.Conn) (err error) {
		if err := db.One(c, []any{&version, &times}, `SELECT version, outdated FROM search_version WHERE workspace_id = 0`); err != nil {
			return err
		}
		if version >= search.Version {
			return nil
		}
		workspaces, err = db.All(c, func(rows db.Rows) (x outdatedUpTo, err error) {
			err = rows.Scan(&x.ws, &x.event)
			return x, err
		}, `SELECT w.workspace_id, COALESCE(v.outdated, -1) FROM workspace w LEFT JOIN search_version v ON v.workspace_id = w.workspace_id
			ORDER BY w.workspace_id`)
		if err != nil {
			return err
		}
		r.total = 0
		for _, x := range workspaces {
			n, err := db.Count(c, `SELECT count(*) FROM search_text WHERE workspace_id = $1 AND state <> '' AND (version < $2 OR event_id <= $3)`,
				x.ws, search.Version, x.event)
			if err != nil {
				return err
			}
			r.total += n
		}
		return nil
	})
	if err != nil || version >= search.Version {
		return err
	}
	r.tell()
	for _, x := range workspaces {
		r.outdated = x.event
		if err := r.workspace(ctx, x.ws); err != nil {
			return err
		}
	}
	return d.write(ctx, lectern.ByInstallation(0, lectern.ViaWorker), lectern.MayRunInstallation, "finish indexing", func(t *tx) error {
		_, err := t.Exec(`UPDATE search_version SET version = $1 WHERE workspace_id = 0 AND outdated = $2`, search.Version, times)
		return err
	})
}

// OutdateIndex makes the next Reindex read every text.
func (d *DB) OutdateIndex(ctx context.Context) error {
	return d.write(ctx, lectern.ByInstallation(0, lectern.ViaWorker), lectern.MayRunInstallation, "outdate the index", func(t *tx) error {
		err := t.do(`UPDATE search_version SET version = 0, outdated = outdated + 1 WHERE workspace_id = 0`)
		if err != nil {
			return err
		}
		_, err = t.Exec(`
			INSERT INTO search_version (workspace_id, version, outdated)
			SELECT workspace_id, 0, last_event FROM counter WHERE workspace_id <> 0
			ON CONFLICT (workspace_id) DO UPDATE SET outdated = excluded.outdated`)
		return err
	})
}

// An outdatedUpTo is the event of a workspace up to which texts are outdated.
type outdatedUpTo struct {
	ws    lectern.WorkspaceID
	event lectern.EventID
}

// A reindexing is one pass over the texts that are outdated.
type reindexing struct {
	*DB
	progress    func(done, total int)
	outdated    lectern.EventID // of the workspace that is being read
	done, total int
}

func (r *reindexing) tell() {
	if r.progress != nil {
		r.progress(r.done, r.total)
	}
}

// An outdatedText is the row of a text as it was found, and the text.
type outdatedText struct {
	key   TextKey
	event lectern.EventID
	doc   document
}

// workspace reads the texts of a workspace anew, some at a time.
func (r *reindexing) workspace(ctx context.Context, ws lectern.WorkspaceID) error {
	last := TextKey{Workspace: ws}
	for {
		var list []outdatedText
		err := r.db.Read(ctx, "read texts to index", func(c db.Conn) (err error) {
			if list, err = r.next(c, last); err != nil {
				return err
			}
			return readDocuments(c, ws, list)
		})
		if err != nil || len(list) == 0 {
			return err
		}
		entries := make([]search.Entry, len(list))
		for i, x := range list {
			entries[i] = x.doc.read()
		}
		err = r.write(ctx, lectern.ByInstallation(ws, lectern.ViaWorker), lectern.MayRunInstallation, "index texts", func(t *tx) error {
			for i, x := range list {
				if err := t.renew(x, entries[i]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		last = list[len(list)-1].key
		r.done = min(r.done+len(list), r.total)
		r.tell()
	}
}

// next lists the texts that follow one.
func (r *reindexing) next(c db.Conn, last TextKey) ([]outdatedText, error) {
	return db.All(c, func(rows db.Rows) (x outdatedText, err error) {
		x.key.Workspace = last.Workspace
		err = rows.Scan(&x.key.ID, &x.key.Locale, &x.key.Kind, &x.event)
		x.doc.locale = x.key.Locale
		return x, err
	}, `SELECT object_id, locale, kind, event_id FROM search_text
		WHERE workspace_id = $1 AND (object_id > $2 OR object_id = $2 AND locale > $3)
			AND state <> '' AND (version < $4 OR event_id <= $5)
		ORDER BY object_id, locale LIMIT $6`, last.Workspace, last.ID, last.Locale, search.Version, r.outdated, reindexed)
}

// readDocuments sets the documents of texts.
func readDocuments(c db.Conn, ws lectern.WorkspaceID, list []outdatedText) error {
	at := map[TextKey]int{}
	ids := map[lectern.ObjectKind][]int64{}
	for i, x := range list {
		at[x.key] = i
		ids[x.key.Kind] = append(ids[x.key.Kind], x.key.ID)
	}
	for kind, some := range ids {
		text := `SELECT id, locale, ` + find.TextColumns[kind] + ` FROM ` + find.Tables[kind] + ` WHERE workspace_id = $1 AND id IN `
		if kind == lectern.ArticleObject {
			text = `SELECT article_id, locale, title, description, body FROM article_text WHERE workspace_id = $1 AND article_id IN `
		}
		err := db.EachOf(c, some, func(r db.Rows) error {
			key := TextKey{Workspace: ws, Object: lectern.Object{Kind: kind}}
			var d document
			if err := r.Scan(&key.ID, &d.locale, &d.title, &d.description, &d.body); err != nil {
				return err
			}
			key.Locale = d.locale
			if i, ok := at[key]; ok {
				list[i].doc = d
			}
			return nil
		}, text, ws)
		if err != nil {
			return err
		}
	}
	return nil
}

// renew writes the row of a text anew, unless somebody else did since it was
// found.
func (t *tx) renew(x outdatedText, e search.Entry) error {
	found, err := db.Exists(t, `SELECT 1 FROM search_text WHERE workspace_id = $1 AND object_id = $2 AND locale = $3 AND event_id = $4`,
		x.key.Workspace, x.key.ID, x.key.Locale, x.event)
	if err != nil || !found {
		return err
	}
	old, err := t.textRow(x.key)
	if err != nil {
		return err
	}
	return t.putText(x.key, old, rowOf(old.state, e))
}
