package storetest

import (
	"time"

	"lectern"
)

var tokenTests = []test{
	{"a token comes back as added, by its hash", func(b *bed) {
		want := lectern.Token{
			Name: "sync", Hash: lectern.HashToken("s"), APIVersion: "2.11",
			Scopes: []lectern.Scope{lectern.ReadArticles, lectern.ReadWriteTags},
		}
		made, err := b.store.AddToken(b.ctx, b.by, want)
		b.must(err)
		want.ID, want.Workspace, want.Admin, want.CreatedAt = made.ID, b.ws, b.by.Admin, b.clock.seconds()
		b.equal("what AddToken returns", *made, want)
		got, err := b.store.TokenByHash(b.ctx, want.Hash)
		b.must(err)
		b.equal("what TokenByHash returns", *got, want)
		_, err = b.store.TokenByHash(b.ctx, lectern.HashToken("t"))
		b.refused(err, lectern.NotFound, "")
	}},
	{"a hash is one token's in the whole installation", func(b *bed) {
		o := b.another()
		b.equal("events", b.happened(func() {
			_, err := b.store.AddToken(b.ctx, b.by, lectern.Token{Hash: lectern.HashToken("other")})
			b.refused(err, lectern.Conflict, "")
		}), "")
		k, err := b.store.TokenByHash(b.ctx, lectern.HashToken("other"))
		b.must(err)
		b.equal("workspace", k.Workspace, o.ws)
	}},
	{"a token of a stranger is refused", func(b *bed) {
		by := b.by
		by.Admin = 5
		_, err := b.store.AddToken(b.ctx, by, lectern.Token{Hash: lectern.HashToken("s")})
		b.refused(err, lectern.Invalid, "admin_id")
	}},
	{"a token is revoked once and stays listed", func(b *bed) {
		k, err := b.store.AddToken(b.ctx, b.by, lectern.Token{Name: "x", Hash: lectern.HashToken("s")})
		b.must(err)
		b.clock.pass(time.Minute)
		when := b.clock.seconds()
		b.equal("events", b.happened(func() {
			for range 2 {
				r, err := b.store.RevokeToken(b.ctx, b.by, k.ID)
				b.must(err)
				b.equal("revoked at", r.RevokedAt, when)
				b.clock.pass(time.Minute)
			}
		}), "token.revoked")
		r, err := b.store.TokenByHash(b.ctx, k.Hash)
		b.must(err)
		b.equal("revoked at", r.RevokedAt, when)
		list, err := b.store.Tokens(b.ctx, b.ws)
		b.must(err)
		if len(list) != 2 || list[0].Name != "first" || list[1].RevokedAt.IsZero() {
			b.Errorf("tokens %+v", list)
		}
		_, err = b.store.RevokeToken(b.ctx, b.by, k.ID+1000)
		b.refused(err, lectern.NotFound, "")
	}},
}
