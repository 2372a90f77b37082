package site_test

import (
	"net/http"
	"testing"

	"lectern"
	"lectern/internal/app"
)

// lead is what a reader meets at an address: a status, and where it leads. Host
// may be empty for the server's own.
func (d *desk) lead(method, at, from string) (int, string) {
	d.Helper()
	if from == "" {
		from = host
	}
	w := d.ask(method, at, "", "Host", from)
	to := w.Header().Get("Location")
	if (to != "") != (w.Code == http.StatusMovedPermanently) || to != "" && w.Header().Get("Cache-Control") != "no-store" {
		d.Errorf("%s: %d %v", at, w.Code, w.Header())
	}
	return w.Code, to
}

// redirect adds a redirect from an address within a help center.
func (d *desk) redirect(h lectern.HelpCenterID, from, locale string, to lectern.Target) {
	d.Helper()
	_, err := d.store.AddRedirect(d.Context(), d.by, lectern.Redirect{HelpCenter: h, From: from, Locale: lectern.Locale(locale), Target: to})
	d.must(err)
}

// stranger adds a workspace with a published article.
func (d *desk) stranger() lectern.ArticleID {
	d.Helper()
	ws, err := d.store.AddWorkspace(d.Context(), lectern.ByInstallation(0, lectern.ViaCommand), lectern.Setup{
		WorkspaceName: "Others", Admin: lectern.Admin{Name: "Eve", Email: "eve@example.com"},
		Locale: "en", Identifier: "others", HelpCenter: "Others", TokenName: "test", Token: lectern.HashToken("theirs"),
	})
	d.must(err)
	admins, err := d.store.Admins(d.Context(), ws.ID)
	d.must(err)
	other := *d
	other.by = lectern.ByCommand(ws.ID, admins[0].ID)
	return other.article("Theirs", other.topic("Theirs", 0, nil))
}

