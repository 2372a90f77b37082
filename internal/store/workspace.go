package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"lectern"
	"lectern/internal/store/db"
)

const workspaceColumns = `workspace_id, code, name, region, timezone, created_at`

func scanWorkspace(r db.Rows) (*lectern.Workspace, error) {
	w := &lectern.Workspace{}
	return w, r.Scan(&w.ID, &w.Code, &w.Name, &w.Region, &w.Timezone, db.Seconds(&w.CreatedAt))
}

// Workspace finds one. It returns NotFound.
func (d *DB) Workspace(ctx context.Context, id lectern.WorkspaceID) (*lectern.Workspace, error) {
	return db.Find(ctx, d.db, "read workspace", scanWorkspace, `
		SELECT `+workspaceColumns+` FROM workspace WHERE workspace_id = $1`, id)
}

// Workspaces lists all, oldest first.
func (d *DB) Workspaces(ctx context.Context) ([]*lectern.Workspace, error) {
	return db.List(ctx, d.db, "list workspaces", scanWorkspace, `
		SELECT `+workspaceColumns+` FROM workspace ORDER BY workspace_id`)
}

// Setup creates what an empty installation starts with. On a store that has a
// workspace it returns that workspace and false. It returns Invalid for a region
// outside lectern.Regions.
func (d *DB) Setup(ctx context.Context, s lectern.Setup) (*lectern.Workspace, bool, error) {
	var made *lectern.Workspace
	var created bool
	err := d.write(ctx, lectern.ByInstallation(0, lectern.ViaCommand), lectern.MayRunInstallation, "set up", func(t *tx) error {
		old, err := db.All(t, scanWorkspace, `
			SELECT `+workspaceColumns+` FROM workspace ORDER BY workspace_id LIMIT 1`)
		if err != nil {
			return err
		}
		if len(old) > 0 {
			made, created = old[0], false
			return nil
		}
		made, err = t.setUp(s)
		created = true
		return err
	})
	if err != nil {
		return nil, false, err
	}
	return made, created, nil
}

