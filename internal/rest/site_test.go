package rest_test

import (
	"net/http"
	"strings"
	"testing"

	"lectern"
	"lectern/internal/rest"
)

// visit is what a reader meets at an address: a status, and where it leads.
// Host may be empty for the server's own.
func (s *server) visit(method, host, at string) (int, string) {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.url+at, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	req.Host = host
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		s.t.Fatal(err)
	}
	res.Body.Close()
	to := res.Header.Get("Location")
	if (to != "") != (res.StatusCode == http.StatusMovedPermanently) || to != "" && res.Header.Get("Cache-Control") != "no-store" {
		s.t.Errorf("%s: %d %v", at, res.StatusCode, res.Header)
	}
	return res.StatusCode, to
}

// helpCenter adds a help center; its site is on unless off.
func (s *server) helpCenter(identifier, domain string, off bool) *lectern.HelpCenter {
	s.t.Helper()
	h, err := s.store.AddHelpCenter(s.t.Context(), s.by, lectern.HelpCenter{
		Identifier: identifier, DisplayName: identifier, CustomDomain: domain, DefaultLocale: "en", WebsiteTurnedOn: !off})
	if err != nil {
		s.t.Fatal(err)
	}
	return h
}

// redirect adds a redirect from an address within a help center.
func (s *server) redirect(h lectern.HelpCenterID, from, locale string, to lectern.Target) {
	s.t.Helper()
	_, err := s.store.AddRedirect(s.t.Context(), s.by, lectern.Redirect{HelpCenter: h, From: from, Locale: lectern.Locale(locale), Target: to})
	if err != nil {
		s.t.Fatal(err)
	}
}

// number is an ID as the store has it.
func number[T ~int64](id string) (n T) {
	for _, r := range id {
		n = 10*n + T(r-'0')
	}
	return n
}

