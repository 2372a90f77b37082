package app_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"lectern"
	"lectern/internal/app"
	"lectern/internal/testpg"
)

func get(h http.Handler, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Authorization", "Bearer token")
	h.ServeHTTP(w, r)
	return w
}

// An installation answers for the API, for readers and for operators as soon as
// it is open, on either database, and is ready once its search is.
func TestAnInstallationIsWhole(t *testing.T) {
	for name, place := range map[string]func(testing.TB) string{
		"SQLite": func(t testing.TB) string { return t.TempDir() }, "PostgreSQL": testpg.DSN,
	} {
		t.Run(name, func(t *testing.T) {
			a, err := app.Open(t.Context(), app.Config{Database: app.Place(place(t)), Logger: slog.New(slog.DiscardHandler)})
			if err != nil {
				t.Fatal(err)
			}
			_, _, err = a.Store.Setup(t.Context(), lectern.Setup{
				Locale: "en", Identifier: "help", HelpCenter: "Help", Admin: lectern.Admin{Name: "Ada"}, Token: lectern.HashToken("token"),
			})
			if err != nil {
				t.Fatal(err)
			}
			for path, status := range map[string]int{"/articles": 200, "/help/en": 200, "/reference": 302, "/healthz": 200, "/readyz": 503} {
				if w := get(a, path); w.Code != status {
					t.Errorf("%s: %d, want %d", path, w.Code, status)
				}
			}
			stop := a.Start(t.Context())
			if err := a.Warm(t.Context()); err != nil {
				t.Fatal(err)
			}
			if w := get(a, "/readyz"); w.Code != http.StatusOK {
				t.Errorf("once its search is in memory: %d %s", w.Code, w.Body)
			}
			stop()
			if err := a.Close(); err != nil {
				t.Error(err)
			}
			if w := get(a, "/readyz"); w.Code != http.StatusServiceUnavailable {
				t.Errorf("closed: %d %s", w.Code, w.Body)
			}
		})
	}
}

func TestAnInstallationRefusesAVersionThatIsNotServed(t *testing.T) {
	if _, err := app.Open(t.Context(), app.Config{Database: app.Place(t.TempDir()), APIVersion: "9.9"}); err == nil {
		t.Error("it is open")
	}
}
