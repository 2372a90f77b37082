package rest_test

import (
	"testing"

	"lectern/internal/app"
)

func TestACollectionHasAnIcon(t *testing.T) {
	s := start(t, app.Config{})
	top, inner := s.collection("Top", ""), ""
	inner = s.collection("Inner", top)
	at := "/help_center/collections/" + top
	icon := func(at string) any { return s.ok("GET", at, nil).body["icon"] }
	if icon(at) != "book-bookmark" || icon("/help_center/collections/"+inner) != "folder" {
		t.Errorf("by default %v and %v", icon(at), icon("/help_center/collections/"+inner))
	}
	s.ok("PUT", at, object{"icon": "credit-card"})
	sent := s.ok("GET", at, nil).body
	sent["name"] = "New"
	if got := s.ok("PUT", at, sent).body; got["icon"] != "credit-card" || got["name"] != "New" {
		t.Errorf("put back: %v", got)
	}
	s.ok("PUT", at, object{"icon": nil})
	if icon(at) != "book-bookmark" {
		t.Errorf("taken away: %v", icon(at))
	}
	if got := s.ok("POST", "/help_center/collections", object{"name": "C", "icon": "rocket"}).body; got["icon"] != "rocket" {
		t.Errorf("created with one: %v", got)
	}
	for _, bad := range []string{"a b", "<svg>", "../x"} {
		s.do("PUT", at, object{"icon": bad}).wants(t, 400, "parameter_invalid", "icon must be the name of an icon, such as credit-card")
	}
}
