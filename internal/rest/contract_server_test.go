package rest_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"lectern"
	"lectern/internal/rest"
	"lectern/internal/store"
	"lectern/internal/store/sqlite"
)

// baseURL is what addresses in answers start with.
const baseURL = "https://help.example.com"

// The access tokens of a fixture.
const (
	ownerToken  = "owner"
	tagsToken   = "may read tags alone"
	adminsToken = "may read admins alone"
)

// A fixture is a server on a database of its own, and what is in it.
type fixture struct {
	server  *httptest.Server
	limited *httptest.Server // the same, but it lets one request through in ten seconds
	now     atomic.Int64     // Unix seconds, for limited
	names   *strings.Replacer
}

// newFixture starts a server and fills it with one of everything and a few
// more. Nothing of it is made through the API.
func newFixture(t *testing.T) *fixture {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "lectern.db"), store.Options{})
	must(t, err)
	t.Cleanup(func() { db.Close() })
	f := &fixture{}
	f.now.Store(1_800_000_000)
	quiet := slog.New(slog.DiscardHandler)
	f.server = serve(t, db, rest.Options{BaseURL: baseURL, Logger: quiet})
	f.limited = serve(t, db, rest.Options{BaseURL: baseURL, Logger: quiet, RateLimit: 6,
		Now: func() time.Time { return time.Unix(f.now.Load(), 0) }})
	f.names = strings.NewReplacer(fill(t, db)...)
	return f
}

// A filler puts things into a store and notes their IDs.
type filler struct {
	*testing.T
	lectern.Store
	by    lectern.Actor
	names []string // in pairs: "{article}", "1042"
}

// fill sets up a store and returns what stands for what in the cases.
func fill(t *testing.T, db lectern.Store) []string {
	t.Helper()
	ctx := t.Context()
	ws, _, err := db.Setup(ctx, lectern.Setup{
		WorkspaceName: "Acme", Admin: lectern.Admin{Name: "Ada", Email: "ada@example.com", EmailVerified: true, HasInboxSeat: true},
		Locale: "en", Identifier: "help", HelpCenter: "Help", TokenName: "first", Token: lectern.HashToken(ownerToken),
	})
	must(t, err)
	admins, err := db.Admins(ctx, ws.ID)
	must(t, err)
	centers, err := db.HelpCenters(ctx, ws.ID)
	must(t, err)
	f := &filler{t, db, lectern.Actor{Workspace: ws.ID, Admin: admins[0].ID, IP: "198.51.100.7"}, []string{"{workspace}", ws.Code}}
	f.name("admin", int64(f.by.Admin))
	f.name("help_center", int64(centers[0].ID))
	f.addTokens()
	f.addContent()
	f.addTags()
	f.addPeople()
	return f.names
}

func (f *filler) name(name string, id int64) {
	f.names = append(f.names, "{"+name+"}", strconv.FormatInt(id, 10))
}

func (f *filler) addTokens() {
	for secret, scope := range map[string]lectern.Scope{tagsToken: lectern.ReadTags, adminsToken: lectern.ReadAdmins} {
		_, err := f.AddToken(f.Context(), f.by, lectern.Token{Workspace: f.by.Workspace, Admin: f.by.Admin, Name: secret,
			Hash: lectern.HashToken(secret), Scopes: []lectern.Scope{scope}})
		must(f.T, err)
	}
}

// addPeople comes last, so that the change of an away mode is what happened
// last.
func (f *filler) addPeople() {
	other, err := f.AddAdmin(f.Context(), f.by, lectern.Admin{Name: "Bo", Email: "bo@example.com", JobTitle: "Writer", AvatarURL: "https://example.com/bo.png"})
	must(f.T, err)
	f.name("other_admin", int64(other.ID))
	team, err := f.AddTeam(f.Context(), f.by, lectern.Team{Name: "Writers", Members: []lectern.AdminID{other.ID}})
	must(f.T, err)
	f.name("team", int64(team.ID))
	for _, away := range []bool{true, false} {
		_, err := f.SetAway(f.Context(), f.by, other.ID, lectern.Away{Enabled: away})
		must(f.T, err)
	}
}

func (f *filler) addTags() {
	for _, tag := range []struct{ as, text string }{{"tag", "Billing"}, {"doomed_tag", "Doomed"}} {
		added, err := f.AddTag(f.Context(), f.by, tag.text)
		must(f.T, err)
		f.name(tag.as, int64(added.ID))
	}
}

