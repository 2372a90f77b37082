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
	{"a token ends by itself, and its last use is kept", func(b *bed) {
		ends := b.clock.seconds().Add(time.Hour)
		k, err := b.store.AddToken(b.ctx, b.by, lectern.Token{Name: "x", Hash: lectern.HashToken("s"), ExpiresAt: ends})
		b.must(err)
		o := b.another()
		b.equal("events", b.happened(func() {
			b.store.UseToken(b.ws, k.ID, lectern.TokenUse{Day: 20000, Network: "192.0.2.0/24"})
			b.store.UseToken(b.ws, k.ID, lectern.TokenUse{Day: 20001, Network: "198.51.100.0/24"})
			b.store.UseToken(o.ws, k.ID, lectern.TokenUse{Day: 20009, Network: "203.0.113.0/24"})
			b.must(b.store.FlushTokenUses(b.ctx))
			b.must(b.store.FlushTokenUses(b.ctx))
		}), "")
		got, err := b.store.TokenByHash(b.ctx, k.Hash)
		b.must(err)
		b.equal("expires at", got.ExpiresAt, ends)
		b.equal("use", got.Used, lectern.TokenUse{Day: 20001, Network: "198.51.100.0/24"})
		b.equal("expired", []bool{got.Expired(ends.Add(-time.Second)), got.Expired(ends)}, []bool{false, true})
		b.store.UseToken(b.ws, k.ID, lectern.TokenUse{Day: 20000, Network: "192.0.2.0/24"}) // of a node that is late
		b.must(b.store.FlushTokenUses(b.ctx))
		got, err = b.store.TokenByHash(b.ctx, k.Hash)
		b.must(err)
		b.equal("use", got.Used, lectern.TokenUse{Day: 20001, Network: "198.51.100.0/24"})
	}},
	{"an event names the token by which it came about", func(b *bed) {
		by := b.by
		by.Token = 7
		_, err := b.store.AddTag(b.ctx, by, "x")
		b.must(err)
		events, _, err := b.store.Events(b.ctx, b.ws, lectern.EventQuery{Limit: 1})
		b.must(err)
		b.equal("token", events[0].Data.Token, lectern.TokenID(7))
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
