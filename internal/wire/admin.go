package wire

import (
	"strings"

	"lectern"
)

// An Admin is a teammate.
type Admin struct {
	Type               string            `json:"type" enum:"admin"`
	Email              string            `json:"email"`
	ID                 string            `json:"id"`
	Name               string            `json:"name"`
	JobTitle           string            `json:"job_title"` // empty when there is none
	AwayModeEnabled    bool              `json:"away_mode_enabled"`
	AwayModeReassign   bool              `json:"away_mode_reassign"` // new replies are reassigned while the admin is away
	AwayStatusReasonID *int64            `json:"away_status_reason_id"`
	HasInboxSeat       bool              `json:"has_inbox_seat"`
	TeamIDs            []int64           `json:"team_ids"`
	TeamPriorityLevel  TeamPriorityLevel `json:"team_priority_level"`
	Avatar             *AdminAvatar      `json:"avatar,omitzero"` // only where display_avatar=true asks for it
	Role               *Role             `json:"role"`            // null: every admin may do everything here, tokens alone have permissions
}

// A Role names a set of permissions.
type Role struct {
	Type string `json:"type" enum:"role"`
	ID   string `json:"id"`
	Name string `json:"name"`
}

// TeamPriorityLevel ranks an admin's teams; empty where they are not ranked.
type TeamPriorityLevel struct {
	PrimaryTeamIDs   []int64 `json:"primary_team_ids,omitzero"`
	SecondaryTeamIDs []int64 `json:"secondary_team_ids,omitzero"`
}

// AdminAvatar is an admin's picture.
type AdminAvatar struct {
	ImageURL *string `json:"image_url"` // null when there is none
}

// FromAdmin returns the shape of an admin, with the picture if avatar. Base is
// the scheme and host that addresses start with.
func FromAdmin(a *lectern.Admin, avatar bool, base string) Admin {
	out := Admin{
		Type: "admin", Email: a.Email, ID: format(a.ID), Name: a.Name, JobTitle: a.JobTitle,
		AwayModeEnabled: a.Away.Enabled, AwayModeReassign: a.Away.Reassign,
		HasInboxSeat: a.HasInboxSeat, TeamIDs: numbers(a.Teams),
	}
	if a.Away.Reason != 0 {
		out.AwayStatusReasonID = &a.Away.Reason
	}
	if avatar {
		out.Avatar = &AdminAvatar{avatarURL(a, base)}
	}
	return out
}

func avatarURL(a *lectern.Admin, base string) *string {
	if a.AvatarURL == "" {
		return nil
	}
	if strings.HasPrefix(a.AvatarURL, "/") { // kept here
		return new(base + a.AvatarURL)
	}
	return &a.AvatarURL
}

// numbers returns IDs as the numbers they are on the wire, never nil.
func numbers[T ~int64](ids []T) []int64 {
	list := make([]int64, len(ids))
	for i, id := range ids {
		list[i] = int64(id)
	}
	return list
}

// An AdminList holds all admins.
type AdminList struct {
	Type   string  `json:"type" enum:"admin.list"`
	Admins []Admin `json:"admins"`
}

// AdminWithApp is the admin an access token acts for, and the workspace.
type AdminWithApp struct {
	Type             string  `json:"type" enum:"admin"`
	ID               string  `json:"id"`
	Email            string  `json:"email"`
	Name             string  `json:"name"`
	JobTitle         string  `json:"job_title"` // empty when there is none
	AwayModeEnabled  bool    `json:"away_mode_enabled"`
	AwayModeReassign bool    `json:"away_mode_reassign"`
	TeamIDs          []int64 `json:"team_ids"`
	EmailVerified    bool    `json:"email_verified"`
	App              App     `json:"app"`
	Avatar           Avatar  `json:"avatar"`
	HasInboxSeat     bool    `json:"has_inbox_seat"`
	Role             *Role   `json:"role"` // null, as in Admin
}

// An App is a workspace.
type App struct {
	Type                 string `json:"type" enum:"app"`
	IDCode               string `json:"id_code"` // the workspace_id of every other object
	Name                 string `json:"name"`
	CreatedAt            int64  `json:"created_at"` // Unix seconds
	Secure               bool   `json:"secure"`
	IdentityVerification bool   `json:"identity_verification"`
	Timezone             string `json:"timezone"` // IANA name
	Region               string `json:"region" enum:"US,EU,AU"`
}

// Avatar is the picture of the admin a token acts for.
type Avatar struct {
	Type     string  `json:"type" enum:"avatar"`
	ImageURL *string `json:"image_url"` // null when there is none
}

// FromMe returns the shape of the admin a token acts for. Base is the scheme and
// host that addresses start with.
func FromMe(w *lectern.Workspace, a *lectern.Admin, base string) AdminWithApp {
	return AdminWithApp{
		Type: "admin", ID: format(a.ID), Email: a.Email, Name: a.Name, JobTitle: a.JobTitle,
		AwayModeEnabled: a.Away.Enabled, AwayModeReassign: a.Away.Reassign, TeamIDs: numbers(a.Teams),
		EmailVerified: a.EmailVerified,
		App: App{Type: "app", IDCode: w.Code, Name: w.Name, CreatedAt: w.CreatedAt.Unix(),
			Timezone: w.Timezone, Region: w.Region},
		Avatar:       Avatar{"avatar", avatarURL(a, base)},
		HasInboxSeat: a.HasInboxSeat,
	}
}

// SetAwayRequest says whether an admin is away.
type SetAwayRequest struct {
	AwayModeEnabled    Opt[bool] `json:"away_mode_enabled" required:"true"`
	AwayModeReassign   Opt[bool] `json:"away_mode_reassign" required:"true"` // reassign new replies to the default inbox meanwhile
	AwayStatusReasonID Opt[ID]   `json:"away_status_reason_id"`
}

// A Team is a named group of admins.
type Team struct {
	Type     string  `json:"type" enum:"team"`
	ID       string  `json:"id"`
	Name     string  `json:"name"`
	AdminIDs []int64 `json:"admin_ids"`
}

// FromTeam returns the shape of a team.
func FromTeam(t *lectern.Team) Team {
	return Team{"team", format(t.ID), t.Name, numbers(t.Members)}
}

// UpdateTeamMembersRequest says who is in a team.
type UpdateTeamMembersRequest struct {
	AdminIDs           Opt[[]ID]                      `json:"admin_ids" required:"true"` // all members, at most 1000
	AdminPriorityLevel Opt[AdminPriorityLevelRequest] `json:"admin_priority_level"`
}

// AdminPriorityLevelRequest ranks members of a team. No team here balances who
// work goes to: the primary ones are checked and not kept, others refused.
type AdminPriorityLevelRequest struct {
	PrimaryAdminIDs   Opt[[]ID] `json:"primary_admin_ids"`
	SecondaryAdminIDs Opt[[]ID] `json:"secondary_admin_ids"`
}

// A TeamList holds all teams.
type TeamList struct {
	Type  string `json:"type" enum:"team.list"`
	Teams []Team `json:"teams"`
}
