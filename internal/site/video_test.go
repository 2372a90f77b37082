package site_test

import (
	"net/http"
	"strings"
	"testing"

	"lectern"
	"lectern/internal/app"
)

// A video plays within the page where the owner allows its host. The page's
// policy names the hosts of the videos on it and no other.
func TestAVideoPlaysInPlaceWhereTheOwnerAllowsItsHost(t *testing.T) {
	l := openLibrary(t)
	frames := `<div class="intercom-h2b-video"><iframe src="https://player.vimeo.com/video/7"></iframe></div>` +
		`<div class="intercom-h2b-video"><iframe src="https://www.loom.com/embed/abc"></iframe></div>`
	at := l.at("en", l.article("Watch this", l.start, body(frames)), "watch-this")
	show := func(hosts ...string) *shown {
		t.Helper()
		_, _, err := l.store.UpdateSite(t.Context(), l.by, l.home.ID, nil, func(_ *lectern.HelpCenter, theme *lectern.Theme) error {
			theme.VideoHosts = hosts
			return nil
		})
		l.must(err)
		return l.read(http.StatusOK, at)
	}
	for _, c := range []struct {
		hosts []string
		play  string
		csp   string
	}{
		{nil, "", policy},
		{[]string{"vimeo.com"}, "https://player.vimeo.com/video/7", policy + "; frame-src https://player.vimeo.com"},
		{[]string{"vimeo.com", "loom.com", "youtube.com"}, "https://player.vimeo.com/video/7 https://www.loom.com/embed/abc",
			policy + "; frame-src https://player.vimeo.com https://www.loom.com"},
		{[]string{"youtube.com"}, "", policy},
	} {
		p := show(c.hosts...)
		var play []string
		for _, address := range p.values(".video a", "data-play") {
			if address != "" {
				play = append(play, address)
			}
		}
		if got := strings.Join(play, " "); got != c.play {
			t.Errorf("%q allowed: plays %q, want %q", c.hosts, got, c.play)
		}
		if got := p.Header().Get("Content-Security-Policy"); got != c.csp {
			t.Errorf("%q allowed: the policy is %q, want %q", c.hosts, got, c.csp)
		}
		if len(p.all("iframe")) > 0 || len(p.values(".video a", "href")) != 2 {
			t.Error("the page has frames, or no links instead")
		}
	}
	if got := l.read(http.StatusOK, l.at("en", l.first, "print-a-label")).Header().Get("Content-Security-Policy"); got != policy {
		t.Errorf("a page without videos has the policy %q", got)
	}
	for _, host := range []string{"evil.example", "player.vimeo.com", "vimeo.com; script-src *", ""} {
		theme := lectern.Theme{VideoHosts: []string{host}}
		if err := theme.Check(); err == nil {
			t.Errorf("a theme allows videos from %q", host)
		}
	}
}

// A frame from elsewhere opens within the page where the operator allows its
// host, and is a link to its page otherwise.
func TestAFrameOpensInPlaceWhereTheOperatorAllowsItsHost(t *testing.T) {
	frame := body(`<div class="intercom-h2b-video"><iframe src="https://eu.forms.example/1" title="Our form"></iframe></div>`)
	for _, c := range []struct {
		hosts []string
		play  string
		csp   string
	}{
		{nil, "", policy},
		{[]string{"forms.example"}, "https://eu.forms.example/1", policy + "; frame-src https://eu.forms.example"},
		{[]string{"rms.example"}, "", policy},
	} {
		l := openLibraryWith(t, app.Config{FrameHosts: c.hosts})
		p := l.read(http.StatusOK, l.at("en", l.article("Fill it in", l.start, frame), "fill-it-in"))
		if got := strings.Join(p.values(".video a", "data-play"), " "); got != c.play {
			t.Errorf("%q allowed: opens %q, want %q", c.hosts, got, c.play)
		}
		if got := p.Header().Get("Content-Security-Policy"); got != c.csp {
			t.Errorf("%q allowed: the policy is %q, want %q", c.hosts, got, c.csp)
		}
		if links := p.values(".prose a", "href"); len(links) != 1 || links[0] != "https://eu.forms.example/1" {
			t.Errorf("%q allowed: links %q", c.hosts, links)
		}
	}
}