// addContent fills the first help center in one language and adds another in
// two.
func (f *filler) addContent() {
	academy, err := f.AddHelpCenter(f.Context(), f.by, lectern.HelpCenter{
		Identifier: "academy", DisplayName: "Academy", WebsiteTurnedOn: true, DefaultLocale: "en", Locales: []lectern.Locale{"en"}})
	must(f.T, err)
	f.name("academy", int64(academy.ID))

	top := f.addCollection("collection", collectionNamed("Getting started"))
	inner := collectionNamed("Account")
	inner.Parent = &top
	f.addCollection("child", inner)
	f.addCollection("doomed_collection", collectionNamed("Doomed"))
	lessons := collectionNamed("Lessons")
	lessons.HelpCenter, lessons.Texts = &academy.ID, map[lectern.Locale]lectern.CollectionTextEdit{"fr": {Name: new("Leçons")}}
	translated := f.addCollection("translated_collection", lessons)

	f.addArticle("draft", articleText("Unfinished", "Nothing to see yet.", lectern.Draft))
	published := articleText("Change your password", "Choose a long password, then save it.", lectern.Published)
	published.Parents = &[]lectern.CollectionID{top}
	f.addArticle("article", published)
	twofold := articleText("Lost password", "Ask for a new one.", lectern.Published)
	twofold.Parents = &[]lectern.CollectionID{translated}
	twofold.Texts = map[lectern.Locale]lectern.ArticleTextEdit{"fr": {Title: new("Mot de passe, brouillon"), Body: new(`<p class="no-margin">À suivre.</p>`)}}
	f.addArticle("translated_article", twofold)
	f.addArticle("doomed_article", articleText("Doomed", "Not for long.", lectern.Draft))
}

func (f *filler) addCollection(as string, edit *lectern.CollectionEdit) lectern.CollectionID {
	c, err := f.AddCollection(f.Context(), f.by, edit)
	must(f.T, err)
	f.name(as, int64(c.ID))
	return c.ID
}

func (f *filler) addArticle(as string, edit *lectern.ArticleEdit) {
	edit.Author = &f.by.Admin
	a, err := f.AddArticle(f.Context(), f.by, edit)
	must(f.T, err)
	f.name(as, int64(a.ID))
}

func collectionNamed(name string) *lectern.CollectionEdit {
	return &lectern.CollectionEdit{CollectionTextEdit: lectern.CollectionTextEdit{Name: &name}}
}

func articleText(title, text string, state lectern.State) *lectern.ArticleEdit {
	body := `<p class="no-margin">` + text + `</p>`
	return &lectern.ArticleEdit{ArticleTextEdit: lectern.ArticleTextEdit{Title: &title, Body: &body, State: &state}}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func serve(t *testing.T, db lectern.Store, o rest.Options) *httptest.Server {
	t.Helper()
	handler, err := rest.New(db, o)
	must(t, err)
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server
}

// An exchange is a request that was sent and what came back.
type exchange struct {
	method, path string
	status       int
	header       http.Header
	raw          []byte
	body         any // raw as JSON, numbers as json.Number; nil if it is empty
}

// item returns the code and message of an error.
func (x *exchange) item() (code, message string) {
	return at(x.body, "errors.0.code"), at(x.body, "errors.0.message")
}

// send sends a request with the owner's token in one version of the API;
// header goes before both.
func send(t *testing.T, server *httptest.Server, version, method, path, body string, header map[string]string) *exchange {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, strings.NewReader(body))
	must(t, err)
	r.Header.Set("Authorization", "Bearer "+ownerToken)
	r.Header.Set("Accept", "application/json")
	r.Header.Set("Intercom-Version", version)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for key, value := range header {
		if r.Header.Set(key, value); value == "" {
			r.Header.Del(key)
		}
	}
	answer, err := server.Client().Do(r)
	must(t, err)
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	must(t, err)
	x := &exchange{method: method, path: path, status: answer.StatusCode, header: answer.Header, raw: raw}
	if len(raw) > 0 {
		d := json.NewDecoder(bytes.NewReader(raw))
		d.UseNumber()
		if err := d.Decode(&x.body); err != nil {
			t.Fatalf("%s %s answers %d with what is no JSON (%v):\n%s", method, path, x.status, err, raw)
		}
	}
	return x
}

// run sends a case in one version of the API.
func (f *fixture) run(t *testing.T, version, route string, c contractCase) *exchange {
	t.Helper()
	method, path, _ := strings.Cut(route, " ")
	path = f.names.Replace(cmp.Or(c.path, path))
	header := map[string]string{}
	if c.token != "" {
		header["Authorization"] = "Bearer " + c.token
	}
	for key, value := range c.header {
		header[key] = value
	}
	server := f.server
	if c.status == http.StatusTooManyRequests { // in a window that another request has used up
		server = f.limited
		f.now.Add(10)
		if x := send(t, server, version, "GET", "/me", "", nil); x.status != http.StatusOK {
			t.Fatalf("the first request in ten seconds is answered %d", x.status)
		}
	}
	return send(t, server, version, method, path, f.names.Replace(c.body), header)
}

// at returns a value inside JSON as text: path names the keys and numbers of
// items on the way; "#" is how many items a list has.
func at(v any, path string) string {
	for step := range strings.SplitSeq(path, ".") {
		switch now := v.(type) {
		case map[string]any:
			inner, ok := now[step]
			if !ok {
				return absent
			}
			v = inner
		case []any:
			i, err := strconv.Atoi(step)
			switch {
			case step == "#":
				return strconv.Itoa(len(now))
			case err != nil || i >= len(now):
				return absent
			}
			v = now[i]
		default:
			return absent
		}
	}
	switch v := v.(type) {
	case nil:
		return "<nil>"
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case json.Number:
		return v.String()
	}
	raw, _ := json.Marshal(v)
	return string(raw)
}
