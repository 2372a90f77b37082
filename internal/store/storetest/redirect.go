package storetest

import (
	"fmt"
	"strings"
	"time"

	"lectern"
)

// redirect adds a redirect of the first help center.
func (b *bed) redirect(from string, to lectern.Target) *lectern.Redirect {
	b.Helper()
	r, err := b.store.AddRedirect(b.ctx, b.by, lectern.Redirect{HelpCenter: b.home.ID, From: from, Locale: "en", Target: to})
	b.must(err)
	return r
}

var redirectTests = []test{
	{"a redirect is kept with its address, target and locale", func(b *bed) {
		a, c := b.article("A", ""), b.collection("C", 0)
		for i, to := range []lectern.Target{{Article: a.ID}, {Collection: c.ID}} {
			from := fmt.Sprintf("/old%%20page/%d?id=7", i)
			var r *lectern.Redirect
			b.equal("events", b.happened(func() { r = b.redirect(from, to) }), "redirect.created")
			got, err := b.store.Redirect(b.ctx, b.ws, b.home.ID, r.ID)
			b.must(err)
			b.equal("redirect", *got, *r)
			b.equal("redirect", *got, lectern.Redirect{
				ID: r.ID, HelpCenter: b.home.ID, From: from, Locale: "en", Target: to,
				CreatedAt: b.clock.seconds(), UpdatedAt: b.clock.seconds(),
			})
		}
	}},
	{"a redirect leads to a text that its target has", func(b *bed) {
		edit := b.edit("A", "", lectern.Published)
		edit.Texts = map[lectern.Locale]lectern.ArticleTextEdit{"fr": {Title: new("F")}}
		a, err := b.store.AddArticle(b.ctx, b.by, edit)
		b.must(err)
		for asked, want := range map[lectern.Locale]lectern.Locale{"fr": "fr", "en": "en", "de": "en"} {
			r, err := b.store.AddRedirect(b.ctx, b.by, lectern.Redirect{
				HelpCenter: b.home.ID, From: "/" + string(asked), Locale: asked, Target: lectern.Target{Article: a.ID},
			})
			b.must(err)
			b.equal("locale asked as "+string(asked), r.Locale, want)
		}
	}},
	{"an address leads to one place", func(b *bed) {
		a, c := b.article("A", ""), b.collection("C", 0)
		b.redirect("/old", lectern.Target{Article: a.ID})
		b.redirect("/en/articles/7-seven", lectern.Target{Article: a.ID})
		other := b.center("other")
		b.equal("events", b.happened(func() {
			for _, from := range []string{"/old", "/old/", "/o%6cd", "/en/articles/7", "/en/articles/7-another-title"} {
				_, err := b.store.AddRedirect(b.ctx, b.by, lectern.Redirect{HelpCenter: b.home.ID, From: from, Locale: "en", Target: lectern.Target{Collection: c.ID}})
				b.refused(err, lectern.Conflict, "")
			}
		}), "")
		for _, from := range []string{"/old?x", "/Old", "/en/articles/77", "/en/collections/7", "/fr/articles/7"} {
			b.redirect(from, lectern.Target{Collection: c.ID})
		}
		theirs, err := b.store.AddCollection(b.ctx, b.by, &lectern.CollectionEdit{
			CollectionTextEdit: lectern.CollectionTextEdit{Name: new("T")}, HelpCenter: &other.ID})
		b.must(err)
		_, err = b.store.AddRedirect(b.ctx, b.by, lectern.Redirect{HelpCenter: other.ID, From: "/old", Locale: "en", Target: lectern.Target{Collection: theirs.ID}})
		b.must(err)
	}},
	{"a redirect that can lead nowhere is refused", func(b *bed) {
		a, c := b.article("A", ""), b.collection("C", 0)
		other := b.center("other")
		b.equal("events", b.happened(func() {
			for _, x := range []struct {
				r     lectern.Redirect
				kind  lectern.Kind
				field string
			}{
				{lectern.Redirect{HelpCenter: b.home.ID, From: "", Target: lectern.Target{Article: a.ID}}, lectern.Invalid, "from_url"},
				{lectern.Redirect{HelpCenter: b.home.ID, From: fmt.Sprintf("/en/articles/%d-a", a.ID), Target: lectern.Target{Article: a.ID}}, lectern.Invalid, "from_url"},
				{lectern.Redirect{HelpCenter: b.home.ID, From: fmt.Sprintf("/fr/collections/%d", c.ID), Target: lectern.Target{Collection: c.ID}}, lectern.Invalid, "from_url"},
				{lectern.Redirect{HelpCenter: b.home.ID + 1000, From: "/a", Target: lectern.Target{Article: a.ID}}, lectern.NotFound, ""},
				{lectern.Redirect{HelpCenter: b.home.ID, From: "/a", Target: lectern.Target{Article: a.ID + 1000}}, lectern.NotFound, ""},
				{lectern.Redirect{HelpCenter: b.home.ID, From: "/a", Target: lectern.Target{Collection: c.ID + 1000}}, lectern.NotFound, ""},
				{lectern.Redirect{HelpCenter: b.home.ID, From: "/a"}, lectern.NotFound, ""},
				{lectern.Redirect{HelpCenter: other.ID, From: "/a", Target: lectern.Target{Article: a.ID}}, lectern.NotFound, ""},
				{lectern.Redirect{HelpCenter: other.ID, From: "/a", Target: lectern.Target{Collection: c.ID}}, lectern.NotFound, ""},
			} {
				x.r.Locale = "en"
				_, err := b.store.AddRedirect(b.ctx, b.by, x.r)
				b.refused(err, x.kind, x.field)
			}
		}), "")
	}},
	{"redirects are found by the path of an address", func(b *bed) {
		a := b.article("A", "")
		b.redirect("/o%6cd/?id=7", lectern.Target{Article: a.ID})
		b.redirect("/old", lectern.Target{Article: a.ID})
		for _, from := range []string{"/hc/en-us/articles/7-seven", "/hc/de/articles/7?x", "/hc/de/articles/7", "/older", "/old/x", "/ol", "/old%40x", "/OLD?id=7"} {
			b.redirect(from, lectern.Target{Article: a.ID})
		}
		other, o := b.center("second"), b.another()
		for _, c := range []struct {
			ws   lectern.WorkspaceID
			h    lectern.HelpCenterID
			from string
			want string
		}{
			{b.ws, b.home.ID, "/old", "/old /o%6cd/?id=7"}, {b.ws, b.home.ID, "/old?id=8&x", "/old /o%6cd/?id=7"},
			{b.ws, b.home.ID, "", ""}, {b.ws, b.home.ID, "/nothing", ""},
			{b.ws, b.home.ID, "/hc/articles/7", "/hc/de/articles/7 /hc/de/articles/7?x /hc/en-us/articles/7-seven"},
			{b.ws, b.home.ID, "/hc/en-us/articles/7-any?y=1", "/hc/en-us/articles/7-seven /hc/de/articles/7 /hc/de/articles/7?x"},
			{b.ws, b.home.ID, "/hc/fr/articles/7/", "/hc/de/articles/7 /hc/de/articles/7?x /hc/en-us/articles/7-seven"},
			{b.ws, b.home.ID, "/hc/articles/70", ""}, {b.ws, b.home.ID, "/articles/7", ""},
			{b.ws, other.ID, "/old", ""}, {o.ws, b.home.ID, "/old", ""}, {o.ws, o.home.ID, "/old", ""},
		} {
			list, err := b.store.RedirectsAt(b.ctx, c.ws, c.h, c.from)
			b.must(err)
			var got []string
			for _, r := range list {
				got = append(got, r.From)
			}
			b.equal("redirects at "+c.from, strings.Join(got, " "), c.want)
		}
	}},
	{"redirects are listed latest first, a page and the total of one help center", func(b *bed) {
		a := b.article("A", "")
		for i := range 5 {
			b.redirect(fmt.Sprintf("/%d", i), lectern.Target{Article: a.ID})
			b.clock.pass(time.Duration(i%2) * time.Second)
		}
		other := b.center("other")
		for _, c := range []struct {
			offset, limit int
			want          []string
		}{{0, 2, []string{"/4", "/3"}}, {2, 2, []string{"/2", "/1"}}, {4, 2, []string{"/0"}}, {6, 2, nil}, {0, 0, []string{"/4", "/3", "/2", "/1", "/0"}}} {
			list, total, err := b.store.Redirects(b.ctx, b.ws, b.home.ID, c.offset, c.limit)
			b.must(err)
			var got []string
			for _, r := range list {
				got = append(got, r.From)
			}
			b.equal("addresses", got, c.want)
			b.equal("total", total, 5)
		}
		list, total, err := b.store.Redirects(b.ctx, b.ws, other.ID, 0, 0)
		b.must(err)
		b.equal("others", []int{len(list), total}, []int{0, 0})
		_, _, err = b.store.Redirects(b.ctx, b.ws, other.ID+1000, 0, 0)
		b.refused(err, lectern.NotFound, "")
	}},
	{"a deleted redirect is gone and its address is free", func(b *bed) {
		a := b.article("A", "")
		r := b.redirect("/old", lectern.Target{Article: a.ID})
		other := b.center("other")
		b.equal("events", b.happened(func() {
			b.refused(b.store.DeleteRedirect(b.ctx, b.by, other.ID, r.ID), lectern.NotFound, "")
			b.must(b.store.DeleteRedirect(b.ctx, b.by, b.home.ID, r.ID))
			b.refused(b.store.DeleteRedirect(b.ctx, b.by, b.home.ID, r.ID), lectern.NotFound, "")
		}), "redirect.deleted")
		_, err := b.store.Redirect(b.ctx, b.ws, b.home.ID, r.ID)
		b.refused(err, lectern.NotFound, "")
		b.redirect("/old", lectern.Target{Article: a.ID})
	}},
	{"a redirect goes with its target", func(b *bed) {
		a, outer := b.article("A", ""), b.collection("Outer", 0)
		inner, stays := b.collection("Inner", outer.ID), b.collection("Stays", 0)
		b.redirect("/article", lectern.Target{Article: a.ID})
		b.redirect("/outer", lectern.Target{Collection: outer.ID})
		b.redirect("/inner", lectern.Target{Collection: inner.ID})
		r := b.redirect("/stays", lectern.Target{Collection: stays.ID})
		b.must(b.store.DeleteArticle(b.ctx, b.by, a.ID))
		b.must(b.store.DeleteCollection(b.ctx, b.by, outer.ID))
		list, total, err := b.store.Redirects(b.ctx, b.ws, b.home.ID, 0, 0)
		b.must(err)
		if total != 1 || len(list) != 1 || list[0].ID != r.ID {
			b.Errorf("%d left: %+v", total, list)
		}
	}},
	{"another workspace sees no redirect", func(b *bed) {
		a := b.article("Secret", "")
		r := b.redirect("/secret", lectern.Target{Article: a.ID})
		o := b.another()
		for _, h := range []lectern.HelpCenterID{b.home.ID, o.home.ID} {
			_, err := o.store.Redirect(o.ctx, o.ws, h, r.ID)
			o.refused(err, lectern.NotFound, "")
			o.refused(o.store.DeleteRedirect(o.ctx, o.by, h, r.ID), lectern.NotFound, "")
			_, err = o.store.AddRedirect(o.ctx, o.by, lectern.Redirect{HelpCenter: h, From: "/x", Locale: "en", Target: lectern.Target{Article: a.ID}})
			o.refused(err, lectern.NotFound, "")
		}
		_, _, err := o.store.Redirects(o.ctx, o.ws, b.home.ID, 0, 0)
		o.refused(err, lectern.NotFound, "")
		_, total, err := o.store.Redirects(o.ctx, o.ws, o.home.ID, 0, 0)
		o.must(err)
		o.equal("redirects", total, 0)
		own := o.article("Own", "")
		o.redirect("/secret", lectern.Target{Article: own.ID})
	}},
}
