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
		if got := Gzip(r); got != x.want {
			t.Errorf("%q: %v, want %v", x.sent, got, x.want)
		}
	}
}
