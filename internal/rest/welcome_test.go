package rest_test

import (
	"net/http"
	"strings"
	"testing"

	"lectern/internal/app"
)

func TestTheRootLeadsReadersToTheHelpCenter(t *testing.T) {
	s := start(t, app.Config{})
	for _, x := range []struct {
		says, accept string
		status       int
		location     string
		body         string
	}{
		{"a browser goes on", "text/html,*/*;q=0.8", http.StatusFound, "/help", "The help center is at http://"},
		{"a program is told", "*/*", http.StatusOK, "", "Help center http://"},
	} {
		t.Run(x.says, func(t *testing.T) {
			a := s.do(http.MethodGet, "/", nil, "Accept", x.accept)
			location := strings.TrimPrefix(a.header.Get("Location"), s.url)
			if a.status != x.status || location != x.location || !strings.Contains(string(a.raw), x.body) {
				t.Errorf("%d to %q: %s", a.status, location, a.raw)
			}
		})
	}
}