func TestOldAddressesLeadToTodays(t *testing.T) {
	s := startNew(t, rest.Options{})
	_, _, home := s.redirects()
	h := number[lectern.HelpCenterID](home)
	published := func(title string, more object) string {
		fields := object{"title": title, "state": "published"}
		for k, v := range more {
			fields[k] = v
		}
		return s.article(fields)
	}
	a := published("Größe & Farbe", object{"translated_content": object{
		"pt-BR": object{"title": "Olá", "state": "published", "author_id": s.by.Admin},
		"de":    object{"title": "Geheim", "state": "draft", "author_id": s.by.Admin}}})
	untitled := published("?!", nil)
	draft := s.article(object{"title": "Secret", "state": "draft"})
	audience, _ := s.made("/audiences", object{"name": "Few"})
	few := published("Secret", object{"audience_ids": []any{audience}})
	group := s.collection("A group", "")

	own, off := s.helpCenter("own", "docs.example.com", false), s.helpCenter("off", "", true)
	in := func(h *lectern.HelpCenter) string {
		return s.ok("POST", "/help_center/collections", object{"name": "Inside", "help_center_id": h.ID}).body["id"].(string)
	}
	inOwn, inOff := in(own), in(off)
	o := s.stranger()
	theirs := o.article(object{"title": "Theirs", "state": "published", "author_id": s.theirAdmin(o)})

	article, collection := lectern.Target{Article: number[lectern.ArticleID](a)}, lectern.Target{Collection: number[lectern.CollectionID](group)}
	s.redirect(h, "/old%20page/", "en", article)
	s.redirect(h, "/old?id=7", "pt-BR", article)
	s.redirect(h, "/en/old", "en", collection)
	s.redirect(h, "/fr/articles/1-gone", "en", collection)
	s.redirect(h, "/en/articles/"+draft, "en", collection)
	s.redirect(h, "/en/articles/"+a, "en", collection) // a page stands there
	s.redirect(h, "/to-german", "de", article)
	s.redirect(h, "/to-draft", "en", lectern.Target{Article: number[lectern.ArticleID](draft)})
	s.redirect(h, "/to-few", "en", lectern.Target{Article: number[lectern.ArticleID](few)})
	s.redirect(own.ID, "/old", "en", lectern.Target{Collection: number[lectern.CollectionID](inOwn)})
	s.redirect(off.ID, "/old", "en", lectern.Target{Collection: number[lectern.CollectionID](inOff)})

	const slug = "-gro%C3%9Fe-farbe"
	atA, atGroup := s.url+"/help/en/articles/"+a+slug, s.url+"/help/en/collections/"+group+"-a-group"
	const docs = "https://docs.example.com/en/collections/"
	for _, c := range []struct {
		host, at string
		to       string // empty for none
		status   int    // if it leads nowhere
	}{
		// The address of a page in other words.
		{"", "/help/en/articles/" + a, atA, 0},
		{"", "/help/en/articles/" + a + "/", atA, 0},
		{"", "/help/en/articles/" + a + "-old-title?x=//evil.example", atA, 0},
		{"", "/help/EN/articles/0" + a + slug, atA, 0},
		{"", "/help/pt_br/articles/" + a + "-ola", s.url + "/help/pt-BR/articles/" + a + "-ola", 0},
		{"", "/help/en/collections/" + group + "-x", atGroup, 0},
		{"", "/help/en/articles/" + untitled + "-x", s.url + "/help/en/articles/" + untitled, 0},
		{"", "/own/en/collections/" + inOwn, docs + inOwn + "-inside", 0},
		{"docs.example.com", "/en/collections/" + inOwn, docs + inOwn + "-inside", 0},
		{"DOCS.example.com:8443", "/en/collections/" + inOwn + "-x", docs + inOwn + "-inside", 0},
		{"", "/help/en/collections/" + inOwn, docs + inOwn + "-inside", 0}, // it has moved
		// A page stands there.
		{"", "/help/en/articles/" + a + slug, "", 501},
		{"", "/help/en/articles/" + a + slug + "/?x=1", "", 501},
		{"", "/help/en/articles/" + untitled, "", 501},
		{"docs.example.com", "/en/collections/" + inOwn + "-inside", "", 501},
		// A redirect.
		{"", "/help/old%20page", atA, 0},
		{"", "/help/old%20page/", atA, 0},
		{"", "/help/old/?id=7", s.url + "/help/pt-BR/articles/" + a + "-ola", 0},
		{"", "/help/en/o%6cd", atGroup, 0},
		{"", "/help/fr/articles/1", atGroup, 0},
		{"", "/help/fr/articles/1-other-words", atGroup, 0},
		{"", "/help/en/articles/" + draft + "-secret", atGroup, 0},
		{"docs.example.com", "/old", docs + inOwn + "-inside", 0},
		{"", "/own/old", docs + inOwn + "-inside", 0},
		// Nothing, or nothing that everyone may see.
		{"", "/help/old", "", 404},
		{"", "/help/old?id=8", "", 404},
		{"", "/help/to-draft", "", 404},
		{"", "/help/to-few", "", 404},
		{"", "/help/to-german", "", 404},
		{"", "/help/en/articles/" + few, "", 501},
		{"", "/help/de/articles/" + a, "", 501},
		{"", "/help/fr/articles/" + a, "", 501},
		{"", "/help/en/collections/" + a, "", 501},
		{"", "/help/en/articles/" + group, "", 501},
		{"", "/help/en/articles/" + theirs, "", 501},
		{"", "/other/en/articles/" + a, "", 501},
		{"", "/help/en/collections/" + inOff, "", 501},
		{"", "/off/en/collections/" + inOff, "", 501},
		{"", "/off/en/articles/" + a, "", 501},
		{"", "/off/old", "", 404},
		{"", "/nowhere/en/articles/" + a, "", 501},
		{"docs.example.com", "/help/old%20page", "", 404},
		{"evil.example", "/en/collections/" + inOwn, "", 404},
		{"", "/help/en/articles/99999999999999999999", "", 501},
		{"", "/help/en/articles/-" + a, "", 501},
		{"", "/help/en/articles/+" + a, "", 501},
		{"", "/help/en/articles/" + a + "-x/more", "", 501},
		{"", "/help/en/%00", "", 501},
		{"", "/help/en/%ff", "", 501},
		{"", "/%00/en/x", "", 501},
		{"", "/%2e%2e%2fhelp/old%20page", "", 404},
		{"", "/help%2Fold%20page", "", 404},
	} {
		for _, method := range []string{"GET", "HEAD"} {
			status, to := s.visit(method, c.host, c.at)
			if to != c.to || to == "" && status != c.status {
				t.Errorf("%s %s%s: %d %q, want %d %q", method, c.host, c.at, status, to, c.status, c.to)
			}
		}
	}
	if status, to := s.visit("POST", "", "/help/en/articles/"+a); to != "" || status != 501 {
		t.Errorf("POST: %d %s", status, to)
	}
}

