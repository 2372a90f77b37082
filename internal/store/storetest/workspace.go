package storetest

import (
	"errors"
	"regexp"
	"time"

	"lectern"
)

var workspaceTests = []test{
	{"setting up makes a workspace with all it needs", func(b *bed) {
		w, err := b.store.Workspace(b.ctx, b.ws)
		b.must(err)
		if w.Name != "Example help" || !w.CreatedAt.Equal(b.clock.seconds()) || !regexp.MustCompile(`^[a-z0-9]{8}$`).MatchString(w.Code) {
			b.Errorf("workspace %+v", w)
		}
		admins, err := b.store.Admins(b.ctx, b.ws)
		b.must(err)
		if len(admins) != 2 || admins[0].Name != "Ada" || admins[0].Bot || !admins[1].Bot {
			b.Errorf("admins %+v", admins)
		}
		if !b.home.Default || b.home.Identifier != "help" || b.home.DefaultLocale != "en" || !b.home.WebsiteTurnedOn {
			b.Errorf("help center %+v", b.home)
		}
		k, err := b.store.TokenByHash(b.ctx, lectern.HashToken("help"))
		b.must(err)
		if k.Admin != admins[0].ID || k.Workspace != b.ws || k.Name != "first" {
			b.Errorf("token %+v", k)
		}
		b.equal("events", b.happened(func() {}), "")
		if n := len(b.events()); n != 6 {
			b.Errorf("%d events, want 6", n)
		}
	}},
	{"setting up again changes nothing", func(b *bed) {
		b.equal("events", b.happened(func() {
			w, created, err := b.store.Setup(b.ctx, setup("again"))
			b.must(err)
			if created || w.ID != b.ws {
				b.Errorf("workspace %d, created %t", w.ID, created)
			}
		}), "")
		list, err := b.store.Workspaces(b.ctx)
		b.must(err)
		if len(list) != 1 {
			b.Errorf("%d workspaces", len(list))
		}
	}},
	{"an empty workspace is filled once, and by whoever was interrupted", func(b *bed) {
		begin := func(want bool) {
			b.Helper()
			got, err := b.store.BeginLoad(b.ctx, b.by)
			b.must(err)
			b.equal("begun", got, want)
		}
		w, err := b.store.AddWorkspace(b.ctx, lectern.ByInstallation(0, lectern.ViaCommand), setup("other"))
		b.must(err)
		other := lectern.ByCommand(w.ID, 0)
		begin(true)
		b.article("T", "")
		begin(true)
		got, err := b.store.BeginLoad(b.ctx, other)
		b.must(err)
		b.equal("begun in another workspace", got, true)
		b.must(b.store.EndLoad(b.ctx, other))
		begin(true)
		b.must(b.store.EndLoad(b.ctx, b.by))
		begin(false)
	}},
	{"workspaces are listed oldest first", func(b *bed) {
		o := b.another()
		list, err := b.store.Workspaces(b.ctx)
		b.must(err)
		if len(list) != 2 || list[0].ID != b.ws || list[1].ID != o.ws {
			b.Errorf("workspaces %+v", list)
		}
	}},
	{"a workspace is in the region it was set up in, or else the US", func(b *bed) {
		w, err := b.store.Workspace(b.ctx, b.ws)
		b.must(err)
		b.equal("region", w.Region, "US")
		s := setup("other")
		s.Region = "AU"
		made, err := b.store.AddWorkspace(b.ctx, lectern.ByInstallation(0, lectern.ViaCommand), s)
		b.must(err)
		w, err = b.store.Workspace(b.ctx, made.ID)
		b.must(err)
		b.equal("region", w.Region, "AU")
	}},
	{"a changed workspace is kept and told in words", func(b *bed) {
		old, err := b.store.Workspace(b.ctx, b.ws)
		b.must(err)
		b.clock.pass(time.Minute)
		b.equal("events", b.happened(func() {
			w, err := b.store.UpdateWorkspace(b.ctx, b.by, func(w *lectern.Workspace) error {
				w.Name, w.Region, w.Timezone = "New", "EU", "Europe/Paris"
				w.ID, w.Code, w.CreatedAt = 5, "changed", time.Time{} // not for anyone to change
				return nil
			})
			b.must(err)
			got, err := b.store.Workspace(b.ctx, b.ws)
			b.must(err)
			b.equal("workspace", *got, *w)
			old.Name, old.Region, old.Timezone = "New", "EU", "Europe/Paris"
			b.equal("workspace", *got, *old)
		}), "workspace.updated")
		events := b.events()
		e := events[len(events)-1]
		b.equal("object", e.Object, b.ws)
		b.equal("told", e.Data, lectern.EventData{
			Via: lectern.ViaCommand, Name: "New", Before: "name: Example help; region: US; timezone: Etc/UTC",
			After: "name: New; region: EU; timezone: Europe/Paris",
		})
	}},
	{"a workspace left as it was is no event", func(b *bed) {
		b.equal("events", b.happened(func() {
			_, err := b.store.UpdateWorkspace(b.ctx, b.by, func(w *lectern.Workspace) error {
				w.Region = "US"
				return nil
			})
			b.must(err)
		}), "")
	}},
	{"a change of one workspace leaves the others alone", func(b *bed) {
		o := b.another()
		_, err := b.store.UpdateWorkspace(b.ctx, b.by, func(w *lectern.Workspace) error {
			w.Region = "EU"
			return nil
		})
		b.must(err)
		w, err := b.store.Workspace(b.ctx, o.ws)
		b.must(err)
		b.equal("region", w.Region, "US")
	}},
	{"a region that is none is refused", func(b *bed) {
		b.equal("events", b.happened(func() {
			for _, region := range []string{"", "UK", "eu"} {
				_, err := b.store.UpdateWorkspace(b.ctx, b.by, func(w *lectern.Workspace) error {
					w.Region = region
					return nil
				})
				b.refused(err, lectern.Invalid, "region")
			}
			s := setup("other")
			s.Region = "UK"
			_, err := b.store.AddWorkspace(b.ctx, lectern.ByInstallation(0, lectern.ViaCommand), s)
			b.refused(err, lectern.Invalid, "region")
		}), "")
		list, err := b.store.Workspaces(b.ctx)
		b.must(err)
		if len(list) != 1 || list[0].Region != "US" {
			b.Errorf("workspaces %+v", list)
		}
	}},
	{"a refusal of the one who changes a workspace is passed on and nothing stored", func(b *bed) {
		no := errors.New("no")
		b.equal("events", b.happened(func() {
			_, err := b.store.UpdateWorkspace(b.ctx, b.by, func(w *lectern.Workspace) error {
				w.Region = "EU"
				return no
			})
			if !errors.Is(err, no) {
				b.Errorf("error %v, want no", err)
			}
		}), "")
		w, err := b.store.Workspace(b.ctx, b.ws)
		b.must(err)
		b.equal("region", w.Region, "US")
	}},
	{"a workspace that is not there is not found", func(b *bed) {
		_, err := b.store.Workspace(b.ctx, b.ws+1000)
		b.refused(err, lectern.NotFound, "")
		_, err = b.store.UpdateWorkspace(b.ctx, lectern.ByCommand(b.ws+1000, 0), func(*lectern.Workspace) error { return nil })
		b.refused(err, lectern.NotFound, "")
	}},
}
