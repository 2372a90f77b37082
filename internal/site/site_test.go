package site_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"lectern"
	"lectern/internal/app"
	"lectern/internal/store"
)

// host is where the site under test is asked for.
const host = "help.test"

// A desk is a site over a real store, and whoever writes what is on it.
type desk struct {
	testing.TB
	app   *app.App
	store lectern.Store
	by    lectern.Actor
	home  *lectern.HelpCenter // "help", in English
	now   time.Time
}

// open returns an empty help center.
func open(t testing.TB, c app.Config) *desk {
	t.Helper()
	d := &desk{TB: t, now: time.Date(2026, 11, 12, 10, 0, 0, 0, time.UTC)}
	c.Database, c.Logger, c.Now = app.Place(t.TempDir()), slog.New(slog.DiscardHandler), d.clock
	var err error
	d.app, err = app.Open(t.Context(), c)
	d.must(err)
	t.Cleanup(func() { d.app.Close() })
	db := d.app.Store
	ws, _, err := db.Setup(t.Context(), lectern.Setup{
		WorkspaceName: "Test", Admin: lectern.Admin{Name: "Ada Lovelace", Email: "ada@example.com"},
		Locale: "en", Identifier: "help", HelpCenter: "Larkpost", TokenName: "test", Token: lectern.HashToken("secret"),
	})
	d.must(err)
	admins, err := db.Admins(t.Context(), ws.ID)
	d.must(err)
	d.store, d.by = db, lectern.ByCommand(ws.ID, admins[0].ID)
	centers, err := db.HelpCenters(t.Context(), ws.ID)
	d.must(err)
	d.home = centers[0]
	return d
}

func (d *desk) clock() time.Time { return d.now }

// on is a server like the desk's whose doors have another store.
func (d *desk) on(s lectern.Store) http.Handler {
	d.Helper()
	a, err := app.New(d.app.Store, app.Config{
		Logger: slog.New(slog.DiscardHandler), Now: d.clock, Wrap: func(*store.DB) lectern.Store { return s }})
	d.must(err)
	return a
}

