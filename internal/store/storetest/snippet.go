package storetest

import (
	"errors"
	"fmt"
	"time"

	"lectern"
)

// snippet adds a snippet for some audiences.
func (b *bed) snippet(title string, audiences ...lectern.AudienceID) *lectern.Snippet {
	b.Helper()
	x, err := b.store.AddSnippet(b.ctx, b.by, &lectern.SnippetEdit{
		Title: new(title), Content: &lectern.SnippetContent{Blocks: "[]"}, Audiences: &audiences,
	})
	b.must(err)
	return x
}

var snippetTests = []test{
	{"a snippet is kept with all it says", func(b *bed) {
		one, two := b.audience("One"), b.audience("Two")
		content := lectern.SnippetContent{Blocks: `[{"type":"paragraph","text":"Größe"}]`, Body: "<p>Größe</p>"}
		var x *lectern.Snippet
		b.equal("events", b.happened(func() {
			var err error
			x, err = b.store.AddSnippet(b.ctx, b.by, &lectern.SnippetEdit{
				Title: new("Größe"), Locale: new(lectern.Locale("de")), Content: &content,
				Audiences:    &[]lectern.AudienceID{two.ID, one.ID, two.ID},
				Availability: lectern.AvailabilityEdit{Copilot: new(true)},
			})
			b.must(err)
		}), "content_snippet.created")
		got, err := b.store.Snippet(b.ctx, b.ws, x.ID)
		b.must(err)
		b.equal("snippet", *got, *x)
		b.equal("snippet", *got, lectern.Snippet{
			ID: x.ID, Title: "Größe", Locale: "de", SnippetContent: content,
			Audiences: []lectern.AudienceID{two.ID, one.ID}, Availability: lectern.Availability{Copilot: true},
			CreatedAt: b.clock.seconds(), UpdatedAt: b.clock.seconds(),
		})
	}},
	{"a snippet changes where the edit says so, and not when it is refused", func(b *bed) {
		one := b.audience("One")
		x := b.snippet("Title", one.ID)
		b.clock.pass(time.Minute)
		b.equal("events", b.happened(func() {
			_, err := b.store.UpdateSnippet(b.ctx, b.by, x.ID, &lectern.SnippetEdit{Title: new("")}, nil)
			b.refused(err, lectern.Invalid, "title")
			_, err = b.store.UpdateSnippet(b.ctx, b.by, x.ID, &lectern.SnippetEdit{Title: new("New"), Audiences: &[]lectern.AudienceID{one.ID, 999, 998, 999}}, nil)
			b.refused(err, lectern.Invalid, "audience_ids")
			b.equal("refusal", err.Error(), "audience_ids contains unknown audience IDs: 998, 999: unknown")
			_, err = b.store.UpdateSnippet(b.ctx, b.by, x.ID, &lectern.SnippetEdit{Title: new("Late")}, func(now *lectern.Snippet) error {
				b.equal("snippet as it stands", *now, *x)
				return lectern.Stale
			})
			b.equal("refusal", errors.Is(err, lectern.Stale), true)
			_, err = b.store.UpdateSnippet(b.ctx, b.by, x.ID+1000, &lectern.SnippetEdit{}, nil)
			b.refused(err, lectern.NotFound, "")
			_, err = b.store.AddSnippet(b.ctx, b.by, &lectern.SnippetEdit{Title: new("New"), Content: &lectern.SnippetContent{}, Audiences: &[]lectern.AudienceID{999}})
			b.refused(err, lectern.Invalid, "audience_ids")
		}), "")
		got, err := b.store.Snippet(b.ctx, b.ws, x.ID)
		b.must(err)
		b.equal("snippet", *got, *x)
		b.equal("events", b.happened(func() {
			_, err := b.store.UpdateSnippet(b.ctx, b.by, x.ID, &lectern.SnippetEdit{Title: new("New")}, nil)
			b.must(err)
		}), "content_snippet.updated")
		x.Title, x.UpdatedAt = "New", b.clock.seconds()
		got, err = b.store.Snippet(b.ctx, b.ws, x.ID)
		b.must(err)
		b.equal("snippet", *got, *x)
		_, err = b.store.UpdateSnippet(b.ctx, b.by, x.ID, &lectern.SnippetEdit{Audiences: &[]lectern.AudienceID{}}, nil)
		b.must(err)
		got, err = b.store.Snippet(b.ctx, b.ws, x.ID)
		b.must(err)
		b.equal("audiences", len(got.Audiences), 0)
	}},
	{"snippets are listed latest first, a page and the total, with their audiences", func(b *bed) {
		one, two := b.audience("One"), b.audience("Two")
		first := b.snippet("0", one.ID)
		for i := range 3 {
			b.snippet(fmt.Sprint(i+1), two.ID, one.ID)
		}
		b.clock.pass(time.Second)
		_, err := b.store.UpdateSnippet(b.ctx, b.by, first.ID, &lectern.SnippetEdit{}, nil)
		b.must(err)
		for _, c := range []struct {
			offset, limit int
			want          []string
		}{{0, 2, []string{"0", "3"}}, {2, 2, []string{"2", "1"}}, {4, 2, nil}, {0, 0, []string{"0", "3", "2", "1"}}} {
			list, total, err := b.store.Snippets(b.ctx, b.ws, c.offset, c.limit)
			b.must(err)
			var got []string
			for _, x := range list {
				got = append(got, x.Title)
				want := []lectern.AudienceID{two.ID, one.ID}
				if x.ID == first.ID {
					want = want[1:]
				}
				b.equal("audiences of "+x.Title, x.Audiences, want)
			}
			b.equal("titles", got, c.want)
			b.equal("total", total, 4)
		}
	}},
	{"a deleted snippet is gone with its tags, and its audiences can go", func(b *bed) {
		one := b.audience("One")
		x := b.snippet("Title", one.ID)
		g, err := b.store.AddTag(b.ctx, b.by, "tag")
		b.must(err)
		object := lectern.Object{Kind: lectern.SnippetObject, ID: int64(x.ID)}
		_, err = b.store.TagObject(b.ctx, b.by, object, g.ID, 0)
		b.must(err)
		b.equal("events", b.happened(func() {
			b.must(b.store.DeleteSnippet(b.ctx, b.by, x.ID))
			b.refused(b.store.DeleteSnippet(b.ctx, b.by, x.ID), lectern.NotFound, "")
		}), "content_snippet.deleted")
		_, err = b.store.Snippet(b.ctx, b.ws, x.ID)
		b.refused(err, lectern.NotFound, "")
		_, err = b.store.UntagObject(b.ctx, b.by, object, g.ID)
		b.refused(err, lectern.NotFound, "")
		b.must(b.store.DeleteAudience(b.ctx, b.by, one.ID))
		b.must(b.store.DeleteTag(b.ctx, b.by, g.ID))
	}},
	{"a deleted audience is taken off what was meant for it", func(b *bed) {
		one, two := b.audience("One"), b.audience("Two")
		both, alone := b.snippet("Both", one.ID, two.ID), b.snippet("Alone", one.ID)
		b.must(b.store.DeleteAudience(b.ctx, b.by, one.ID))
		got, err := b.store.Snippet(b.ctx, b.ws, both.ID)
		b.must(err)
		b.equal("audiences", got.Audiences, []lectern.AudienceID{two.ID})
		got, err = b.store.Snippet(b.ctx, b.ws, alone.ID)
		b.must(err)
		b.equal("audiences", len(got.Audiences), 0)
	}},
	{"another workspace sees no snippet and no audience to name", func(b *bed) {
		one := b.audience("Secret")
		x := b.snippet("Secret", one.ID)
		o := b.another()
		_, err := o.store.Snippet(o.ctx, o.ws, x.ID)
		o.refused(err, lectern.NotFound, "")
		_, err = o.store.UpdateSnippet(o.ctx, o.by, x.ID, &lectern.SnippetEdit{Title: new("Mine")}, nil)
		o.refused(err, lectern.NotFound, "")
		o.refused(o.store.DeleteSnippet(o.ctx, o.by, x.ID), lectern.NotFound, "")
		list, total, err := o.store.Snippets(o.ctx, o.ws, 0, 0)
		o.must(err)
		o.equal("snippets", []int{len(list), total}, []int{0, 0})
		_, err = o.store.AddSnippet(o.ctx, o.by, &lectern.SnippetEdit{Title: new("T"), Content: &lectern.SnippetContent{}, Audiences: &[]lectern.AudienceID{one.ID}})
		o.refused(err, lectern.Invalid, "audience_ids")
		got, err := b.store.Snippet(b.ctx, b.ws, x.ID)
		b.must(err)
		b.equal("snippet", *got, *x)
	}},
}
