package site_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"lectern"
	"lectern/internal/app"
)

// A failing store answers nothing, or panics over it, once told to.
type failing struct {
	lectern.Store
	fault func() error
}

func (f *failing) Page(ctx context.Context, v lectern.Visit, id lectern.ArticleID) (*lectern.Page, error) {
	return nil, f.fault()
}

func (f *failing) HelpCenterByIdentifier(ctx context.Context, identifier string) (lectern.WorkspaceID, *lectern.HelpCenter, error) {
	if identifier == "gone" {
		return 0, nil, f.fault()
	}
	return f.Store.HelpCenterByIdentifier(ctx, identifier)
}

// What goes wrong on our side is a page that says so and looks again by itself,
// whether it is known which help center was asked for or not. It tells nothing
// of what went wrong.
func TestAFaultIsAPageThatLooksAgain(t *testing.T) {
	l := openLibrary(t)
	for name, fault := range map[string]func() error{
		"an error": func() error { return errors.New("secret cause") },
		"a panic":  func() error { panic("secret cause") },
	} {
		broken := l.on(&failing{l.store, fault})
		for _, at := range []string{l.at("en", l.first, "print-a-label"), "/gone/en"} {
			w := httptest.NewRecorder()
			broken.ServeHTTP(w, httptest.NewRequest("GET", "http://"+host+at, nil))
			doc, err := html.Parse(strings.NewReader(w.Body.String()))
			l.must(err)
			p := &shown{t, w, doc}
			if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") != "30" || w.Header().Get("Refresh") != "30" {
				t.Errorf("%s at %s: %d %v", name, at, w.Code, w.Header())
			}
			if w.Header().Get("Cache-Control") != "no-store" || p.text("h1") == "" || len(p.all("header")) > 0 {
				t.Errorf("%s at %s: %v, headed %q", name, at, w.Header(), p.text("h1"))
			}
			if strings.Contains(w.Body.String(), "secret") {
				t.Errorf("%s at %s is told to readers", name, at)
			}
			p.selfContained(at)
		}
	}
}

// A store that is closed, as while the server stops, is such a fault.
func TestAClosedStoreIsAFault(t *testing.T) {
	d := open(t, app.Config{})
	d.must(d.app.Close())
	w := httptest.NewRecorder()
	d.app.ServeHTTP(w, httptest.NewRequest("GET", "http://"+host+"/help/en", nil))
	if w.Code != http.StatusServiceUnavailable {
		t.Errorf("%d", w.Code)
	}
}