func (d *desk) must(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

// speak switches on languages besides English.
func (d *desk) speak(locales ...lectern.Locale) {
	d.Helper()
	d.change(func(h *lectern.HelpCenter) { h.Locales = append([]lectern.Locale{"en"}, locales...) })
}

func (d *desk) change(change func(*lectern.HelpCenter)) {
	d.Helper()
	h, err := d.store.UpdateHelpCenter(d.Context(), d.by, d.home.ID, func(h *lectern.HelpCenter) error { change(h); return nil })
	d.must(err)
	d.home = h
}

// helpCenter adds a help center; its site is on unless off.
func (d *desk) helpCenter(identifier, domain string, off bool) *lectern.HelpCenter {
	d.Helper()
	h, err := d.store.AddHelpCenter(d.Context(), d.by, lectern.HelpCenter{
		Identifier: identifier, DisplayName: identifier, CustomDomain: domain, DefaultLocale: "en", WebsiteTurnedOn: !off})
	d.must(err)
	return h
}

// reach sends a request over a domain by https, as the first reader there does.
func (d *desk) reach(domain string) {
	d.Helper()
	if w := d.ask("GET", "/robots.txt", "", append([]string{"Host", domain}, byHTTPS...)...); w.Code != http.StatusOK {
		d.Fatalf("over %s: %d", domain, w.Code)
	}
}

// byHTTPS are the headers of a request that came to a proxy by https.
var byHTTPS = []string{"From", "127.0.0.1:4711", "X-Forwarded-Proto", "https", "X-Forwarded-For", "192.0.2.7"}

// topic adds a collection.
func (d *desk) topic(name string, parent lectern.CollectionID, change func(*lectern.CollectionEdit)) lectern.CollectionID {
	d.Helper()
	e := &lectern.CollectionEdit{CollectionTextEdit: lectern.CollectionTextEdit{Name: &name, Description: new("All about " + name)}}
	if parent != 0 {
		e.Parent = &parent
	}
	if change != nil {
		change(e)
	}
	c, err := d.store.AddCollection(d.Context(), d.by, e)
	d.must(err)
	return c.ID
}

// An edit changes what an article is made of.
type edit func(*lectern.ArticleEdit)

// article adds a published article with a body of its title.
func (d *desk) article(title string, in lectern.CollectionID, edits ...edit) lectern.ArticleID {
	d.Helper()
	e := &lectern.ArticleEdit{ArticleTextEdit: lectern.ArticleTextEdit{
		Title: &title, Description: new("What " + title + " is about."), Body: new("<p>The text of " + html.EscapeString(title) + ".</p>"),
		State: new(lectern.Published), Author: &d.by.Admin,
	}}
	if in != 0 {
		e.Parents = &[]lectern.CollectionID{in}
	}
	for _, f := range edits {
		f(e)
	}
	a, err := d.store.AddArticle(d.Context(), d.by, e)
	d.must(err)
	return a.ID
}

func draft(e *lectern.ArticleEdit) { e.State = new(lectern.Draft) }

func body(html string) edit { return func(e *lectern.ArticleEdit) { e.Body = &html } }

// in gives an article a text in another language.
func (d *desk) in(l lectern.Locale, title string, s lectern.State) edit {
	return func(e *lectern.ArticleEdit) {
		if e.Texts == nil {
			e.Texts = map[lectern.Locale]lectern.ArticleTextEdit{}
		}
		e.Texts[l] = lectern.ArticleTextEdit{Title: &title, Body: new("<p>" + html.EscapeString(title) + "</p>"), State: &s, Author: &d.by.Admin}
	}
}

func (d *desk) edit(id lectern.ArticleID, e lectern.ArticleTextEdit) {
	d.Helper()
	_, err := d.store.UpdateArticle(d.Context(), d.by, id, &lectern.ArticleEdit{ArticleTextEdit: e}, nil)
	d.must(err)
}

// ask sends a request; headers are names and values in turn, among them Host.
func (d *desk) ask(method, at, form string, headers ...string) *httptest.ResponseRecorder {
	d.Helper()
	r, err := http.NewRequest(method, "http://"+host+at, strings.NewReader(form))
	d.must(err)
	r.RemoteAddr = "192.0.2.7:4711"
	if form != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i < len(headers); i += 2 {
		switch headers[i] {
		case "Host":
			r.Host = headers[i+1]
		case "From": // the address of the peer
			r.RemoteAddr = headers[i+1]
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	d.app.ServeHTTP(w, r)
	return w
}

// A shown page is what a reader gets at an address.
type shown struct {
	testing.TB
	*httptest.ResponseRecorder
	doc *html.Node
}

// read gets a page, which must have the status.
func (d *desk) read(status int, at string, headers ...string) *shown {
	d.Helper()
	w := d.ask("GET", at, "", headers...)
	if w.Code != status {
		d.Fatalf("GET %s: %d %s, want %d", at, w.Code, w.Header().Get("Location"), status)
	}
	doc, err := html.Parse(strings.NewReader(w.Body.String()))
	d.must(err)
	return &shown{d, w, doc}
}

// all returns the elements that a plain selector finds: tag, .class, #id or
// [attribute], combined within one element, and descent by spaces.
func (p *shown) all(selector string) []*html.Node {
	found := []*html.Node{p.doc}
	for part := range strings.FieldsSeq(selector) {
		var next []*html.Node
		for _, top := range found {
			for n := range top.Descendants() {
				if n.Type == html.ElementNode && fits(n, part) {
					next = append(next, n)
				}
			}
		}
		found = next
	}
	return found
}

func fits(n *html.Node, part string) bool {
	for part != "" {
		end := 1 + strings.IndexAny(part[1:], ".#[")
		if end == 0 {
			end = len(part)
		}
		one := part[:end]
		part = part[end:]
		ok := false
		switch one[0] {
		case '.':
			for c := range strings.FieldsSeq(attribute(n, "class")) {
				ok = ok || c == one[1:]
			}
		case '#':
			ok = attribute(n, "id") == one[1:]
		case '[':
			name, value, valued := strings.Cut(strings.Trim(one, "[]"), "=")
			for _, a := range n.Attr {
				ok = ok || a.Key == name && (!valued || a.Val == value)
			}
		default:
			ok = n.Data == one
		}
		if !ok {
			return false
		}
	}
	return true
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// text is the text of the first element that selector finds.
func (p *shown) text(selector string) string {
	p.Helper()
	list := p.all(selector)
	if len(list) == 0 {
		p.Errorf("there is no %s", selector)
		return ""
	}
	return textOf(list[0])
}

// texts are those of all elements that selector finds.
func (p *shown) texts(selector string) []string {
	var list []string
	for _, n := range p.all(selector) {
		list = append(list, textOf(n))
	}
	return list
}

// values are those of an attribute of all elements that selector finds.
func (p *shown) values(selector, name string) []string {
	var list []string
	for _, n := range p.all(selector) {
		list = append(list, attribute(n, name))
	}
	return list
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func number[T ~int64](id T) string { return strconv.FormatInt(int64(id), 10) }
