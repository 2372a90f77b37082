package hall

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"
)

// asked is a request for a host, as a door gets it.
func asked(host string, secure bool) *http.Request {
	x := &Exchange{Secure: secure}
	x.deadline = deadline{parent: context.Background(), exchange: x}
	return (&http.Request{Host: host, Header: http.Header{}}).WithContext(&x.deadline)
}

func TestAddressesStartWhereTheServerWasAsked(t *testing.T) {
	o := NewOrigins("", nil)
	for host, want := range map[string]string{
		"kb.example.org": "http://kb.example.org", "KB.Example.Org:8080": "http://kb.example.org:8080", "[::1]:80": "http://[::1]:80",
		"": "http://localhost", "a/b": "http://localhost", "a@b": "http://localhost", "a b": "http://localhost", "größe.example": "http://localhost",
	} {
		if scheme, got := o.Of(asked(host, false)); scheme+"://"+got != want {
			t.Errorf("%q: %s://%s, want %s", host, scheme, got, want)
		}
	}
	r := asked("kb.example.org", true)
	if scheme, _ := o.Of(r); scheme != "https" {
		t.Errorf("to a client that speaks https it is %s", scheme)
	}
	if scheme, host := NewOrigins("https://help.example.com/", nil).Of(r); scheme+host != "httpshelp.example.com" {
		t.Errorf("with a base URL it is %s://%s", scheme, host)
	}
}

func TestHostsAreBoundedInNumber(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	o := NewOrigins("", func() time.Time { return now })
	ours := func() string { _, host := o.Of(asked("ours.example", false)); return host }
	ours()
	seen := map[string]bool{}
	for i := range 10_000 {
		_, host := o.Of(asked(fmt.Sprintf("host-%d.example", i), false))
		seen[host] = true
	}
	if len(seen) != maxHosts || !seen[noHost] || len(o.hosts) != maxHosts { // ours is one of them
		t.Errorf("%d hosts were repeated, %d are kept", len(seen), len(o.hosts))
	}
	if got := ours(); got != "ours.example" {
		t.Errorf("the host that was there before is %s now", got)
	}
	now = now.Add(hostTime)
	if _, host := o.Of(asked("new.example", false)); host != "new.example" || len(o.hosts) != maxHosts {
		t.Errorf("a minute later a new one is %s, of %d", host, len(o.hosts))
	}
}
