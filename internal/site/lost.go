package site

import (
	"html/template"
	"net/http"

	"lectern/internal/site/fan"
)

// A lost page stands where there is nothing.
type lostPage struct {
	frame
	Text   template.HTML
	Fan    template.HTML
	Onward *onward
}

// lost is the page for an address where nothing stands, or nothing that the
// visitor may see: it gives no hint which.
func (s *Site) lost(c *call) (*answer, error) {
	p := lostPage{frame: s.frame(c, c.words.T("lost.title")), Fan: c.center.fan(fan.Lost)}
	p.Field, p.Hidden = false, true
	p.Back = p.Home
	p.Text = p.Rich("lost.text", "link", openLink(p.Home), "end", html("</a>"))
	var err error
	if p.Onward, err = s.onward(c); err != nil {
		return nil, err
	}
	return s.render(http.StatusNotFound, "lost.html", &p)
}
