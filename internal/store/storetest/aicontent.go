package storetest

import (
	"errors"
	"strconv"
	"time"

	"lectern"
)

// source adds an import source that the API writes to.
func (b *bed) source(audiences ...lectern.AudienceID) *lectern.ImportSource {
	b.Helper()
	s, err := b.store.AddImportSource(b.ctx, b.by, &lectern.ImportSourceEdit{
		URL: new("https://docs.example.com"), Sync: new(lectern.SyncAPI), Audiences: &audiences,
	})
	b.must(err)
	return s
}

// page brings in a page of a source.
func (b *bed) page(s *lectern.ImportSource, external, html string) *lectern.ExternalPage {
	b.Helper()
	p, err := b.store.PutExternalPage(b.ctx, b.by, pageEdit(s, external, html))
	b.must(err)
	return p
}

func pageEdit(s *lectern.ImportSource, external, html string) *lectern.ExternalPageEdit {
	return &lectern.ExternalPageEdit{Source: &s.ID, ExternalID: &external, Title: new("Page " + external), HTML: &html}
}

var aiContentTests = []test{
	{"an import source comes back as added", func(b *bed) {
		one, two := b.audience("one").ID, b.audience("two").ID
		var made *lectern.ImportSource
		b.equal("events", b.happened(func() { made = b.source(two, one, two) }), "content_import_source.created")
		want := lectern.ImportSource{
			ID: made.ID, URL: "https://docs.example.com", Sync: lectern.SyncAPI, Status: lectern.SourceActive,
			Audiences:    []lectern.AudienceID{two, one},
			LastSyncedAt: b.clock.seconds(), CreatedAt: b.clock.seconds(), UpdatedAt: b.clock.seconds(),
		}
		b.equal("what AddImportSource returns", *made, want)
		got, err := b.store.ImportSource(b.ctx, b.ws, made.ID)
		b.must(err)
		b.equal("what ImportSource returns", *got, want)
		_, err = b.store.ImportSource(b.ctx, b.ws, made.ID+1000)
		b.refused(err, lectern.NotFound, "")
	}},
	{"import sources are listed by pages, oldest first", func(b *bed) {
		one, two, three := b.source(), b.source(b.audience("one").ID), b.source()
		list, total, err := b.store.ImportSources(b.ctx, b.ws, 0, 2)
		b.must(err)
		b.equal("first page", []any{*list[0], *list[1], len(list), total}, []any{*one, *two, 2, 3})
		list, total, err = b.store.ImportSources(b.ctx, b.ws, 2, 2)
		b.must(err)
		b.equal("second page", []any{*list[0], len(list), total}, []any{*three, 1, 3})
		list, total, err = b.store.ImportSources(b.ctx, b.ws, 4, 2)
		b.must(err)
		b.equal("third page", []int{len(list), total}, []int{0, 3})
		list, _, err = b.store.ImportSources(b.ctx, b.ws, 0, 0)
		b.must(err)
		b.equal("all", len(list), 3)
	}},
	{"an import source changes where it is asked to, after a check", func(b *bed) {
		one := b.audience("one").ID
		s := b.source(one)
		b.clock.pass(time.Minute)
		no := errors.New("no")
		b.equal("events", b.happened(func() {
			_, err := b.store.UpdateImportSource(b.ctx, b.by, s.ID, &lectern.ImportSourceEdit{URL: new("https://x.example.com")},
				func(now *lectern.ImportSource) error { b.equal("source", *now, *s); return no })
			if !errors.Is(err, no) {
				b.Errorf("error %v, want no", err)
			}
			_, err = b.store.UpdateImportSource(b.ctx, b.by, s.ID, &lectern.ImportSourceEdit{Sync: new(lectern.SyncManual)}, nil)
			b.refused(err, lectern.Invalid, "sync_behavior")
			_, err = b.store.UpdateImportSource(b.ctx, b.by, s.ID+1000, &lectern.ImportSourceEdit{}, nil)
			b.refused(err, lectern.NotFound, "")
		}), "")
		b.equal("events", b.happened(func() {
			_, err := b.store.UpdateImportSource(b.ctx, b.by, s.ID, &lectern.ImportSourceEdit{Status: new(lectern.SourceDeactivated)}, nil)
			b.must(err)
		}), "content_import_source.updated")
		got, err := b.store.ImportSource(b.ctx, b.ws, s.ID)
		b.must(err)
		want := *s
		want.Status, want.UpdatedAt = lectern.SourceDeactivated, b.clock.seconds()
		b.equal("source", *got, want)
	}},
	{"an import source for an audience that is not there is refused whole", func(b *bed) {
		one := b.audience("one").ID
		s := b.source(one)
		edit := &lectern.ImportSourceEdit{URL: new("https://x.example.com"), Sync: new(lectern.SyncAPI), Audiences: &[]lectern.AudienceID{one, one + 1000}}
		b.equal("events", b.happened(func() {
			_, err := b.store.AddImportSource(b.ctx, b.by, edit)
			b.refused(err, lectern.Invalid, "audience_ids")
			_, err = b.store.UpdateImportSource(b.ctx, b.by, s.ID, edit, nil)
			b.refused(err, lectern.Invalid, "audience_ids")
		}), "")
		list, total, err := b.store.ImportSources(b.ctx, b.ws, 0, 0)
		b.must(err)
		b.equal("sources", []any{*list[0], total}, []any{*s, 1})
	}},
	{"pages take the audiences of their source at first, and again when asked to", func(b *bed) {
		one, two := b.audience("one").ID, b.audience("two").ID
		s, other := b.source(one), b.source(one)
		old, strange := b.page(s, "a", ""), b.page(other, "a", "")
		audiences := func(p *lectern.ExternalPage) []lectern.AudienceID {
			p, err := b.store.ExternalPage(b.ctx, b.ws, p.ID)
			b.must(err)
			return p.Audiences
		}
		change := func(apply bool, to ...lectern.AudienceID) {
			_, err := b.store.UpdateImportSource(b.ctx, b.by, s.ID, &lectern.ImportSourceEdit{Audiences: &to, AudiencesOfPages: apply}, nil)
			b.must(err)
		}
		b.equal("audiences at first", audiences(old), []lectern.AudienceID{one})
		change(false, two, one)
		b.equal("audiences of a new page", audiences(b.page(s, "b", "")), []lectern.AudienceID{two, one})
		b.equal("audiences of the page that was there", audiences(old), []lectern.AudienceID{one})
		b.equal("audiences of it once it came in again", audiences(b.page(s, "a", "")), []lectern.AudienceID{one})
		change(true, two, one)
		b.equal("audiences when asked to", audiences(old), []lectern.AudienceID{two, one})
		b.must(b.store.DeleteAudience(b.ctx, b.by, two))
		b.equal("audiences after one is gone", audiences(old), []lectern.AudienceID{one})
		change(true)
		b.equal("audiences when asked to have none", audiences(old), []lectern.AudienceID(nil))
		b.equal("audiences of another source's page", audiences(strange), []lectern.AudienceID{one})
	}},
	{"an external page comes back as it was sent, scripts included", func(b *bed) {
		s := b.source()
		b.clock.pass(time.Minute)
		edit := pageEdit(s, "a/1", `<script>alert("x")</script>`+"\r\n<b>ü")
		edit.URL, edit.Chatbot, edit.SalesAgent = new("https://docs.example.com/a/1"), new(true), new(true)
		var made *lectern.ExternalPage
		b.equal("events", b.happened(func() {
			var err error
			made, err = b.store.PutExternalPage(b.ctx, b.by, edit)
			b.must(err)
		}), "external_page.created")
		want := lectern.ExternalPage{
			ID: made.ID, Source: s.ID, ExternalID: "a/1", Title: "Page a/1", HTML: `<script>alert("x")</script>` + "\r\n<b>ü",
			URL: "https://docs.example.com/a/1", Locale: "en", Availability: lectern.Availability{Chatbot: true, SalesAgent: true},
			IngestedAt: b.clock.seconds(), CreatedAt: b.clock.seconds(), UpdatedAt: b.clock.seconds(),
		}
		b.equal("what PutExternalPage returns", *made, want)
		got, err := b.store.ExternalPage(b.ctx, b.ws, made.ID)
		b.must(err)
		b.equal("what ExternalPage returns", *got, want)
		after, err := b.store.ImportSource(b.ctx, b.ws, s.ID)
		b.must(err)
		b.equal("when the source was synced", after.LastSyncedAt, b.clock.seconds())
		b.equal("when the source was changed", after.UpdatedAt, s.UpdatedAt)
		_, err = b.store.ExternalPage(b.ctx, b.ws, made.ID+1000)
		b.refused(err, lectern.NotFound, "")
	}},
	{"a page that comes in again changes the one there is", func(b *bed) {
		s, other := b.source(), b.source()
		edit := pageEdit(s, "a", "old")
		edit.URL, edit.Copilot = new("https://docs.example.com/a"), new(true)
		first, err := b.store.PutExternalPage(b.ctx, b.by, edit)
		b.must(err)
		b.clock.pass(time.Minute)
		var again *lectern.ExternalPage
		b.equal("events", b.happened(func() { again = b.page(s, "a", "new") }), "external_page.updated")
		want := *first
		want.HTML, want.UpdatedAt, want.IngestedAt = "new", b.clock.seconds(), b.clock.seconds()
		b.equal("page", *again, want)
		if b.page(other, "a", "").ID == first.ID || b.page(s, "A", "").ID == first.ID {
			b.Error("a page of another source or external ID was taken for the first")
		}
		_, total, err := b.store.ExternalPages(b.ctx, b.ws, 0, 1)
		b.must(err)
		b.equal("pages", total, 3)
	}},
	{"external pages are listed by pages, newest first, whichever changed last", func(b *bed) {
		s := b.source()
		var made []*lectern.ExternalPage
		for i := range 3 {
			made = append(made, b.page(s, strconv.Itoa(i), ""))
		}
		b.clock.pass(time.Minute)
		made[0] = b.page(s, "0", "changed")
		list, total, err := b.store.ExternalPages(b.ctx, b.ws, 0, 2)
		b.must(err)
		b.equal("first page", []any{*list[0], *list[1], len(list), total}, []any{*made[2], *made[1], 2, 3})
		list, total, err = b.store.ExternalPages(b.ctx, b.ws, 2, 2)
		b.must(err)
		b.equal("second page", []any{*list[0], len(list), total}, []any{*made[0], 1, 3})
	}},
	{"an external page changes, moves to another source, and takes no other's place", func(b *bed) {
		s, other := b.source(), b.source()
		p, taken := b.page(s, "a", "html"), b.page(other, "a", "")
		b.clock.pass(time.Minute)
		no := errors.New("no")
		b.equal("events", b.happened(func() {
			_, err := b.store.UpdateExternalPage(b.ctx, b.by, p.ID, pageEdit(other, "a", ""), nil)
			b.refused(err, lectern.Conflict, "")
			_, err = b.store.UpdateExternalPage(b.ctx, b.by, p.ID, &lectern.ExternalPageEdit{Source: &other.ID}, nil)
			b.refused(err, lectern.Conflict, "")
			_, err = b.store.UpdateExternalPage(b.ctx, b.by, p.ID, &lectern.ExternalPageEdit{Source: new(s.ID + 1000)}, nil)
			b.refused(err, lectern.Invalid, "source_id")
			_, err = b.store.UpdateExternalPage(b.ctx, b.by, p.ID, pageEdit(s, "b", ""),
				func(now *lectern.ExternalPage) error { b.equal("page", *now, *p); return no })
			if !errors.Is(err, no) {
				b.Errorf("error %v, want no", err)
			}
			_, err = b.store.UpdateExternalPage(b.ctx, b.by, p.ID+1000, pageEdit(s, "b", ""), nil)
			b.refused(err, lectern.NotFound, "")
		}), "")
		b.equal("events", b.happened(func() {
			got, err := b.store.UpdateExternalPage(b.ctx, b.by, p.ID, &lectern.ExternalPageEdit{
				Source: &other.ID, ExternalID: new("b"), Title: new("T"), Chatbot: new(true),
			}, nil)
			b.must(err)
			want := *p
			want.Source, want.ExternalID, want.Title, want.Availability.Chatbot = other.ID, "b", "T", true
			want.UpdatedAt, want.IngestedAt = b.clock.seconds(), b.clock.seconds()
			b.equal("page", *got, want)
		}), "external_page.updated")
		got, err := b.store.ExternalPage(b.ctx, b.ws, taken.ID)
		b.must(err)
		b.equal("the other's page", *got, *taken)
	}},
	{"pages come in only under a source that the API writes to", func(b *bed) {
		s, err := b.store.AddImportSource(b.ctx, b.by, &lectern.ImportSourceEdit{
			URL: new("https://docs.example.com"), Sync: new(lectern.SyncAutomatic),
		})
		b.must(err)
		b.equal("events", b.happened(func() {
			_, err := b.store.PutExternalPage(b.ctx, b.by, pageEdit(s, "a", ""))
			b.refused(err, lectern.Invalid, "source_id")
			s.ID += 1000
			_, err = b.store.PutExternalPage(b.ctx, b.by, pageEdit(s, "a", ""))
			b.refused(err, lectern.Invalid, "source_id")
		}), "")
	}},
	{"a deleted page shows itself once more, empty, and its place is free", func(b *bed) {
		s := b.source(b.audience("one").ID)
		p := b.page(s, "a", "html")
		b.equal("events", b.happened(func() {
			got, err := b.store.DeleteExternalPage(b.ctx, b.by, p.ID)
			b.must(err)
			want := *p
			want.HTML = ""
			b.equal("page", *got, want)
			_, err = b.store.DeleteExternalPage(b.ctx, b.by, p.ID)
			b.refused(err, lectern.NotFound, "")
		}), "external_page.deleted")
		_, err := b.store.ExternalPage(b.ctx, b.ws, p.ID)
		b.refused(err, lectern.NotFound, "")
		if b.page(s, "a", "").ID == p.ID {
			b.Error("the ID was given again")
		}
	}},
	{"a deleted import source takes its pages along, and no others", func(b *bed) {
		one := b.audience("one").ID
		s, other := b.source(one), b.source(one)
		gone, kept := b.page(s, "a", ""), b.page(other, "a", "")
		b.equal("events", b.happened(func() {
			b.must(b.store.DeleteImportSource(b.ctx, b.by, s.ID))
			b.refused(b.store.DeleteImportSource(b.ctx, b.by, s.ID), lectern.NotFound, "")
		}), "content_import_source.deleted")
		_, err := b.store.ExternalPage(b.ctx, b.ws, gone.ID)
		b.refused(err, lectern.NotFound, "")
		got, err := b.store.ExternalPage(b.ctx, b.ws, kept.ID)
		b.must(err)
		b.equal("the other's page", *got, *kept)
		_, total, err := b.store.ExternalPages(b.ctx, b.ws, 0, 0)
		b.must(err)
		b.equal("pages", total, 1)
	}},
	{"another workspace sees no import sources and external pages", func(b *bed) {
		one := b.audience("one").ID
		s := b.source(one)
		p := b.page(s, "a", "secret")
		o := b.another()
		own := o.source()
		b.equal("events", o.happened(func() {
			_, err := o.store.ImportSource(o.ctx, o.ws, s.ID)
			o.refused(err, lectern.NotFound, "")
			_, err = o.store.UpdateImportSource(o.ctx, o.by, s.ID, &lectern.ImportSourceEdit{}, func(*lectern.ImportSource) error { return errors.New("seen") })
			o.refused(err, lectern.NotFound, "")
			o.refused(o.store.DeleteImportSource(o.ctx, o.by, s.ID), lectern.NotFound, "")
			_, err = o.store.UpdateImportSource(o.ctx, o.by, own.ID, &lectern.ImportSourceEdit{Audiences: &[]lectern.AudienceID{one}}, nil)
			o.refused(err, lectern.Invalid, "audience_ids")
			_, err = o.store.ExternalPage(o.ctx, o.ws, p.ID)
			o.refused(err, lectern.NotFound, "")
			_, err = o.store.UpdateExternalPage(o.ctx, o.by, p.ID, pageEdit(own, "a", ""), func(*lectern.ExternalPage) error { return errors.New("seen") })
			o.refused(err, lectern.NotFound, "")
			_, err = o.store.DeleteExternalPage(o.ctx, o.by, p.ID)
			o.refused(err, lectern.NotFound, "")
			_, err = o.store.PutExternalPage(o.ctx, o.by, pageEdit(s, "a", ""))
			o.refused(err, lectern.Invalid, "source_id")
		}), "")
		sources, total, err := o.store.ImportSources(o.ctx, o.ws, 0, 0)
		o.must(err)
		o.equal("sources", []int{len(sources), total}, []int{1, 1})
		pages, total, err := o.store.ExternalPages(o.ctx, o.ws, 0, 0)
		o.must(err)
		o.equal("pages", []int{len(pages), total}, []int{0, 0})
	}},
}
