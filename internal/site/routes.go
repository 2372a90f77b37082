package site

import (
	"net/http"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"lectern"
)

// A route says what stands at a path within a help center. A step of its path
// may be {locale}, a language that is switched on, or begin with {…}, whatever
// stands there.
type route struct {
	method string // GET answers HEAD, too
	path   string
	handle func(*Site, *call) (*answer, error)
}

// routes is everything that a help center has an address for. The first that
// fits answers.
var routes = []route{
	{"GET", "", (*Site).start},
	{"GET", "/robots.txt", (*Site).robots},
	{"GET", "/favicon.ico", (*Site).favicon},
	{"GET", "/apple-touch-icon.png", (*Site).touchIcon},
	{"GET", "/sitemap.xml", (*Site).siteMap},
	{"GET", "/sitemap/{…}", (*Site).siteMapPart},
	{"GET", "/llms.txt", (*Site).llms},
	{"GET", "/llms-full.txt", (*Site).llmsFull},
	{"GET", "/_/{…}", (*Site).asset},
	{"POST", "/_/appearance", (*Site).appearance},
	{"GET", "/{locale}", (*Site).homePage},
	{"GET", "/{locale}/index.md", (*Site).homeMarkdown},
	{"GET", "/{locale}/card.png", (*Site).homeCard},
	{"GET", "/{locale}/feed.atom", (*Site).feed},
	{"GET", "/{locale}/llms.txt", (*Site).llms},
	{"GET", "/{locale}/llms-full.txt", (*Site).llmsFull},
	{"GET", "/{locale}/llms-full/{…}", (*Site).llmsFullPart},
	{"GET", "/{locale}/opensearch.xml", (*Site).openSearchDescription},
	{"GET", "/{locale}/search", (*Site).searchPage},
	{"GET", "/{locale}/search/suggest", (*Site).suggest},
	{"GET", "/{locale}/collections/{…}.md", (*Site).collectionMarkdown},
	{"GET", "/{locale}/collections/{…}", (*Site).collectionPage},
	{"GET", "/{locale}/collections/{…}/card.png", (*Site).collectionCard},
	{"GET", "/{locale}/collections/{…}/feed.atom", (*Site).collectionFeed},
	{"GET", "/{locale}/collections/{…}/llms.txt", (*Site).collectionLLMs},
	{"GET", "/{locale}/articles/{…}.md", (*Site).articleMarkdown},
	{"GET", "/{locale}/articles/{…}", (*Site).articlePage},
	{"GET", "/{locale}/articles/{…}/card.png", (*Site).articleCard},
	{"POST", "/{locale}/articles/{…}/reaction", (*Site).react},
}

// personal are the paths whose answers follow from more than the key of a call.
var personal = []string{"", "/_/{…}", "/_/appearance", "/{locale}/search", "/{locale}/search/suggest"}

// shared reports whether who asks at once for the same gets the same answer.
func (rt *route) shared() bool {
	return rt.method == http.MethodGet && !slices.Contains(personal, rt.path)
}

// route finds and runs what answers a call. It returns NotFound.
func (s *Site) route(c *call) (*answer, error) {
	if !c.center.WebsiteTurnedOn && !strings.HasPrefix(c.path, "/_/") {
		return s.off(c)
	}
	method := c.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	allowed := false
	for _, rt := range routes {
		if !rt.fits(c) {
			continue
		}
		if rt.method == method && rt.shared() {
			return s.make(c, &rt)
		}
		if rt.method == method {
			return rt.handle(s, c)
		}
		allowed = true
	}
	if method != http.MethodGet {
		return refusal(allowed), nil
	}
	if a, err := s.moved(c); a != nil || err != nil {
		return a, err
	}
	return s.elsewhere(c)
}

// refusal answers a method that an address does not have, or any at an address
// that has none.
func refusal(exists bool) *answer {
	if exists {
		return plain(http.StatusMethodNotAllowed, "This address does not take that method.\n")
	}
	return plain(http.StatusNotFound, "There is nothing here.\n")
}

// fits reports whether a call is for what stands at a route's path, and notes
// in the call what stands in its places.
func (rt *route) fits(c *call) bool {
	steps, want := strings.Split(c.path, "/"), strings.Split(rt.path, "/")
	if len(steps) != len(want) {
		return false
	}
	step, locale := "", c.locale
	for i, w := range want {
		end, any := strings.CutPrefix(w, "{…}")
		switch {
		case w == "{locale}":
			l := lectern.Locale(steps[i])
			if !slices.Contains(c.center.Locales, l) {
				return false
			}
			locale = l
		case any && len(steps[i]) > len(end) && strings.HasSuffix(steps[i], end):
			step = steps[i]
		case steps[i] != w:
			return false
		}
	}
	c.step = step
	c.setLocale(locale)
	return true
}

// elsewhere leads from an address that is nearly right: another spelling of the
// language, or the path that has the identifier on a domain that stands for it.
func (s *Site) elsewhere(c *call) (*answer, error) {
	first, rest, _ := strings.Cut(strings.TrimPrefix(c.path, "/"), "/")
	if rest != "" {
		rest = "/" + rest
	}
	l, ok := lectern.ParseLocale(first)
	switch {
	case ok && string(l) != first && slices.Contains(c.center.Locales, l):
		return redirect(http.StatusMovedPermanently, c.withQuery(escaped(c.home+"/"+string(l)+rest))), nil
	case c.root == "" && first == c.center.Identifier:
		return redirect(http.StatusMovedPermanently, c.withQuery(escaped(c.home+rest))), nil
	}
	if ok && slices.Contains(c.center.Locales, l) {
		c.setLocale(l)
	} else {
		c.setLocale(c.preferred())
	}
	return nil, lectern.NotFoundf("no page at %s", c.path)
}

// start leads to the home page in the language that the reader's browser asks
// for, or else in the help center's own.
func (s *Site) start(c *call) (*answer, error) {
	a := redirect(http.StatusFound, c.withQuery(escaped(c.start()+"/"+string(c.preferred()))))
	a.vary = "Accept-Language"
	return a, nil
}

// start is the address of the help center for a reader who stays on the host
// that they asked.
func (c *call) start() string {
	if c.root != "" && c.center.DomainAnswers() {
		return c.root
	}
	return c.home
}

// preferred is the language of the help center that fits the reader's best.
func (c *call) preferred() lectern.Locale {
	asked, _, err := language.ParseAcceptLanguage(c.Header.Get("Accept-Language"))
	if err != nil || len(asked) == 0 {
		return c.center.DefaultLocale
	}
	locales := append([]lectern.Locale{c.center.DefaultLocale}, c.center.Locales...)
	tags := make([]language.Tag, len(locales))
	for i, l := range locales {
		tags[i] = language.Make(string(l))
	}
	_, i, sure := language.NewMatcher(tags).Match(asked...)
	if sure == language.No {
		return c.center.DefaultLocale
	}
	return locales[i]
}
