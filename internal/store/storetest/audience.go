package storetest

import (
	"errors"
	"time"

	"lectern"
)

// audience adds an audience.
func (b *bed) audience(name string) *lectern.Audience {
	b.Helper()
	a, err := b.store.AddAudience(b.ctx, b.by, &lectern.AudienceEdit{Name: new(name)})
	b.must(err)
	return a
}

var audienceTests = []test{
	{"an audience is kept as it was described", func(b *bed) {
		edit := &lectern.AudienceEdit{
			Name:           new("Größe"),
			Predicates:     &[]lectern.Predicate{{Attribute: "company.name", Type: "string", Comparison: "contains", Value: `"Acme"`}},
			RolePredicates: &[]lectern.Predicate{{Attribute: "role", Type: "role", Comparison: "eq", Value: "user"}},
		}
		var a *lectern.Audience
		b.equal("events", b.happened(func() {
			var err error
			a, err = b.store.AddAudience(b.ctx, b.by, edit)
			b.must(err)
		}), "audience.created")
		got, err := b.store.Audience(b.ctx, b.ws, a.ID)
		b.must(err)
		b.equal("audience", *got, *a)
		b.equal("audience", *got, lectern.Audience{
			ID: a.ID, Name: "Größe", Predicates: *edit.Predicates, RolePredicates: *edit.RolePredicates,
			CreatedAt: b.clock.seconds(), UpdatedAt: b.clock.seconds(),
		})
	}},
	{"an audience changes where the edit says so, and not when it is refused", func(b *bed) {
		a := b.audience("One")
		created := b.clock.seconds()
		b.clock.pass(time.Minute)
		b.equal("events", b.happened(func() {
			_, err := b.store.UpdateAudience(b.ctx, b.by, a.ID, &lectern.AudienceEdit{Name: new(" ")}, nil)
			b.refused(err, lectern.Invalid, "name")
			_, err = b.store.UpdateAudience(b.ctx, b.by, a.ID, &lectern.AudienceEdit{Name: new("Late")}, func(now *lectern.Audience) error {
				b.equal("audience as it stands", *now, *a)
				return lectern.Stale
			})
			b.equal("refusal", errors.Is(err, lectern.Stale), true)
			_, err = b.store.UpdateAudience(b.ctx, b.by, a.ID+1000, &lectern.AudienceEdit{Name: new("x")}, nil)
			b.refused(err, lectern.NotFound, "")
		}), "")
		list := []lectern.Predicate{{Attribute: "plan", Type: "string", Comparison: "eq", Value: "pro"}}
		b.equal("events", b.happened(func() {
			_, err := b.store.UpdateAudience(b.ctx, b.by, a.ID, &lectern.AudienceEdit{Predicates: &list}, nil)
			b.must(err)
		}), "audience.updated")
		got, err := b.store.Audience(b.ctx, b.ws, a.ID)
		b.must(err)
		b.equal("audience", *got, lectern.Audience{
			ID: a.ID, Name: "One", Predicates: list, CreatedAt: created, UpdatedAt: b.clock.seconds(),
		})
	}},
	{"audiences are listed oldest first, a page and the total", func(b *bed) {
		for _, name := range []string{"One", "Two", "Three"} {
			b.audience(name)
		}
		for _, c := range []struct {
			offset, limit int
			want          string
		}{{0, 2, "One Two"}, {2, 2, "Three"}, {4, 2, ""}, {0, 0, "One Two Three"}} {
			list, total, err := b.store.Audiences(b.ctx, b.ws, c.offset, c.limit)
			b.must(err)
			names := ""
			for i, a := range list {
				if i > 0 {
					names += " "
				}
				names += a.Name
			}
			b.equal("names", names, c.want)
			b.equal("total", total, 3)
		}
	}},
	{"a deleted audience is gone", func(b *bed) {
		a := b.audience("One")
		b.equal("events", b.happened(func() {
			b.must(b.store.DeleteAudience(b.ctx, b.by, a.ID))
			b.refused(b.store.DeleteAudience(b.ctx, b.by, a.ID), lectern.NotFound, "")
		}), "audience.deleted")
		_, err := b.store.Audience(b.ctx, b.ws, a.ID)
		b.refused(err, lectern.NotFound, "")
	}},
	{"another workspace sees no audience", func(b *bed) {
		a := b.audience("Secret")
		o := b.another()
		_, err := o.store.Audience(o.ctx, o.ws, a.ID)
		o.refused(err, lectern.NotFound, "")
		_, err = o.store.UpdateAudience(o.ctx, o.by, a.ID, &lectern.AudienceEdit{Name: new("Mine")}, nil)
		o.refused(err, lectern.NotFound, "")
		o.refused(o.store.DeleteAudience(o.ctx, o.by, a.ID), lectern.NotFound, "")
		list, total, err := o.store.Audiences(o.ctx, o.ws, 0, 0)
		o.must(err)
		o.equal("audiences", []int{len(list), total}, []int{0, 0})
		got, err := b.store.Audience(b.ctx, b.ws, a.ID)
		b.must(err)
		b.equal("audience", *got, *a)
	}},
}