func TestOldAddressesLeadToTodays(t *testing.T) {
	d := open(t, app.Config{})
	group := d.topic("A group", 0, nil)
	a := d.article("Größe & Farbe", group, d.in("pt-BR", "Olá", lectern.Published), d.in("de", "Geheim", lectern.Draft))
	untitled := d.article("?!", group)
	secret := d.article("Secret", group, draft)
	audience, err := d.store.AddAudience(t.Context(), d.by, &lectern.AudienceEdit{Name: new("Few")})
	d.must(err)
	few := d.article("Secret", group, func(e *lectern.ArticleEdit) { e.Audiences = &[]lectern.AudienceID{audience.ID} })

	own, off := d.helpCenter("own", "docs.example.com", false), d.helpCenter("off", "", true)
	inside := func(h *lectern.HelpCenter) lectern.CollectionID {
		return d.topic("Inside", 0, func(e *lectern.CollectionEdit) { e.HelpCenter = &h.ID })
	}
	inOwn, inOff := inside(own), inside(off)
	d.reach("docs.example.com")
	theirs := d.stranger()

	article, collection := lectern.Target{Article: a}, lectern.Target{Collection: group}
	h := d.home.ID
	d.redirect(h, "/old%20page/", "en", article)
	d.redirect(h, "/old?id=7", "pt-BR", article)
	d.redirect(h, "/en/old", "en", collection)
	d.redirect(h, "/hc/en-us/articles/360001234-Old", "en", article)
	d.redirect(h, "/article/12-a-title", "en", collection)
	d.redirect(h, "/fr/articles/1-gone", "en", collection)
	d.redirect(h, "/en/articles/"+number(secret), "en", collection)
	d.redirect(h, "/en/articles/"+number(a), "en", collection) // a page stands there
	d.redirect(h, "/to-german", "de", article)
	d.redirect(h, "/to-draft", "en", lectern.Target{Article: secret})
	d.redirect(h, "/to-few", "en", lectern.Target{Article: few})
	d.redirect(own.ID, "/old", "en", lectern.Target{Collection: inOwn})
	d.redirect(off.ID, "/old", "en", lectern.Target{Collection: inOff})

	const base, slug = "http://" + host, "-gro%C3%9Fe-farbe"
	enA, enGroup := "/help/en/articles/"+number(a), "/help/en/collections/"+number(group)
	atA, atGroup := base+enA+slug, base+enGroup+"-a-group"
	const docs = "https://docs.example.com/en/collections/"
	for _, c := range []struct {
		host, at string
		to       string // empty for none
		status   int    // if it leads nowhere
	}{
		// The address of a page in other words.
		{"", enA, atA, 0},
		{"", enA + "/", atA, 0},
		{"", enA + "-old-title?x=//evil.example", atA + "?x=//evil.example", 0},
		{"", "/help/EN/articles/0" + number(a) + slug, atA, 0},
		{"", "/help/pt_br/articles/" + number(a) + "-ola", base + "/help/pt-BR/articles/" + number(a) + "-ola", 0},
		{"", enGroup + "-x", atGroup, 0},
		{"", "/help/en/articles/" + number(untitled) + "-x", base + "/help/en/articles/" + number(untitled), 0},
		{"", "/own/en/collections/" + number(inOwn), docs + number(inOwn) + "-inside", 0},
		{"docs.example.com", "/en/collections/" + number(inOwn), docs + number(inOwn) + "-inside", 0},
		{"DOCS.example.com:8443", "/en/collections/" + number(inOwn) + "-x", docs + number(inOwn) + "-inside", 0},
		{"", "/help/en/collections/" + number(inOwn), docs + number(inOwn) + "-inside", 0}, // it has moved
		{"docs.example.com", "/own/en/collections/" + number(inOwn), "https://docs.example.com/en/collections/" + number(inOwn), 0},
		// A page stands there.
		{"", enA + slug, "", 200},
		{"", enA + slug + "/?x=1", "", 200},
		{"", "/help/en/articles/" + number(untitled), "", 200},
		{"docs.example.com", "/en/collections/" + number(inOwn) + "-inside", "", 200},
		{"", "/help/en", "", 200},
		{"", "/help/PT_br", base + "/help/pt-BR", 0},
		{"docs.example.com", "/en/", "", 200},
		// A redirect.
		{"", "/help/old%20page", atA, 0},
		{"", "/help/old%20page/", atA, 0},
		{"", "/help/old/?id=7", base + "/help/pt-BR/articles/" + number(a) + "-ola", 0},
		{"", "/help/old?utm_source=mail&id=7&utm_medium=a", base + "/help/pt-BR/articles/" + number(a) + "-ola?utm_source=mail&utm_medium=a", 0},
		{"", "/help/old%20page?utm_source=mail", atA + "?utm_source=mail", 0},
		{"", "/help/fr/articles/1-words?gclid=1", atGroup + "?gclid=1", 0},
		{"", "/help/PT_br?x=1", base + "/help/pt-BR?x=1", 0},
		{"", enGroup + "-x?utm_source=mail", atGroup + "?utm_source=mail", 0},
		{"", enA + "-x.md?utm_source=mail", atA + ".md?utm_source=mail", 0},
		// An address of another help center, by its number.
		{"", "/help/hc/en-us/articles/360001234-Old-title", atA, 0},
		{"", "/help/hc/en-us/articles/360001234", atA, 0},
		{"", "/help/hc/en-us/articles/360001234-Other?utm_source=mail", atA + "?utm_source=mail", 0},
		{"", "/help/hc/en-us/articles/3600012345-Old-title", "", 404},
		{"", "/help/article/12-any-words", atGroup, 0},
		{"", "/help/en/o%6cd", atGroup, 0},
		{"", "/help/fr/articles/1", atGroup, 0},
		{"", "/help/fr/articles/1-other-words", atGroup, 0},
		{"", "/help/en/articles/" + number(secret) + "-secret", atGroup, 0},
		{"docs.example.com", "/old", docs + number(inOwn) + "-inside", 0},
		{"", "/own/old", docs + number(inOwn) + "-inside", 0},
		// Nothing, or nothing that everyone may see.
		{"", "/help/old", "", 404},
		{"", "/help/old?id=8", "", 404},
		{"", "/help/to-draft", "", 404},
		{"", "/help/to-few", "", 404},
		{"", "/help/to-german", "", 404},
		{"", "/help/en/articles/" + number(few), "", 404},
		{"", "/help/fr/articles/" + number(a), "", 404},
		{"", "/help/en/collections/" + number(a), "", 404},
		{"", "/help/en/articles/" + number(group), "", 404},
		{"", "/help/en/articles/" + number(theirs), "", 404},
		{"", "/other/en/articles/" + number(a), "", 404},
		{"", "/help/en/collections/" + number(inOff), "", 404},
		{"", "/off/en/collections/" + number(inOff), "", 404},
		{"", "/off/en/articles/" + number(a), "", 404},
		{"", "/off/old", "", 404},
		{"", "/nowhere/en/articles/" + number(a), "", 404},
		{"docs.example.com", "/help/old%20page", "", 404},
		{"evil.example", "/en/collections/" + number(inOwn), "", 404},
		{"", "/help/en/articles/99999999999999999999", "", 404},
		{"", "/help/en/articles/-" + number(a), "", 404},
		{"", "/help/en/articles/+" + number(a), "", 404},
		{"", enA + "-x/more", "", 404},
		{"", "/help/en/%00", "", 404},
		{"", "/help/en/%ff", "", 404},
		{"", "/%00/en/x", "", 404},
		{"", "/%2e%2e%2fhelp/old%20page", "", 404},
		{"", "/help%2Fold%20page", "", 404},
	} {
		for _, method := range []string{"GET", "HEAD"} {
			status, to := d.lead(method, c.at, c.host)
			if to != c.to || to == "" && status != c.status {
				t.Errorf("%s %s%s: %d %q, want %d %q", method, c.host, c.at, status, to, c.status, c.to)
			}
		}
	}
	// A language that an article is not written in shows it in the default one.
	if status, to := d.lead("GET", "/help/de/articles/"+number(a), ""); to != base+"/help/de/articles/"+number(a)+slug {
		t.Errorf("without a German text: %d %q", status, to)
	}
	if status, to := d.lead("POST", enA, ""); to != "" || status != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d %s", status, to)
	}
	if status, to := d.lead("POST", "/help/old%20page", ""); to != "" || status != http.StatusNotFound {
		t.Errorf("POST: %d %s", status, to)
	}
}