// AddWorkspace creates a workspace with all it cannot be without, like Setup,
// beside those that exist. It returns Invalid for a region outside
// lectern.Regions, and Conflict when the token or the help center's identifier
// is taken.
func (d *DB) AddWorkspace(ctx context.Context, by lectern.Actor, s lectern.Setup) (*lectern.Workspace, error) {
	var made *lectern.Workspace
	err := d.write(ctx, by, lectern.MayRunInstallation, "add workspace", func(t *tx) (err error) {
		made, err = t.setUp(s)
		return err
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// UpdateWorkspace reads the workspace of by, hands it to change and stores the
// name, region and timezone that change left, in one transaction. It returns
// NotFound, Invalid for a region outside lectern.Regions, or what change
// returned.
func (d *DB) UpdateWorkspace(ctx context.Context, by lectern.Actor, change func(*lectern.Workspace) error) (*lectern.Workspace, error) {
	var w *lectern.Workspace
	err := d.write(ctx, by, lectern.MayManageWorkspace, "update workspace", func(t *tx) (err error) {
		w, err = db.First(t, scanWorkspace, `
			SELECT `+workspaceColumns+` FROM workspace WHERE workspace_id = $1`, by.Workspace)
		if err != nil {
			return err
		}
		before := *w
		if err := change(w); err != nil {
			return err
		}
		w.ID, w.Code, w.CreatedAt = before.ID, before.Code, before.CreatedAt
		return t.updateWorkspace(w, &before)
	})
	if err != nil {
		return nil, err
	}
	return w, nil
}

// updateWorkspace stores what became of a workspace, and the event, unless
// nothing changed.
func (t *tx) updateWorkspace(w, before *lectern.Workspace) error {
	from, to := differences(workspaceSettings(before), workspaceSettings(w))
	if from == to {
		return nil
	}
	if err := checkRegion(w.Region); err != nil {
		return err
	}
	if _, err := t.take(0, 1); err != nil {
		return err
	}
	_, err := t.Exec(`
		UPDATE workspace SET name = $2, region = $3, timezone = $4 WHERE workspace_id = $1`,
		w.ID, w.Name, w.Region, w.Timezone)
	if err != nil {
		return err
	}
	return t.record(lectern.WorkspaceUpdated, int64(w.ID), lectern.EventData{Name: w.Name, Before: from, After: to})
}

// workspaceSettings lists what can be changed of a workspace, in words.
func workspaceSettings(w *lectern.Workspace) []string {
	return []string{"name: " + w.Name, "region: " + w.Region, "timezone: " + w.Timezone}
}

func checkRegion(region string) error {
	if !slices.Contains(lectern.Regions, region) {
		return lectern.Invalidf("region", "The region must be one of %s, not %q.", strings.Join(lectern.Regions, ", "), region)
	}
	return nil
}

// setUp creates a workspace and all it cannot be without.
func (t *tx) setUp(s lectern.Setup) (*lectern.Workspace, error) {
	region := cmp.Or(s.Region, lectern.Regions[0])
	if err := checkRegion(region); err != nil {
		return nil, err
	}
	ws, err := t.takeWorkspace()
	if err != nil {
		return nil, err
	}
	t.by.Workspace = ws // nobody else can write there yet
	id, err := t.take(6, 6)
	if err != nil {
		return nil, err
	}
	w := &lectern.Workspace{
		ID: ws, Code: lectern.NewWorkspaceCode(), Name: s.WorkspaceName,
		Region: region, Timezone: "Etc/UTC", CreatedAt: t.now,
	}
	_, err = t.Exec(`
		INSERT INTO workspace (`+workspaceColumns+`) VALUES ($1, $2, $3, $4, $5, $6)`,
		w.ID, w.Code, w.Name, w.Region, w.Timezone, w.CreatedAt.Unix())
	if err != nil {
		return nil, err
	}
	if err := t.record(lectern.WorkspaceCreated, int64(ws), lectern.EventData{Name: w.Name}); err != nil {
		return nil, err
	}
	first := s.Admin
	first.ID = lectern.AdminID(id)
	if err := t.insertAdmin(&first); err != nil {
		return nil, err
	}
	if err := t.insertAdmin(bot(lectern.AdminID(id+1), w)); err != nil {
		return nil, err
	}
	h := &lectern.HelpCenter{
		ID: lectern.HelpCenterID(id + 2), Identifier: s.Identifier, DisplayName: s.HelpCenter,
		WebsiteTurnedOn: true, DefaultLocale: s.Locale,
	}
	if err := t.insertHelpCenter(h); err != nil {
		return nil, err
	}
	b := &lectern.Brand{ID: lectern.BrandID(id + 4), Name: w.Name, Default: true, AddressSettings: id + 5}
	if err := t.insertBrand(b); err != nil {
		return nil, err
	}
	k := &lectern.Token{ID: lectern.TokenID(id + 3), Admin: first.ID, Name: s.TokenName, Hash: s.Token}
	return w, t.insertToken(k)
}

// bot is the teammate that every workspace has and nobody is; name and address
// are those that clients of the API know it by.
func bot(id lectern.AdminID, w *lectern.Workspace) *lectern.Admin {
	return &lectern.Admin{
		ID: id, Name: "Fin", Email: "operator+" + w.Code + "@intercom.io", Bot: true, EmailVerified: true,
	}
}

// BeginLoad notes that a workspace is being filled. See lectern.WorkspaceStore.
func (d *DB) BeginLoad(ctx context.Context, by lectern.Actor) (mine bool, err error) {
	err = d.write(ctx, by, lectern.MayWriteArticles, "begin to fill the workspace", func(t *tx) error {
		mine = false
		begun, err := db.Exists(t, `SELECT begun_at FROM content_load WHERE workspace_id = $1`, by.Workspace)
		if err != nil || begun {
			mine = begun
			return err
		}
		for _, statement := range []string{
			`SELECT id FROM article WHERE workspace_id = $1 LIMIT 1`,
			`SELECT id FROM collection WHERE workspace_id = $1 LIMIT 1`,
		} {
			if found, err := db.Exists(t, statement, by.Workspace); err != nil || found {
				return err
			}
		}
		mine = true
		_, err = t.Exec(`INSERT INTO content_load (workspace_id, begun_at) VALUES ($1, $2)`, by.Workspace, t.now.Unix())
		return err
	})
	return mine && err == nil, err
}

// EndLoad notes that a workspace is filled.
func (d *DB) EndLoad(ctx context.Context, by lectern.Actor) error {
	return d.write(ctx, by, lectern.MayWriteArticles, "end the filling of the workspace", func(t *tx) error {
		_, err := t.Exec(`DELETE FROM content_load WHERE workspace_id = $1`, by.Workspace)
		return err
	})
}
