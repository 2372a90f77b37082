package fidelity

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// compare says how an answer differs from what its case says, and from what
// holds of every answer.
func (r *run) compare(test testCase, x *exchange) []string {
	var list []string
	differs := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	if test.status == 0 {
		test.status = http.StatusOK
	}
	if x.status != test.status {
		differs("status is %d, want %d", x.status, test.status)
		return list
	}
	if got := x.shown(); test.code != "" && (got.code != test.code || got.message != test.message) {
		differs("error is %s %q, want %s %q", got.code, got.message, test.code, test.message)
	}
	if len(x.raw) > 0 && (x.broken || !strings.HasPrefix(x.header.Get("Content-Type"), "application/json")) {
		differs("the body is %q, and not JSON", x.header.Get("Content-Type"))
	}
	if r.local == nil {
		return list
	}
	for _, path := range slices.Sorted(maps.Keys(test.want)) {
		if got, want := x.value(path), r.named(test.want[path]); got != want {
			differs("%s is %q, want %q", path, got, want)
		}
	}
	id := x.header.Get("X-Request-Id")
	if got := at(x.body, "request_id"); got != id && test.code != "" && x.status != http.StatusNotAcceptable {
		differs("request_id is %q, X-Request-Id is %q", got, id)
	}
	if len(id) != 20 || strings.Trim(id, "0123456789abcdefghijklmnopqrstuv") != "" {
		differs("X-Request-Id is %q, want 20 characters of [0-9a-v]", id)
	}
	if got := x.header.Get("Intercom-Version"); x.status == http.StatusOK && got != r.version.Name {
		differs("Intercom-Version is %q, want %q", got, r.version.Name)
	}
	return list
}

// judge holds an answer against both descriptions.
func (r *run) judge(route string, x *exchange) []string {
	var list []string
	for _, f := range r.ours.judge(route, x) {
		list = append(list, "our description: "+f.String())
	}
	if r.published == nil || isOwn(route) {
		return list
	}
	found := r.published.judge(route, x)
	if at(x.body, "status") != absent && at(x.body, "error") != absent {
		found = []finding{{"answer to malformed JSON", "has a shape of its own"}}
	}
	for _, f := range found {
		if !r.deviations.explain(r.version.Name, route, f.rule) {
			list = append(list, "published description: "+f.String())
		}
	}
	return list
}
