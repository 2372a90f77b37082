// Package apiversion describes how the versions of Intercom's API differ.
//
// Handlers know one shape, the newest. What a version changed is a small file
// of changes (v2_13.go), each with a sentence about it and the edits that take
// an answer back to the version before. An answer walks down the list of
// versions, newest first, until it has the shape its client knows; a request
// body walks up. Changes find their objects by kind, the name of an object's
// schema, so they reach into lists and search hits alike, and the same edits
// turn the newest OpenAPI schemas into those of an older version.
//
// A released file stays as it is: it describes the past. To add a version,
// write its file and put it first in Versions; to drop the oldest, delete its
// file and its line.
package apiversion

import (
	"slices"
	"sync"

	"lectern"
)

// Versions lists every published version, newest first.
var Versions = []*Version{
	&preview, &v2_16, &v2_15, &v2_14, &v2_13, &v2_12, &v2_11, &v2_10, &v2_9, &v2_8, &v2_7,
}

// A Version is a published version of the API and what it changed.
type Version struct {
	Name    string // as the Intercom-Version header spells it: "2.11", "Preview"
	Changes []*Change
	// Unserved marks a version that this server knows of but does not answer
	// yet: its Changes list routes only.
	Unserved bool
}

// A Change is one difference between a version and the one before it.
type Change struct {
	About string // a sentence for the API changelog
	// Response takes an answer of this version back to the one before: edits
	// by the kind of object they apply to.
	Response map[string][]Edit
	// Request brings a request of the version before forward to this one:
	// edits by the kind of the body.
	Request map[string][]Edit
	// Added and Removed are routes that came and went, as patterns of
	// net/http: "GET /tags/{id}".
	Added, Removed []string
}

// An Edit changes one kind of object. Object takes a response back and a
// request forward; the values of a response are the Go values of its wire type,
// those of a request what Object.UnmarshalJSON reads. Schema always takes the
// schema back to the version before.
type Edit struct {
	Object func(*Object)
	Schema func(schema *Object)
}

// Drop removes fields: from an answer that a client of the version before does
// not know them in, or from a request in which that version ignores them.
func Drop(fields ...string) Edit {
	return Edit{
		Object: func(o *Object) {
			for _, f := range fields {
				o.Delete(f)
			}
		},
		Schema: func(schema *Object) {
			if props, ok := schema.Get("properties").(*Object); ok {
				for _, f := range fields {
					props.Delete(f)
				}
			}
			if required, ok := schema.Get("required").([]any); ok {
				schema.Set("required", slices.DeleteFunc(required, func(name any) bool {
					return slices.Contains(fields, name.(string))
				}))
			}
		},
	}
}

// Parse returns the version that an Intercom-Version header names. Versions
// before 2.7 are answered as 2.7, Unstable is the old name of Preview, and 2.17
// has no description of its own and is answered as 2.16. Anything else, and a
// version that is not served, is refused; Served tells which.
func Parse(header string) (*Version, error) {
	name := header
	switch header {
	case "1.0", "1.1", "1.2", "1.3", "1.4", "2.0", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6":
		name = "2.7"
	case "Unstable":
		name = "Preview"
	case "2.17":
		name = "2.16"
	}
	i := slices.IndexFunc(Versions, func(v *Version) bool { return v.Name == name })
	if i < 0 {
		return nil, lectern.Invalidf("Intercom-Version", "There is no API version %q.", header)
	}
	return Versions[i], nil
}

// Served lists the names of the versions this server answers, newest first.
func Served() []string {
	var names []string
	for _, v := range Versions {
		if !v.Unserved {
			names = append(names, v.Name)
		}
	}
	return names
}

// newer returns the versions after v, newest first.
func (v *Version) newer() []*Version { return Versions[:slices.Index(Versions, v)] }

// Has reports whether the version is the one that made a change, or a later one.
func (v *Version) Has(c *Change) bool {
	return slices.ContainsFunc(Versions[slices.Index(Versions, v):], func(w *Version) bool {
		return slices.Contains(w.Changes, c)
	})
}

// Offers reports whether the version has a route, "GET /tags/{id}". A route
// that no change names exists in every version.
func (v *Version) Offers(route string) bool {
	return lacking()[route]&(1<<slices.Index(Versions, v)) == 0
}

// lacking tells for each route that came or went which versions do not have it: a
// bit each, in the order of Versions. Every request asks for its route.
var lacking = sync.OnceValue(func() map[string]uint64 {
	routes := map[string]uint64{}
	for i, v := range Versions {
		andNewer := uint64(1)<<(i+1) - 1
		for _, c := range v.Changes {
			for _, route := range c.Added {
				routes[route] |= ^andNewer
			}
			for _, route := range c.Removed {
				routes[route] |= andNewer
			}
		}
	}
	return routes
})

// Range returns the oldest and the newest served version that have a route, nil
// if none has it.
func Range(route string) (oldest, newest *Version) {
	for _, v := range Versions {
		if v.Unserved || !v.Offers(route) {
			continue
		}
		if newest == nil {
			newest = v
		}
		oldest = v
	}
	return oldest, newest
}

// Routes lists the routes that came or went with some version.
func Routes() []string {
	var routes []string
	for _, v := range Versions {
		for _, c := range v.Changes {
			routes = append(append(routes, c.Added...), c.Removed...)
		}
	}
	slices.Sort(routes)
	return slices.Compact(routes)
}

// Changed returns the edits that take an answer's object of this kind from the
// newest version back to v.
func (v *Version) Changed(kind string) []Edit {
	return v.edits(kind, func(c *Change) map[string][]Edit { return c.Response })
}

// Asked returns the edits that bring a request's object of this kind from v
// forward, the newest version's first: the order in which its schema goes back.
func (v *Version) Asked(kind string) []Edit {
	return v.edits(kind, func(c *Change) map[string][]Edit { return c.Request })
}

func (v *Version) edits(kind string, of func(*Change) map[string][]Edit) []Edit {
	var edits []Edit
	for _, w := range v.newer() {
		for _, c := range w.Changes {
			edits = append(edits, of(c)[kind]...)
		}
	}
	return edits
}
