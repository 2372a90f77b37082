package site

import (
	"net/http"
	"time"
)

// modeCookie remembers that a reader chose light or dark: the only cookie of
// the site, set by the choice and by nothing else.
const modeCookie = "mode"

// chosenMode is the reader's choice; empty for the device's own.
func chosenMode(r *http.Request) string {
	if len(r.Header["Cookie"]) == 0 {
		return ""
	}
	if k, err := r.Cookie(modeCookie); err == nil && (k.Value == "light" || k.Value == "dark") {
		return k.Value
	}
	return ""
}

// appearance answers POST /_/appearance: the form of the footer. It leads back
// to the page it was sent from.
func (s *Site) appearance(c *call) (*answer, error) {
	if !sameOrigin(c) {
		return plain(http.StatusForbidden, "The choice is taken from the page itself only.\n"), nil
	}
	c.Body = http.MaxBytesReader(nil, c.Body, maxForm)
	back := c.PostFormValue("back")
	if !within(back, c.root) {
		back = c.root + "/"
	}
	a := redirect(http.StatusSeeOther, back)
	a.cookie = &http.Cookie{
		Name: modeCookie, Path: c.root + "/", MaxAge: int((365 * 24 * time.Hour).Seconds()),
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: c.hall.Secure || c.root == "",
	}
	switch mode := c.PostFormValue("mode"); mode {
	case "light", "dark":
		a.cookie.Value = mode
	default:
		a.cookie.MaxAge = -1
	}
	return a, nil
}
