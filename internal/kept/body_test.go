package kept

import (
	"compress/gzip"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestABodyIsSentInTheFormThatTheClientUnderstands(t *testing.T) {
	long := strings.Repeat("a page that is worth compressing ", 100)
	for _, x := range []struct {
		says, text, accepts string
		level               int
		coding, mark        string // of the tag
	}{
		{"a long text is compressed", long, "gzip, br", gzip.BestSpeed, "gzip", "W/"},
		{"it is not for a client that does not understand", long, "br", gzip.BestSpeed, "", ""},
		{"nor for one that refuses it", long, "gzip;q=0, br", gzip.BestSpeed, "", ""},
		{"a short text stays", "short", "gzip", gzip.BestSpeed, "", ""},
		{"what is compressed already stays", long, "gzip", gzip.NoCompression, "", ""},
	} {
		t.Run(x.says, func(t *testing.T) {
			b := NewBody([]byte(x.text), x.level)
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.Header.Set("Accept-Encoding", x.accepts)
			w := httptest.NewRecorder()
			if b.Had(w, r) {
				t.Error("the client has what it was never sent")
			}
			b.Send(w, r, http.StatusOK)
			if got := w.Header().Get("Content-Encoding"); got != x.coding {
				t.Errorf("coding %q, want %q", got, x.coding)
			}
			tag := w.Header().Get("Etag")
			if tag != x.mark+b.Tag {
				t.Errorf("tag %s, want %s%s", tag, x.mark, b.Tag)
			}
			again := httptest.NewRequest(http.MethodGet, "/", nil)
			again.Header.Set("If-None-Match", `"other", `+tag)
			if !b.Had(httptest.NewRecorder(), again) {
				t.Error("the tag that was sent is not known")
			}
			again.Method = http.MethodPost
			if b.Had(httptest.NewRecorder(), again) {
				t.Error("an answer to a POST is taken for one that the client has")
			}
		})
	}
}
