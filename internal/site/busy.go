package site

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"lectern"
	"lectern/internal/limit"
	"lectern/internal/site/fan"
)

// wait is how long a reader must wait before the answer to a call is made, since
// their network asked for much of the kind; zero for no time at all. What is
// kept is sent without asking.
func (s *Site) wait(c *call) time.Duration {
	if s.limits == nil {
		return 0
	}
	switch from := c.hall.Client; {
	case strings.HasSuffix(c.path, "/search"):
		if c.URL.Query().Get("q") == "" {
			return s.limits.Page(from)
		}
		return s.limits.Search(from)
	case strings.HasSuffix(c.path, "/search/suggest"):
		return s.limits.Suggest(from)
	case isExport(c.path):
		return s.limits.Export(from)
	case c.Method == http.MethodPost || strings.HasPrefix(c.path, "/_/"):
		return 0
	default:
		return s.limits.Page(from)
	}
}

// isExport reports whether a path is of what takes long to make.
func isExport(path string) bool {
	for _, end := range []string{"/sitemap.xml", "/llms.txt", "/llms-full.txt", "/feed.atom", "/card.png"} {
		if strings.HasSuffix(path, end) {
			return true
		}
	}
	return strings.HasPrefix(path, "/sitemap/") || strings.Contains(path, "/llms-full/")
}

// isPage reports whether a call is for what a reader looks at.
func (c *call) isPage() bool {
	return c.Method != http.MethodPost && !strings.HasSuffix(c.path, "/search/suggest") && !isExport(c.path) &&
		!strings.HasSuffix(c.path, ".md") && !isFile(c)
}

// busy answers who must wait: with a page where a reader looks at one.
func (s *Site) busy(c *call, wait time.Duration) (*answer, error) {
	seconds := limit.Seconds(wait)
	a := plain(http.StatusTooManyRequests, fmt.Sprintf("Your network asked for this too often. Try again in %d s.\n", seconds))
	if c.isPage() {
		first, _, _ := strings.Cut(strings.TrimPrefix(c.path, "/"), "/")
		if l := lectern.Locale(first); slices.Contains(c.center.Locales, l) {
			c.setLocale(l)
		}
		title := c.words.T("wait.title")
		if strings.HasSuffix(c.path, "/search") {
			title = c.words.T("search.title")
		}
		p := closedPage{frame: s.frame(c, title), Heading: title, Fan: c.center.fan(fan.Closed)}
		p.Closed, p.Hidden = true, true
		p.Text = html(p.N("door.slow", (seconds+59)/60))
		var err error
		if a, err = s.render(http.StatusTooManyRequests, "closed.html", &p); err != nil {
			return nil, err
		}
	}
	a.wait = seconds
	return a, nil
}
