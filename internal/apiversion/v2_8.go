package apiversion

var v2_8 = Version{Name: "2.8", Changes: []*Change{&adminsRankTeams}}

var adminsRankTeams = Change{
	About:    "Admins carry a team_priority_level.",
	Response: map[string][]Edit{"admin": {Drop("team_priority_level")}},
}
