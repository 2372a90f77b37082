package fidelity

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"

	"lectern/internal/apiversion"
)

// makeThings makes, or finds, the things of every noun.
func (r *run) makeThings(ctx context.Context) error {
	for _, n := range nouns {
		for _, t := range n.things {
			if err := r.makeThing(ctx, t); err != nil {
				return err
			}
		}
	}
	return nil
}

// makeThing makes or finds one. That it cannot be is a problem, unless its
// operation is not served yet.
func (r *run) makeThing(ctx context.Context, t thing) error {
	method, path, _ := strings.Cut(t.route, " ")
	from := cmp.Or(t.at, "id")
	path, body := r.named(cmp.Or(t.path, path)), r.named(t.body)
	if !r.mayAsk(method) {
		if t.find == "" {
			return nil
		}
		var found string
		found, from, _ = strings.Cut(strings.TrimPrefix(t.find, "GET "), " ")
		method, path, body = http.MethodGet, r.named(found), ""
	}
	version := r.versionFor(t)
	if version == "" || unnamed.MatchString(path) || unnamed.MatchString(body) {
		return nil
	}
	x, err := r.send(ctx, version, method, path, body, nil)
	if err != nil {
		return err
	}
	id := at(x.body, from)
	if name, ok := strings.CutPrefix(from, "header "); ok {
		id = cmp.Or(x.header.Get(name), absent)
	}
	switch {
	case x.status/100 == 2 && (t.as == "" || id != absent):
		r.names[t.as] = id
		r.remember(method, path, x)
	case x.status != http.StatusNotImplemented && r.local != nil:
		r.problem("make {%s}: %s", t.as, x)
	}
	return nil
}

// usualVersion is the one of a client that names none.
const usualVersion = "2.11"

// versionFor returns the version in which a thing is made, empty if no version
// served has its operation.
func (r *run) versionFor(t thing) string {
	offers := func(name string) bool {
		return r.surface.ours[name] != nil && r.surface.ours[name].operations[plain(t.route)] != nil
	}
	if t.version != "" {
		if offers(t.version) {
			return t.version
		}
		return ""
	}
	if offers(usualVersion) {
		return usualVersion
	}
	for _, v := range slices.Backward(apiversion.Versions) {
		if offers(v.Name) {
			return v.Name
		}
	}
	return ""
}

// remember notes what a request made on a server that is not ours, if it can
// be deleted there.
func (r *run) remember(method, path string, x *exchange) {
	id := at(x.body, "id")
	path, _, _ = strings.Cut(path, "?")
	deletes := slices.ContainsFunc(r.routes, func(route string) bool {
		return plain(route) == plain("DELETE "+path+"/{id}") && r.version.Offers(route)
	})
	if r.local == nil && method == http.MethodPost && x.status/100 == 2 && id != absent && deletes {
		r.undo = append(r.undo, path+"/"+id)
	}
}

// clean deletes what was made on a server that is not ours, the last first. What
// a case deleted already is not there any more, which is as well.
func (r *run) clean(ctx context.Context) {
	for _, path := range slices.Backward(r.undo) {
		_, _ = r.send(ctx, r.version.Name, http.MethodDelete, path, "", nil)
	}
}