// theirAdmin is the first teammate of another workspace.
func (s *server) theirAdmin(o *server) lectern.AdminID {
	s.t.Helper()
	admins, err := s.store.Admins(s.t.Context(), o.by.Workspace)
	if err != nil {
		s.t.Fatal(err)
	}
	return admins[0].ID
}

func TestAnAddressFollowsItsPage(t *testing.T) {
	s := start(t, rest.Options{})
	a := s.article(object{"title": "One", "state": "published"})
	one, two := "/help/en/articles/"+a+"-one", "/help/en/articles/"+a+"-two"
	for _, step := range []struct {
		edit     object
		one, two string
	}{
		{object{}, "", s.url + one},
		{object{"title": "Two"}, s.url + two, ""},
		{object{"title": "One"}, "", s.url + one},
		{object{"state": "draft"}, "", ""},
	} {
		s.ok("PUT", "/articles/"+a, step.edit)
		_, atOne := s.visit("GET", "", one)
		_, atTwo := s.visit("GET", "", two)
		if atOne != step.one || atTwo != step.two {
			t.Errorf("after %v: %q and %q, want %q and %q", step.edit, atOne, atTwo, step.one, step.two)
		}
	}
}

func TestALanguageThatIsSwitchedOffHasNoAddresses(t *testing.T) {
	s := start(t, rest.Options{})
	_, _, home := s.redirects()
	a := s.article(object{"title": "One", "state": "published", "translated_content": object{
		"fr": object{"title": "Un", "state": "published", "author_id": s.by.Admin}}})
	at := "/help/fr/articles/" + a
	if _, to := s.visit("GET", "", at); to != s.url+at+"-un" {
		t.Errorf("led to %q", to)
	}
	_, err := s.store.UpdateHelpCenter(t.Context(), s.by, number[lectern.HelpCenterID](home), func(h *lectern.HelpCenter) error {
		h.Locales = []lectern.Locale{"en"}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if status, to := s.visit("GET", "", at); to != "" || status != 501 {
		t.Errorf("switched off: %d %q", status, to)
	}
}

func TestNoOneTakesOverTheServersOwnAddresses(t *testing.T) {
	s := start(t, rest.Options{BaseURL: "https://help.example.com"})
	a := s.article(object{"title": "One", "state": "published"})
	claims := s.helpCenter("claims", "help.example.com", false)
	c := s.ok("POST", "/help_center/collections", object{"name": "In", "help_center_id": claims.ID}).body["id"].(string)
	s.redirect(claims.ID, "/help/en/old", "en", lectern.Target{Collection: number[lectern.CollectionID](c)})
	if _, to := s.visit("GET", "help.example.com", "/help/en/old"); to != "" {
		t.Errorf("led to %s", to)
	}
	_, to := s.visit("GET", "help.example.com", "/help/en/articles/"+a)
	if want := "https://help.example.com/help/en/articles/" + a + "-one"; to != want {
		t.Errorf("led to %q, want %s", to, want)
	}
	if _, to := s.visit("GET", "evil.example", "/help/en/articles/"+a); !strings.HasPrefix(to, "https://help.example.com/") {
		t.Errorf("led to %q", to)
	}
}
