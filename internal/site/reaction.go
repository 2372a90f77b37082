package site

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"lectern"
)

// A face is one of the answers to "Did this answer your question?".
type face struct {
	Value lectern.Face
	Text  string
	Icon  string
}

// maxForm bounds the body of a form, in bytes.
const maxForm = 4 << 10

// react answers POST /{locale}/articles/{…}/reaction: the form of the faces. A
// browser without script is led back to them, and sees which one it chose.
func (s *Site) react(c *call) (*answer, error) {
	id, ok := leadingID(c.step)
	if !ok {
		return nil, lectern.NotFoundf("no article %s", c.step)
	}
	if !sameOrigin(c) {
		return plain(http.StatusForbidden, "Reactions are taken from the page itself only.\n"), nil
	}
	c.Body = http.MaxBytesReader(nil, c.Body, maxForm)
	f := lectern.Face(c.PostFormValue("reaction"))
	if !slices.Contains(lectern.Faces, f) {
		return plain(http.StatusBadRequest, "A reaction is one of the three faces.\n"), nil
	}
	if wait := s.limits.React(c.hall.Client, id); wait > 0 {
		return s.busy(c, wait)
	}
	x, err := s.store.Page(c.Context(), c.visit(), lectern.ArticleID(id))
	if err != nil {
		return nil, err
	}
	who, err := s.visitor(c)
	if err != nil {
		return nil, err
	}
	if err := s.store.React(c.Context(), c.visit(), x.ID, who, f); err != nil {
		return nil, fmt.Errorf("keep a reaction: %w", err)
	}
	if strings.Contains(c.Header.Get("Accept"), "application/json") { // sent by the page's script
		return &answer{status: http.StatusNoContent}, nil
	}
	to := (&url.URL{Path: c.articleURL(x.ID, x.Title), RawQuery: "thanks=" + string(f), Fragment: "verdict"}).String()
	return redirect(http.StatusSeeOther, to), nil
}

// chosenFace is what the reader chose a moment ago, as the address that react
// led to says.
func chosenFace(r *http.Request) lectern.Face {
	if _, value, ok := strings.Cut(r.URL.RawQuery, "thanks="); ok {
		if i := slices.Index(lectern.Faces, lectern.Face(value)); i >= 0 {
			return lectern.Faces[i]
		}
	}
	return ""
}

// sameOrigin reports whether a form was sent by a page of this site, as far as
// the browser says. Old ones say nothing; then a stranger's page could at most
// have a reader react.
func sameOrigin(c *call) bool {
	if site := c.Header.Get("Sec-Fetch-Site"); site != "" {
		return site == "same-origin" || site == "none"
	}
	from := c.Header.Get("Origin")
	if from == "" {
		return true
	}
	u, err := url.Parse(from)
	return err == nil && strings.EqualFold(u.Host, c.Host)
}
