package accept

import (
	"net/http"
	"testing"
)

func TestGzipIsSentToWhoTakesIt(t *testing.T) {
	for _, x := range []struct {
		sent []string
		want bool
	}{
		{nil, false},
		{[]string{""}, false},
		{[]string{"gzip"}, true},
		{[]string{"GZip"}, true},
		{[]string{"x-gzip"}, true},
		{[]string{"gzip, deflate, br, zstd"}, true},
		{[]string{"br", "gzip"}, true},
		{[]string{"br;q=1.0, gzip;q=0.8, *;q=0.1"}, true},
		{[]string{"gzip;q=0"}, false},
		{[]string{"gzip; q=0.000"}, false},
		{[]string{"gzip;Q=0"}, false},
		{[]string{"br, gzip ; q = 0"}, false},
		{[]string{"gzip;q=0, *"}, false},
		{[]string{"*, gzip;q=0"}, false},
		{[]string{"*"}, true},
		{[]string{"*;q=0"}, false},
		{[]string{"identity;q=1, *;q=0"}, false},
		{[]string{"gzip;q=0.001"}, true},
		{[]string{"gzip;q=x"}, false},
		{[]string{"gzip;q=-1"}, false},
		{[]string{"gzip;q=NaN"}, false},
		{[]string{"br"}, false},
		{[]string{"notgzip"}, false},
		{[]string{"gzip-like, deflate"}, false},
	} {
		r := &http.Request{Header: http.Header{}}
		if x.sent != nil {
			r.Header["Accept-Encoding"] = x.sent
		}
		if got := Best(r, Gzip) == Gzip; got != x.want {
			t.Errorf("%q: %v, want %v", x.sent, got, x.want)
		}
	}
}

func TestTheBestFormIsChosen(t *testing.T) {
	for _, x := range []struct {
		sent string
		want Coding
	}{
		{"", Plain}, {"gzip", Gzip}, {"br", Brotli}, {"BR", Brotli}, {"zstd", Plain}, {"brotli", Plain},
		{"gzip, deflate, br, zstd", Brotli}, {"br, gzip", Brotli}, {"gzip, br", Brotli},
		{"gzip, br;q=0", Gzip}, {"gzip;q=0, br", Brotli}, {"gzip;q=0, br;q=0.0", Plain}, {"br;q=0, *", Gzip}, {"*", Brotli}, {"*;q=0", Plain},
		{"gzip;q=1.0, br;q=0.5", Gzip}, {"gzip;q=0.5, br;q=0.5", Brotli}, {"gzip;q=0.3, *;q=0.4", Brotli}, {"br;q=0.001", Brotli},
		{"identity, gzip;q=0.5, br;q=0.5", Plain}, {"identity;q=0.5, gzip", Gzip}, {"identity;q=0, br;q=0.1", Brotli}, {"identity;q=0.5, br;q=0.5", Brotli},
		{"br;q=nonsense, gzip", Gzip}, {"br; level=4; q=0, gzip;q=0.2", Gzip}, {",,br,,", Brotli},
	} {
		r := &http.Request{Header: http.Header{}}
		if x.sent != "" {
			r.Header["Accept-Encoding"] = []string{x.sent}
		}
		if got := Best(r, Brotli, Gzip); got != x.want {
			t.Errorf("%q: %q, want %q", x.sent, got, x.want)
		}
	}
	r := &http.Request{Header: http.Header{"Accept-Encoding": {"gzip;q=0.5", "br;q=0.7"}}}
	if got := Best(r, Brotli, Gzip); got != Brotli {
		t.Errorf("of two lines: %q", got)
	}
}
