package visitor

import (
	"net/http"
	"testing"
)

func TestAPageThatIsFetchedAheadIsNotLookedAt(t *testing.T) {
	for _, x := range []struct {
		name, value string
		want        bool
	}{
		{"Sec-Purpose", "prefetch", true},
		{"Sec-Purpose", "prefetch;prerender", true},
		{"Sec-Purpose", "prefetch; anonymous-client-ip", true},
		{"Purpose", "prefetch", true},
		{"Purpose", "Prefetch", true},
		{"X-Purpose", "preview", true},
		{"X-Moz", "prefetch", true},
		{"Purpose", "", false},
		{"Purpose", "prefetching", false},
		{"X-Other", "prefetch", false},
	} {
		h := http.Header{}
		h.Set(x.name, x.value)
		if got := Ahead(h); got != x.want {
			t.Errorf("%s: %s is ahead %v", x.name, x.value, got)
		}
	}
}
