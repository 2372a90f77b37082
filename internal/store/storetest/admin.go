package storetest

import "lectern"

var adminTests = []test{
	{"a teammate comes back as added", func(b *bed) {
		want := lectern.Admin{
			Name: "Grace", Email: "grace@example.com", JobTitle: "Admiral", EmailVerified: true, HasInboxSeat: true,
			AvatarURL: "https://example.com/g.png", Away: lectern.Away{Enabled: true, Reassign: true, Reason: 7},
		}
		made, err := b.store.AddAdmin(b.ctx, b.by, want)
		b.must(err)
		want.ID, want.CreatedAt, want.UpdatedAt = made.ID, b.clock.seconds(), b.clock.seconds()
		b.equal("what AddAdmin returns", *made, want)
		got, err := b.store.Admin(b.ctx, b.ws, made.ID)
		b.must(err)
		b.equal("what Admin returns", *got, want)
	}},
	{"an e-mail address is one teammate's, in whichever case", func(b *bed) {
		b.equal("events", b.happened(func() {
			_, err := b.store.AddAdmin(b.ctx, b.by, lectern.Admin{Name: "Ada", Email: "ADA@example.com"})
			b.refused(err, lectern.Conflict, "")
		}), "")
	}},
	{"any number of teammates have no e-mail address", func(b *bed) {
		for range 3 {
			_, err := b.store.AddAdmin(b.ctx, b.by, lectern.Admin{Name: "Nobody"})
			b.must(err)
		}
	}},
	{"people are listed before bots, then oldest first", func(b *bed) {
		_, err := b.store.AddAdmin(b.ctx, b.by, lectern.Admin{Name: "Bot", Bot: true})
		b.must(err)
		_, err = b.store.AddAdmin(b.ctx, b.by, lectern.Admin{Name: "Grace"})
		b.must(err)
		list, err := b.store.Admins(b.ctx, b.ws)
		b.must(err)
		var names []string
		for _, a := range list {
			names = append(names, a.Name)
		}
		b.equal("names", names, []string{"Ada", "Grace", "Fin", "Bot"})
	}},
	{"being away is kept, told once and dated", func(b *bed) {
		away := lectern.Away{Enabled: true, Reassign: true, Reason: 3}
		b.clock.pass(100e9)
		b.equal("events", b.happened(func() {
			for range 2 {
				a, err := b.store.SetAway(b.ctx, b.by, b.by.Admin, away)
				b.must(err)
				if a.Away != away || !a.UpdatedAt.Equal(b.clock.seconds()) {
					b.Errorf("admin %+v", a)
				}
			}
		}), "admin.away_changed")
		a, err := b.store.Admin(b.ctx, b.ws, b.by.Admin)
		b.must(err)
		b.equal("away", a.Away, away)
		events := b.events()
		b.equal("told", *events[len(events)-1].Data.Away, away)
		_, err = b.store.SetAway(b.ctx, b.by, b.by.Admin+1000, away)
		b.refused(err, lectern.NotFound, "")
	}},
	{"a team and its members know each other", func(b *bed) {
		grace, err := b.store.AddAdmin(b.ctx, b.by, lectern.Admin{Name: "Grace"})
		b.must(err)
		members := []lectern.AdminID{grace.ID, b.by.Admin}
		team, err := b.store.AddTeam(b.ctx, b.by, lectern.Team{Name: "Docs", Members: append(members, grace.ID)})
		b.must(err)
		b.equal("members", team.Members, members)
		second, err := b.store.AddTeam(b.ctx, b.by, lectern.Team{Name: "Ops", Members: members[:1]})
		b.must(err)
		got, err := b.store.Team(b.ctx, b.ws, team.ID)
		b.must(err)
		b.equal("team", *got, *team)
		list, err := b.store.Teams(b.ctx, b.ws)
		b.must(err)
		if len(list) != 2 || list[0].ID != team.ID || len(list[1].Members) != 1 {
			b.Errorf("teams %+v", list)
		}
		a, err := b.store.Admin(b.ctx, b.ws, grace.ID)
		b.must(err)
		b.equal("teams", a.Teams, []lectern.TeamID{team.ID, second.ID})
	}},
	{"a team's members are replaced as a whole", func(b *bed) {
		grace, err := b.store.AddAdmin(b.ctx, b.by, lectern.Admin{Name: "Grace"})
		b.must(err)
		team, err := b.store.AddTeam(b.ctx, b.by, lectern.Team{Name: "Docs", Members: []lectern.AdminID{b.by.Admin}})
		b.must(err)
		other, err := b.store.AddTeam(b.ctx, b.by, lectern.Team{Name: "Ops", Members: []lectern.AdminID{b.by.Admin}})
		b.must(err)
		members := []lectern.AdminID{grace.ID, b.by.Admin}
		for _, events := range []string{"team.updated", ""} { // the same again is no change
			b.equal("events", b.happened(func() {
				got, err := b.store.SetTeamMembers(b.ctx, b.by, team.ID, append(members, grace.ID))
				b.must(err)
				b.equal("team", *got, lectern.Team{ID: team.ID, Name: "Docs", Members: members})
			}), events)
		}
		got, err := b.store.Team(b.ctx, b.ws, team.ID)
		b.must(err)
		b.equal("members", got.Members, members)
		got, err = b.store.Team(b.ctx, b.ws, other.ID)
		b.must(err)
		b.equal("another team", *got, *other)
		b.equal("events", b.happened(func() {
			_, err := b.store.SetTeamMembers(b.ctx, b.by, team.ID, []lectern.AdminID{5})
			b.refused(err, lectern.Invalid, "admin_ids")
			_, err = b.store.SetTeamMembers(b.ctx, b.by, 5, members)
			b.refused(err, lectern.NotFound, "")
		}), "")
		got, err = b.store.Team(b.ctx, b.ws, team.ID)
		b.must(err)
		b.equal("members", got.Members, members)
	}},
	{"a team of strangers is refused", func(b *bed) {
		b.equal("events", b.happened(func() {
			_, err := b.store.AddTeam(b.ctx, b.by, lectern.Team{Name: "x", Members: []lectern.AdminID{b.by.Admin, 5}})
			b.refused(err, lectern.Invalid, "admin_ids")
		}), "")
		_, err := b.store.Team(b.ctx, b.ws, 5)
		b.refused(err, lectern.NotFound, "")
	}},
}
