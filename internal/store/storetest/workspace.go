package storetest

import (
	"regexp"

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
	{"workspaces are listed oldest first", func(b *bed) {
		o := b.another()
		list, err := b.store.Workspaces(b.ctx)
		b.must(err)
		if len(list) != 2 || list[0].ID != b.ws || list[1].ID != o.ws {
			b.Errorf("workspaces %+v", list)
		}
	}},
	{"a workspace that is not there is not found", func(b *bed) {
		_, err := b.store.Workspace(b.ctx, b.ws+1000)
		b.refused(err, lectern.NotFound, "")
	}},
}
