package store

import (
	"context"
	"slices"

	"lectern"
	"lectern/internal/store/db"
)

// AddTeam adds a team. It returns Invalid when a member is no teammate.
func (d *DB) AddTeam(ctx context.Context, by lectern.Actor, team lectern.Team) (*lectern.Team, error) {
	made := team
	made.Members = unique(team.Members)
	err := d.write(ctx, by, lectern.MayWritePeople, "add team", func(t *tx) error {
		if err := t.checkMembers(&made); err != nil {
			return err
		}
		id, err := t.take(1, 1)
		if err != nil {
			return err
		}
		made.ID = lectern.TeamID(id)
		_, err = t.Exec(`INSERT INTO team (workspace_id, id, name) VALUES ($1, $2, $3)`, by.Workspace, made.ID, made.Name)
		if err != nil {
			return err
		}
		if err := t.addTeamMembers(&made); err != nil {
			return err
		}
		return t.record(lectern.TeamCreated, id, lectern.EventData{Name: made.Name})
	})
	if err != nil {
		return nil, err
	}
	return &made, nil
}

// checkMembers returns Invalid when a member is no teammate.
func (t *tx) checkMembers(team *lectern.Team) error {
	known, err := t.teammates(team.Members)
	if err == nil && !known {
		err = lectern.Invalidf("admin_ids", "admin_ids must be teammates of the workspace")
	}
	return err
}

func (t *tx) addTeamMembers(team *lectern.Team) error {
	for i, m := range team.Members {
		_, err := t.Exec(`
			INSERT INTO team_member (workspace_id, team_id, admin_id, position) VALUES ($1, $2, $3, $4)`,
			t.by.Workspace, team.ID, m, i+1)
		if err != nil {
			return err
		}
	}
	return nil
}

// SetTeamMembers gives a team other members; the ones it has change nothing. It
// returns NotFound, or Invalid when a member is no teammate.
func (d *DB) SetTeamMembers(ctx context.Context, by lectern.Actor, id lectern.TeamID, members []lectern.AdminID) (team *lectern.Team, err error) {
	err = d.write(ctx, by, lectern.MayWritePeople, "set team members", func(t *tx) error {
		if team, err = readTeam(t, by.Workspace, id); err != nil {
			return err
		}
		old := team.Members
		team.Members = unique(members)
		if slices.Equal(team.Members, old) {
			return nil
		}
		if err := t.checkMembers(team); err != nil {
			return err
		}
		if _, err := t.take(0, 1); err != nil {
			return err
		}
		if _, err := t.Exec(`DELETE FROM team_member WHERE workspace_id = $1 AND team_id = $2`, by.Workspace, id); err != nil {
			return err
		}
		if err := t.addTeamMembers(team); err != nil {
			return err
		}
		return t.record(lectern.TeamUpdated, int64(id), lectern.EventData{Name: team.Name})
	})
	if err != nil {
		return nil, err
	}
	return team, nil
}

// Team finds one. It returns NotFound.
func (d *DB) Team(ctx context.Context, ws lectern.WorkspaceID, id lectern.TeamID) (team *lectern.Team, err error) {
	err = d.db.Read(ctx, "read team", func(c db.Conn) error {
		team, err = readTeam(c, ws, id)
		return err
	})
	return team, err
}

func readTeam(c db.Conn, ws lectern.WorkspaceID, id lectern.TeamID) (*lectern.Team, error) {
	team, err := db.First(c, scanTeam, `SELECT id, name FROM team WHERE workspace_id = $1 AND id = $2`, ws, id)
	if err != nil {
		return nil, err
	}
	return team, addMembers(c, ws, team)
}

// Teams lists all, oldest first.
func (d *DB) Teams(ctx context.Context, ws lectern.WorkspaceID) (teams []*lectern.Team, err error) {
	err = d.db.Read(ctx, "list teams", func(c db.Conn) error {
		teams, err = db.All(c, scanTeam, `SELECT id, name FROM team WHERE workspace_id = $1 ORDER BY id`, ws)
		if err != nil {
			return err
		}
		return addMembers(c, ws, teams...)
	})
	return teams, err
}

func scanTeam(r db.Rows) (*lectern.Team, error) {
	t := &lectern.Team{}
	return t, r.Scan(&t.ID, &t.Name)
}

// addMembers fills in the members of teams, in the order they were given.
func addMembers(c db.Conn, ws lectern.WorkspaceID, teams ...*lectern.Team) error {
	members := map[lectern.TeamID][]lectern.AdminID{}
	err := db.Each(c, func(r db.Rows) error {
		var team lectern.TeamID
		var admin lectern.AdminID
		err := r.Scan(&team, &admin)
		members[team] = append(members[team], admin)
		return err
	}, `SELECT team_id, admin_id FROM team_member WHERE workspace_id = $1 ORDER BY team_id, position`, ws)
	for _, t := range teams {
		t.Members = members[t.ID]
	}
	return err
}

// unique returns the first of each of the given values, in their order.
func unique[T comparable](values []T) []T {
	var out []T
	for _, v := range values {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}
