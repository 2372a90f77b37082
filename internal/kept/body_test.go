package kept

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

func TestABodyIsSentInTheFormThatTheClientUnderstands(t *testing.T) {
	long := strings.Repeat("a page that is worth compressing ", 100)
	noise := ""
	for sum := sha256.Sum256(nil); len(noise) < 5000; sum = sha256.Sum256(sum[:]) {
		noise += string(sum[:])
	}
	for _, x := range []struct {
		says, text, accepts string
		effort              Effort
		coding, mark        string // of the tag
	}{
		{"a long text is compressed", long, "gzip, br", Fast, "gzip", "W/"},
		{"it is not for a client that does not understand", long, "br", Fast, "", ""},
		{"nor for one that refuses it", long, "gzip;q=0, br", Fast, "", ""},
		{"a short text stays", "short", "gzip", Fast, "", ""},
		{"what is compressed already stays", long, "gzip, br", Raw, "", ""},
		{"what is sent often is sent as brotli", long, "gzip, deflate, br, zstd", Small, "br", "W/"},
		{"and as gzip to a client that does not know that", long, "gzip", Small, "gzip", "W/"},
		{"or refuses it", long, "gzip, br;q=0", Small, "gzip", "W/"},
		{"or likes it less", long, "gzip, br;q=0.9", Small, "gzip", "W/"},
		{"nothing is compressed that does not get shorter", noise, "gzip, br", Small, "", ""},
	} {
		t.Run(x.says, func(t *testing.T) {
			b := NewBody([]byte(x.text), x.effort)
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.Header.Set("Accept-Encoding", x.accepts)
			w := httptest.NewRecorder()
			if b.Had(w, r) {
				t.Error("the client has what it was never sent")
			}
			b.Send(w, r, http.StatusOK)
			if got := decoded(t, w); got != x.text || w.Header().Get("Content-Length") != strconv.Itoa(len(w.Body.Bytes())) {
				t.Errorf("%d bytes came back of %d", len(got), len(x.text))
			}
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

// decoded is the body of an answer as a client reads it.
func decoded(t *testing.T, w *httptest.ResponseRecorder) string {
	var r io.Reader = bytes.NewReader(w.Body.Bytes())
	switch w.Header().Get("Content-Encoding") {
	case "gzip":
		z, err := gzip.NewReader(r)
		if err != nil {
			t.Fatal(err)
		}
		r = z
	case "br":
		r = brotli.NewReader(r)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Error(err)
	}
	return string(text)
}
