package rest

import (
	"fmt"
	"net/http"
	"strings"

	"lectern/internal/apiversion"
)

// admit checks what every request must have, in the order in which Intercom
// refuses: a type we can answer with, a token, room under its limit, a version
// that has the operation, and the permission for it.
func (s *Server) admit(rt *route, c *call) error {
	c.header["Intercom-Version"] = []string{s.named(c).Name} // in refusals, too
	if !acceptable(c.Header["Accept"]) {
		return errNotAcceptable
	}
	var err error
	if c.token, err = s.authenticate(c); err != nil {
		return err
	}
	if err := s.limits.take(c.Context(), c.token, s.now(), c.header); err != nil {
		return err
	}
	if c.version, err = s.versionOf(c); err != nil {
		c.version = s.version
		return &failure{http.StatusBadRequest, "intercom_version_invalid", err.Error()}
	}
	c.header["Intercom-Version"] = []string{c.version.Name}
	switch {
	case c.version.Unserved:
		return &failure{http.StatusNotImplemented, "unsupported", fmt.Sprintf("API version %s is not served yet. Served are %s.",
			c.version.Name, strings.Join(apiversion.Served(), ", "))}
	case !c.version.Offers(rt.Route):
		return errVersionLacks
	case rt.Scope != "" && !c.token.Allows(rt.Scope):
		return &failure{http.StatusForbidden, "forbidden", rt.Denial()}
	}
	return nil
}

// acceptable reports whether an Accept header lets us answer with JSON. A
// missing one does, and so does the Ruby client's application/vnd.intercom.3+json.
func acceptable(accept []string) bool {
	if len(accept) == 0 {
		return true
	}
	for item := range strings.SplitSeq(strings.Join(accept, ","), ",") {
		kind, _, _ := strings.Cut(item, ";")
		kind = strings.ToLower(strings.TrimSpace(kind))
		if kind == "" || kind == "*/*" || kind == "application/*" || kind == "application/json" ||
			strings.HasPrefix(kind, "application/") && strings.HasSuffix(kind, "+json") {
			return true
		}
	}
	return false
}

// versionOf returns the version a call asks for: that of its header, else the
// one its token pins, else the server's.
func (s *Server) versionOf(c *call) (*apiversion.Version, error) {
	if name := strings.TrimSpace(c.Header.Get("Intercom-Version")); name != "" {
		return apiversion.Parse(name)
	}
	if c.token.APIVersion != "" {
		return apiversion.Parse(c.token.APIVersion)
	}
	return s.version, nil
}

// named is the version that a call's header asks for, and the server's if it
// asks for none that there is: all that is known before the token is.
func (s *Server) named(c *call) *apiversion.Version {
	if name := strings.TrimSpace(c.Header.Get("Intercom-Version")); name != "" {
		if v, err := apiversion.Parse(name); err == nil {
			return v
		}
	}
	return s.version
}
