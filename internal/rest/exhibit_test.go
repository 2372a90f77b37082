package rest_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"lectern"
	"lectern/internal/app"
)

// An exhibit is a help center with one article that everyone may see, and a
// server for it.
type exhibit struct {
	testing.TB
	store          lectern.Store
	url            string
	by             lectern.Actor
	home           lectern.HelpCenterID
	topic, inner   lectern.CollectionID
	shown          lectern.ArticleID
	staff          lectern.AudienceID
	second, closed lectern.CollectionID // in help centers of these names
	now            time.Time
}

func (x *exhibit) must(err error) {
	x.Helper()
	if err != nil {
		x.Fatal(err)
	}
}

func newExhibit(t *testing.T) *exhibit {
	x := &exhibit{TB: t, now: time.Date(2026, 11, 12, 10, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return x.now }
	h := open(t, app.Config{Now: clock})
	db := h.Store
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	x.store, x.url = db, server.URL
	ws, _, err := db.Setup(t.Context(), lectern.Setup{
		WorkspaceName: "Test", Admin: lectern.Admin{Name: "Ada", Email: "ada@example.com"},
		Locale: "en", Identifier: "help", HelpCenter: "Help", TokenName: "test", Token: lectern.HashToken("secret"),
	})
	x.must(err)
	x.by = x.admin(ws.ID)
	x.home = x.centers(ws.ID)[0].ID
	_, err = db.UpdateHelpCenter(t.Context(), x.by, x.home, func(h *lectern.HelpCenter) error {
		h.Locales, h.LocalesFixed = []lectern.Locale{"en", "de", "fr"}, true
		return nil
	})
	x.must(err)
	x.topic = x.collection("Topic", 0, 0)
	x.inner = x.collection("Inner", x.topic, 0)
	x.second = x.collection("Second", 0, x.center("second", true))
	x.closed = x.collection("Closed", 0, x.center("closed", false))
	staff, err := db.AddAudience(t.Context(), x.by, &lectern.AudienceEdit{Name: new("Staff")})
	x.must(err)
	x.staff = staff.ID
	x.shown = x.article("parcel shown", func(e *lectern.ArticleEdit) {
		e.Texts = map[lectern.Locale]lectern.ArticleTextEdit{"de": x.text("parcel gezeigt", lectern.Published)}
	})
	return x
}

func (x *exhibit) admin(ws lectern.WorkspaceID) lectern.Actor {
	x.Helper()
	admins, err := x.store.Admins(x.Context(), ws)
	x.must(err)
	return lectern.ByCommand(ws, admins[0].ID)
}

func (x *exhibit) centers(ws lectern.WorkspaceID) []*lectern.HelpCenter {
	x.Helper()
	centers, err := x.store.HelpCenters(x.Context(), ws)
	x.must(err)
	return centers
}

func (x *exhibit) center(identifier string, on bool) lectern.HelpCenterID {
	x.Helper()
	h, err := x.store.AddHelpCenter(x.Context(), x.by, lectern.HelpCenter{
		Identifier: identifier, DisplayName: identifier, DefaultLocale: "en", WebsiteTurnedOn: on})
	x.must(err)
	return h.ID
}

func (x *exhibit) collection(name string, parent lectern.CollectionID, h lectern.HelpCenterID) lectern.CollectionID {
	x.Helper()
	c, err := x.store.AddCollection(x.Context(), x.by, &lectern.CollectionEdit{
		CollectionTextEdit: lectern.CollectionTextEdit{Name: &name}, Parent: &parent, HelpCenter: &h})
	x.must(err)
	return c.ID
}

// text is a text that has words in all of its fields.
func (x *exhibit) text(words string, s lectern.State) lectern.ArticleTextEdit {
	return lectern.ArticleTextEdit{
		Title: new("About " + words), Description: new("Describes " + words), State: &s, Author: new(x.by.Admin),
		Body: new("<h2>Heading of " + words + "</h2><p>Body of " + words + "</p>"),
	}
}

// article adds an article to the topic and the collection inside it, published
// and for everyone unless change says otherwise.
func (x *exhibit) article(words string, change func(*lectern.ArticleEdit)) lectern.ArticleID {
	x.Helper()
	e := &lectern.ArticleEdit{ArticleTextEdit: x.text(words, lectern.Published), Parents: &[]lectern.CollectionID{x.topic, x.inner}}
	if change != nil {
		change(e)
	}
	a, err := x.store.AddArticle(x.Context(), x.by, e)
	x.must(err)
	return a.ID
}

// settle does what is done beside requests.
func (x *exhibit) settle() {
	x.Helper()
	x.must(x.store.FlushViews(x.Context()))
	x.must(x.store.WarmSearch(x.Context()))
}

// ask asks for a page, and returns its status and everything that came back:
// headers as well, but for those that tell requests apart.
func (x *exhibit) ask(method, path string, from http.Header, id lectern.ArticleID) (int, string) {
	x.Helper()
	for name, id := range map[string]int64{
		"{topic}": int64(x.topic), "{inner}": int64(x.inner), "{shown}": int64(x.shown), "{id}": int64(id),
	} {
		path = strings.ReplaceAll(path, name, fmt.Sprint(id))
	}
	body := io.Reader(nil)
	if method == http.MethodPost {
		body = strings.NewReader(url.Values{"reaction": {"happy"}}.Encode())
	}
	r, err := http.NewRequestWithContext(x.Context(), method, x.url+path, body)
	x.must(err)
	r.Header = from.Clone()
	if body != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := http.DefaultClient.Do(r)
	x.must(err)
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	x.must(err)
	// A feed or page may name when it was made; the clock of the test stands
	// still, that of net/http does not.
	for _, name := range []string{"Date", "X-Request-Id"} {
		res.Header.Del(name)
	}
	text := string(data)
	if strings.HasPrefix(res.Header.Get("Content-Type"), "application/json") {
		text = "" // an error.list names its request
	}
	return res.StatusCode, fmt.Sprint(res.StatusCode, res.Header, text)
}
