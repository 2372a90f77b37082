package rest

import (
	"fmt"
	"net/http"
	"slices"
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
	c.hall.Token, c.hall.Workspace = c.token.ID, c.token.Workspace
	c.by = c.token.Actor("") // the address is told when it is asked for
	if err := s.limits.take(c.Context(), c.token, c.now, c.header); err != nil {
		return err
	}
	asked, source, err := s.versionOf(c, rt)
	if err != nil {
		c.version = s.version
		return &failure{http.StatusBadRequest, "intercom_version_invalid", fmt.Sprintf("%s %s names it; there are %s.",
			err, source, strings.Join(apiversion.Served(), ", "))}
	}
	c.version = asked
	c.header["Intercom-Version"] = []string{c.version.Name}
	switch {
	case c.version.Unserved:
		return &failure{http.StatusNotImplemented, "unsupported", fmt.Sprintf("API version %s is not served yet. Served are %s.",
			c.version.Name, strings.Join(apiversion.Served(), ", "))}
	case !c.version.Offers(rt.Route):
		return versionLacks(rt.Route, c.version, source)
	case rt.Scope != "" && !c.by.Can(rt.Scope.Right()):
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

// versionOf returns the version a call asks for, and what names it: the call's
// header, else its token, else nobody. Then it is the server's, or the oldest
// that has the operation should the server's lack it.
func (s *Server) versionOf(c *call, rt *route) (v *apiversion.Version, source string, err error) {
	if name := strings.TrimSpace(c.Header.Get("Intercom-Version")); name != "" {
		v, err = apiversion.Parse(name)
		return v, "The Intercom-Version header", err
	}
	if c.token.APIVersion != "" {
		v, err = apiversion.Parse(c.token.APIVersion)
		return v, "The access token", err
	}
	if !s.version.Offers(rt.Route) {
		if oldest, _ := apiversion.Range(rt.Route); oldest != nil {
			return oldest, "", nil
		}
	}
	return s.version, "", nil
}

// versionLacks is the refusal of an operation that a version does not have. It
// says who named the version, and which ones have the operation.
func versionLacks(route string, v *apiversion.Version, source string) error {
	oldest, newest := apiversion.Range(route)
	have := "no version has it"
	switch {
	case oldest == nil:
	case slices.Index(apiversion.Versions, v) > slices.Index(apiversion.Versions, oldest):
		have = "it needs " + oldest.Name
		if oldest != newest {
			have += " or later"
		}
	default:
		have = "it needs " + newest.Name + " or earlier"
	}
	return &failure{errVersionLacks.status, errVersionLacks.code, fmt.Sprintf("%s %s names version %s; %s.", errVersionLacks.message, source, v.Name, have)}
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
