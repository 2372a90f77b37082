package wire

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"lectern"
)

// An ActivityLog tells what a teammate did.
type ActivityLog struct {
	ID                  string              `json:"id"`
	PerformedBy         PerformedBy         `json:"performed_by"`
	Metadata            ActivityLogMetadata `json:"metadata"`
	CreatedAt           int64               `json:"created_at"` // Unix seconds
	ActivityType        string              `json:"activity_type" enum:"admin_away_mode_change,app_admin_join,app_team_creation,app_team_membership_modification,help_center_settings_change,app_package_installation,app_package_uninstallation"`
	ActivityDescription string              `json:"activity_description"` // a sentence
}

// PerformedBy is who did it, and from where.
type PerformedBy struct {
	Type  string `json:"type" enum:"admin"`
	ID    string `json:"id"`
	Email string `json:"email"`
	IP    string `json:"ip"` // empty for what was done on the command line
}

// ActivityLogMetadata says more where there is more to say.
type ActivityLogMetadata struct {
	AwayMode              *bool  `json:"away_mode,omitzero"`
	ReassignConversations *bool  `json:"reassign_conversations,omitzero"`
	TokenID               string `json:"token_id,omitzero"` // the access token by which it was done, as "lectern token list" has it; not in Intercom's API
	Via                   string `json:"via,omitzero"`      // how it was done: "api", "site", "command" or "worker" (what was asked for before, or is due); not in Intercom's API
	Source                string `json:"source,omitzero"`   // what started the change: "api"
}

// An ActivityLogList is a page of activity logs, newest first.
type ActivityLogList struct {
	Type         string        `json:"type" enum:"activity_log.list"`
	Pages        Pages         `json:"pages"`
	ActivityLogs []ActivityLog `json:"activity_logs"`
}

// An activity is how an event appears in the activity log: its type, and a
// sentence about what the teammate did.
type activity struct {
	kind  string
	about func(lectern.Event) string
}

var activities = map[lectern.EventKind]activity{
	lectern.AdminAwayChanged: {"admin_away_mode_change", func(e lectern.Event) string {
		if e.Data.Away != nil && e.Data.Away.Enabled {
			return "changed the away mode of " + e.Data.Name + " to away"
		}
		return "changed the away mode of " + e.Data.Name + " to active"
	}},
	lectern.AdminCreated: {"app_admin_join", func(e lectern.Event) string {
		return "added " + e.Data.Name + " to the workspace"
	}},
	lectern.TeamCreated: {"app_team_creation", func(e lectern.Event) string {
		return "created the team " + e.Data.Name
	}},
	lectern.TeamUpdated: {"app_team_membership_modification", func(e lectern.Event) string {
		return "changed the members of the team " + e.Data.Name
	}},
	lectern.HelpCenterUpdated: {"help_center_settings_change", func(e lectern.Event) string {
		return fmt.Sprintf("changed the settings of the help center %s from %s to %s", e.Data.Name, e.Data.Before, e.Data.After)
	}},
	lectern.TokenCreated: {"app_package_installation", func(e lectern.Event) string {
		return "created the access token " + e.Data.Name
	}},
	lectern.TokenRevoked: {"app_package_uninstallation", func(e lectern.Event) string {
		return "revoked the access token " + e.Data.Name
	}},
}

// ActivityKinds lists the kinds of events that the activity log shows as one of
// types, or, without types, as any.
func ActivityKinds(types ...string) []lectern.EventKind {
	kinds := slices.Sorted(maps.Keys(activities))
	return slices.DeleteFunc(kinds, func(k lectern.EventKind) bool {
		return len(types) > 0 && !slices.Contains(types, activities[k].kind)
	})
}

// ActivityTypes lists the types of activities that the activity log shows.
func ActivityTypes() []string {
	var types []string
	for _, a := range activities {
		types = append(types, a.kind)
	}
	slices.Sort(types)
	return types
}

// An ActivityLogEventTypeList holds the types of activities that are logged.
type ActivityLogEventTypeList struct {
	Type       string   `json:"type" enum:"activity_log_event_type.list"`
	EventTypes []string `json:"event_types"`
}

// SearchActivityLogsRequest asks for a page of activity logs.
type SearchActivityLogsRequest struct {
	CreatedAtAfter  Opt[Time]     `json:"created_at_after" required:"true"` // earliest time
	CreatedAtBefore Opt[Time]     `json:"created_at_before"`                // latest time
	EventTypes      Opt[[]string] `json:"event_types"`                      // only activities of these types; any unless given
	Page            Opt[int64]    `json:"page"`                             // from 1
	PerPage         Opt[int64]    `json:"per_page"`                         // at most 250; 20 unless given
}

// FromEvent returns the shape of an event of one of ActivityKinds. By is the
// admin who did it.
func FromEvent(e lectern.Event, by *lectern.Admin) ActivityLog {
	a := activities[e.Kind]
	out := ActivityLog{
		ID:           format(e.ID),
		PerformedBy:  PerformedBy{"admin", format(by.ID), by.Email, e.IP},
		CreatedAt:    e.At.Unix(),
		ActivityType: a.kind, ActivityDescription: by.Name + " " + a.about(e) + ".",
	}
	if e.Data.Token != 0 {
		out.Metadata.TokenID = format(e.Data.Token)
	}
	out.Metadata.Via = string(e.Data.Via)
	if away := e.Data.Away; away != nil {
		out.Metadata.AwayMode, out.Metadata.ReassignConversations, out.Metadata.Source = &away.Enabled, &away.Reassign, cmp.Or(out.Metadata.Via, string(lectern.ViaAPI))
	}
	return out
}
