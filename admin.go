package lectern

import (
	"context"
	"time"
)

// An Admin is a teammate of a workspace: the author of articles, the one an
// access token acts for.
type Admin struct {
	ID            AdminID
	Name          string
	Email         string
	JobTitle      string
	EmailVerified bool
	Bot           bool   // the workspace's own bot: listed last, never an author by default
	HasInboxSeat  bool   // reported only
	AvatarURL     string // empty when there is none
	Away          Away
	Teams         []TeamID
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// Away is whether an admin is away, and what becomes of conversations meanwhile.
type Away struct {
	Enabled  bool
	Reassign bool  // replies are reassigned to the default inbox
	Reason   int64 // id of an away status reason; 0 is none
}

// A Team is a named group of admins.
type Team struct {
	ID      TeamID
	Name    string
	Members []AdminID
}

// MaxTeamMembers is the greatest number of members that a request gives a team.
const MaxTeamMembers = 1000

// An AdminStore keeps teammates and teams.
type AdminStore interface {
	// AddAdmin adds a teammate; its ID is given by the store. It returns
	// Conflict when the workspace has a teammate with that e-mail address.
	AddAdmin(ctx context.Context, by Actor, a Admin) (*Admin, error)
	// Admin finds one. It returns NotFound.
	Admin(ctx context.Context, ws WorkspaceID, id AdminID) (*Admin, error)
	// Admins lists all, people before bots, then oldest first.
	Admins(ctx context.Context, ws WorkspaceID) ([]*Admin, error)
	// SetAway changes whether an admin is away. It returns NotFound.
	SetAway(ctx context.Context, by Actor, id AdminID, away Away) (*Admin, error)
	// AddTeam adds a team. It returns Invalid when a member is no teammate.
	AddTeam(ctx context.Context, by Actor, t Team) (*Team, error)
	// SetTeamMembers gives a team other members; the ones it has change nothing.
	// It returns NotFound, or Invalid when a member is no teammate.
	SetTeamMembers(ctx context.Context, by Actor, id TeamID, members []AdminID) (*Team, error)
	// Team finds one. It returns NotFound.
	Team(ctx context.Context, ws WorkspaceID, id TeamID) (*Team, error)
	// Teams lists all, oldest first.
	Teams(ctx context.Context, ws WorkspaceID) ([]*Team, error)
}
