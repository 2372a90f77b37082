package store

import (
	"context"
	"slices"
	"unicode"

	"lectern"
	"lectern/internal/store/db"
)

const adminColumns = `id, name, email, job_title, email_verified, bot, has_inbox_seat, avatar_url,
	away, away_reassign, away_reason, created_at, updated_at`

func scanAdmin(r db.Rows) (*lectern.Admin, error) {
	a := &lectern.Admin{}
	return a, r.Scan(&a.ID, &a.Name, &a.Email, &a.JobTitle, &a.EmailVerified, &a.Bot, &a.HasInboxSeat, &a.AvatarURL,
		&a.Away.Enabled, &a.Away.Reassign, &a.Away.Reason, db.Seconds(&a.CreatedAt), db.Seconds(&a.UpdatedAt))
}

// AddAdmin adds a teammate, a member of no team. It returns Conflict when the
// workspace has a teammate with that e-mail address, in whichever case.
func (d *DB) AddAdmin(ctx context.Context, by lectern.Actor, a lectern.Admin) (*lectern.Admin, error) {
	made := a
	err := d.write(ctx, by, lectern.MayWritePeople, "add admin", func(t *tx) error {
		id, err := t.take(1, 1)
		if err != nil {
			return err
		}
		made = a
		made.ID = lectern.AdminID(id)
		return t.insertAdmin(&made)
	})
	if err != nil {
		return nil, err
	}
	return &made, nil
}

// insertAdmin stores a teammate that has its ID, and the event.
func (t *tx) insertAdmin(a *lectern.Admin) error {
	a.CreatedAt, a.UpdatedAt, a.Teams = t.now, t.now, nil
	var folded any // stays NULL without an address, of which there may be many
	if a.Email != "" {
		folded = fold(a.Email)
	}
	taken, err := db.Exists(t, `
		SELECT id FROM admin WHERE workspace_id = $1 AND email_folded = $2`, t.by.Workspace, folded)
	if err != nil {
		return err
	}
	if taken {
		return lectern.Conflictf("A teammate with the e-mail address %s exists already.", a.Email)
	}
	_, err = t.Exec(`
		INSERT INTO admin (workspace_id, `+adminColumns+`, email_folded)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		t.by.Workspace, a.ID, a.Name, a.Email, a.JobTitle, a.EmailVerified, a.Bot, a.HasInboxSeat, a.AvatarURL,
		a.Away.Enabled, a.Away.Reassign, a.Away.Reason, a.CreatedAt.Unix(), a.UpdatedAt.Unix(), folded)
	if err != nil {
		return err
	}
	return t.record(lectern.AdminCreated, int64(a.ID), lectern.EventData{Name: a.Name})
}

// Admin finds one. It returns NotFound.
func (d *DB) Admin(ctx context.Context, ws lectern.WorkspaceID, id lectern.AdminID) (a *lectern.Admin, err error) {
	err = d.db.Read(ctx, "read admin", func(c db.Conn) error {
		a, err = readAdmin(c, ws, id)
		return err
	})
	return a, err
}

func readAdmin(c db.Conn, ws lectern.WorkspaceID, id lectern.AdminID) (*lectern.Admin, error) {
	a, err := db.First(c, scanAdmin, `
		SELECT `+adminColumns+` FROM admin WHERE workspace_id = $1 AND id = $2`, ws, id)
	if err != nil {
		return nil, err
	}
	return a, addTeams(c, ws, a)
}

// addTeams fills in which teams the admins are members of, oldest team first.
func addTeams(c db.Conn, ws lectern.WorkspaceID, admins ...*lectern.Admin) error {
	teams := map[lectern.AdminID][]lectern.TeamID{}
	err := db.Each(c, func(r db.Rows) error {
		var admin lectern.AdminID
		var team lectern.TeamID
		err := r.Scan(&admin, &team)
		teams[admin] = append(teams[admin], team)
		return err
	}, `SELECT admin_id, team_id FROM team_member WHERE workspace_id = $1 ORDER BY team_id`, ws)
	for _, a := range admins {
		a.Teams = teams[a.ID]
	}
	return err
}

// Admins lists all, people before bots, then oldest first.
func (d *DB) Admins(ctx context.Context, ws lectern.WorkspaceID) (admins []*lectern.Admin, err error) {
	err = d.db.Read(ctx, "list admins", func(c db.Conn) error {
		admins, err = db.All(c, scanAdmin, `
			SELECT `+adminColumns+` FROM admin WHERE workspace_id = $1 ORDER BY bot, id`, ws)
		if err != nil {
			return err
		}
		return addTeams(c, ws, admins...)
	})
	return admins, err
}

// SetAway changes whether an admin is away. It returns NotFound.
func (d *DB) SetAway(ctx context.Context, by lectern.Actor, id lectern.AdminID, away lectern.Away) (*lectern.Admin, error) {
	var a *lectern.Admin
	err := d.write(ctx, by, lectern.MayWritePeople, "set away", func(t *tx) (err error) {
		if a, err = readAdmin(t, by.Workspace, id); err != nil || a.Away == away {
			return err
		}
		if _, err := t.take(0, 1); err != nil {
			return err
		}
		a.Away, a.UpdatedAt = away, t.now
		_, err = t.Exec(`
			UPDATE admin SET away = $3, away_reassign = $4, away_reason = $5, updated_at = $6
			WHERE workspace_id = $1 AND id = $2`,
			by.Workspace, id, away.Enabled, away.Reassign, away.Reason, a.UpdatedAt.Unix())
		if err != nil {
			return err
		}
		return t.record(lectern.AdminAwayChanged, int64(id), lectern.EventData{Name: a.Name, Away: &away})
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}

// teammates reports whether all of ids are admins of the transaction's workspace.
func (t *tx) teammates(ids []lectern.AdminID) (bool, error) {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	found := 0
	for chunk := range slices.Chunk(ids, db.MaxIn) {
		list := db.Pad(chunk)
		n, err := db.Count(t, `SELECT count(*) FROM admin WHERE workspace_id = $1 AND id IN (`+db.In(2, len(list))+`)`,
			append([]any{t.by.Workspace}, list...)...)
		if err != nil {
			return false, err
		}
		found += n
	}
	return found == len(ids), nil
}

// fold returns a text that is equal for texts which differ in case alone.
func fold(s string) string {
	folded := []rune(s)
	for i, r := range folded {
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			folded[i] = min(folded[i], f)
		}
	}
	return string(folded)
}