// Where a help center had a thing in several languages, or in none, one redirect
// leads from all of them.
func TestAnOldAddressLeadsInWhateverLanguage(t *testing.T) {
	d := open(t, app.Config{})
	d.speak("fr", "de")
	group := d.topic("Group", 0, nil)
	a := d.article("One", group, d.in("fr", "Un", lectern.Published), d.in("de", "Eins", lectern.Draft))
	b := d.article("Two", group)
	secret := d.article("Secret", group, draft)
	one, two := lectern.Target{Article: a}, lectern.Target{Article: b}
	d.redirect(d.home.ID, "/hc/en-us/articles/360001-Old-one", "en", one)
	d.redirect(d.home.ID, "/hc/fr/articles/360002-Deux", "en", two)
	d.redirect(d.home.ID, "/hc/en-us/articles/360002-Two", "en", two)
	d.redirect(d.home.ID, "/en/articles/9000001-one", "en", one)
	d.redirect(d.home.ID, "/en/collections/9000003", "en", lectern.Target{Collection: group})
	d.redirect(d.home.ID, "/articles/9000002-two", "en", two)
	d.redirect(d.home.ID, "/article/77-two", "en", two)
	d.redirect(d.home.ID, "/hc/en-us/articles/360003?page=2", "en", one)
	d.redirect(d.home.ID, "/en/articles/"+number(b), "en", one) // a page stands there
	at := func(l string, id lectern.ArticleID, words string) string {
		return "http://" + host + "/help/" + l + "/articles/" + number(id) + "-" + words
	}
	en, fr, enTwo := at("en", a, "one"), at("fr", a, "un"), at("en", b, "two")
	for _, c := range []struct{ from, accept, to string }{
		// Zendesk
		{"/hc/articles/360001", "", en},
		{"/hc/articles/360001-Any-words?utm_source=mail&x=%20", "", en + "?utm_source=mail&x=%20"},
		{"/hc/articles/360001", "fr-CA,fr;q=0.9,en;q=0.5", fr},
		{"/hc/articles/360001", "de", en}, // a draft
		{"/hc/en-us/articles/360001", "fr", en},
		{"/hc/fr/articles/360001-Vieux?x", "", fr + "?x"},
		{"/hc/fr-ca/articles/360001", "", fr},
		{"/hc/de/articles/360001", "fr", en},
		{"/hc/uk/articles/360001", "", en},
		{"/hc/articles/360002", "fr", enTwo},
		{"/hc/pt-br/articles/360002", "", enTwo},
		{"/hc/articles/360003?page=2&y", "", en + "?y"},
		{"/hc/articles/360003", "", ""},
		{"/hc/articles/36000", "", ""},
		{"/hc/en-us/sections/360001", "", ""},
		// Intercom
		{"/articles/9000001", "", en},
		{"/articles/9000001-words?x=1", "", en + "?x=1"},
		{"/fr/articles/9000001", "", fr},
		{"/it/articles/9000001", "", en}, // not a language of this help center
		{"/en-GB/articles/9000001", "", en},
		{"/en/articles/9000002", "", enTwo},
		{"/collections/9000003-words?x", "", "http://" + host + "/help/en/collections/" + number(group) + "-group?x"},
		// Help Scout
		{"/article/77", "", enTwo},
		{"/article/77-other-words?x=1", "", enTwo + "?x=1"},
		{"/en/article/77", "", enTwo},
		// The number of something of ours means that.
		{"/de/articles/" + number(b), "", at("de", b, "two")},
		{"/it/articles/" + number(b), "", ""},
		{"/articles/" + number(a), "", en},
		{"/articles/" + number(a) + "-any-words?x=1", "fr", fr + "?x=1"},
		{"/en-gb/articles/" + number(a), "fr", en},
		{"/fr-CA/articles/" + number(b), "", enTwo},
		{"/collections/" + number(group), "", "http://" + host + "/help/en/collections/" + number(group) + "-group"},
		{"/articles/" + number(secret), "", ""},
		{"/articles/" + number(a) + "-x/more", "", ""},
		{"/article/" + number(a), "", ""},
	} {
		w := d.ask("GET", "/help"+c.from, "", "Accept-Language", c.accept)
		if to := w.Header().Get("Location"); to != c.to || c.to == "" && w.Code != 404 || c.to != "" && w.Code != http.StatusMovedPermanently {
			t.Errorf("%s for %q: %d %s, want %s", c.from, c.accept, w.Code, to, c.to)
		}
	}
}

