package site

import (
	"cmp"
	"html/template"
	"net/http"

	"lectern/internal/i18n"
	"lectern/internal/site/fan"
)

// A closed page stands alone: the help center is off, or cannot answer now.
type closedPage struct {
	frame
	Heading string
	Text    template.HTML
	Small   string
	Fan     template.HTML
}

// off is every page of a help center that is switched off.
func (s *Site) off(c *call) (*answer, error) {
	c.setLocale(c.preferred())
	p := closedPage{frame: s.frame(c, c.words.T("off.title")), Heading: c.words.T("off.title"), Fan: c.center.fan(fan.Closed)}
	p.Closed, p.Hidden = true, true
	p.Text = p.Rich("off.text", "name", p.Site)
	if k := p.Contact; k != nil {
		p.Text += " " + p.Rich("off.contact", "address", openLink(k.URL)+"<bdi>"+html(template.HTMLEscapeString(addressOf(k.Link)))+"</bdi></a>")
	}
	return s.render(http.StatusNotFound, "closed.html", &p)
}

// waitSeconds is after how long a page that could not be made is asked for anew.
const waitSeconds = 30

// fault says that the site cannot answer now, and looks again by itself. It
// needs no store, so it can be shown when that is what is missing.
func (s *Site) fault(c *call, w http.ResponseWriter) {
	if c.center == nil {
		c.center = s.unknownCenter()
		c.setLocale(cmp.Or(c.center.DefaultLocale, i18n.English))
	}
	p := closedPage{frame: s.frame(c, c.words.T("wait.title")), Heading: c.words.T("wait.title"), Fan: c.center.fan(fan.Closed)}
	p.Closed, p.Hidden = true, true
	p.Text = html(template.HTMLEscapeString(p.T("wait.text")))
	p.Small = p.N("wait.again", waitSeconds)
	a, err := s.render(http.StatusServiceUnavailable, "closed.html", &p)
	if err != nil {
		s.log.Error("page of a fault", "error", err)
		a = plain(http.StatusServiceUnavailable, p.T("wait.text")+"\n")
	}
	a.wait = waitSeconds
	s.send(c, w, a)
}