func TestAnAddressFollowsItsPage(t *testing.T) {
	d := open(t, app.Config{})
	a := d.article("One", d.topic("Group", 0, nil))
	one, two := "/help/en/articles/"+number(a)+"-one", "/help/en/articles/"+number(a)+"-two"
	const base = "http://" + host
	for _, step := range []struct {
		edit     lectern.ArticleTextEdit
		one, two string
	}{
		{lectern.ArticleTextEdit{}, "", base + one},
		{lectern.ArticleTextEdit{Title: new("Two")}, base + two, ""},
		{lectern.ArticleTextEdit{Title: new("One")}, "", base + one},
		{lectern.ArticleTextEdit{State: new(lectern.Draft)}, "", ""},
	} {
		d.edit(a, step.edit)
		_, atOne := d.lead("GET", one, "")
		_, atTwo := d.lead("GET", two, "")
		if atOne != step.one || atTwo != step.two {
			t.Errorf("after %+v: %q and %q, want %q and %q", step.edit, atOne, atTwo, step.one, step.two)
		}
	}
}

func TestALanguageThatIsSwitchedOffHasNoAddresses(t *testing.T) {
	d := open(t, app.Config{})
	a := d.article("One", d.topic("Group", 0, nil), d.in("fr", "Un", lectern.Published))
	at := "/help/fr/articles/" + number(a)
	if _, to := d.lead("GET", at, ""); to != "http://"+host+at+"-un" {
		t.Errorf("led to %q", to)
	}
	d.speak()
	if status, to := d.lead("GET", at, ""); to != "" || status != 404 {
		t.Errorf("switched off: %d %q", status, to)
	}
}

func TestNoOneTakesOverTheServersOwnAddresses(t *testing.T) {
	d := open(t, app.Config{BaseURL: "https://help.example.com"})
	a := d.article("One", d.topic("Group", 0, nil))
	claims := d.helpCenter("claims", "help.example.com", false)
	c := d.topic("In", 0, func(e *lectern.CollectionEdit) { e.HelpCenter = &claims.ID })
	d.redirect(claims.ID, "/help/en/old", "en", lectern.Target{Collection: c})
	if _, to := d.lead("GET", "/help/en/old", "help.example.com"); to != "" {
		t.Errorf("led to %s", to)
	}
	const want = "https://help.example.com/help/en/articles/"
	for _, from := range []string{"help.example.com", "evil.example"} {
		if _, to := d.lead("GET", "/help/en/articles/"+number(a), from); to != want+number(a)+"-one" {
			t.Errorf("from %s it led to %q", from, to)
		}
	}
}
