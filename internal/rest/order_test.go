package rest_test

import (
	"fmt"
	"strings"
	"testing"

	"lectern/internal/rest"
)

func TestTheOrderOfCollectionsCanBeSet(t *testing.T) {
	s := start(t, rest.Options{})
	parent := s.collection("Parent", "")
	ids := map[string]string{}
	for _, name := range []string{"A", "B", "C", "D"} {
		ids[name] = s.collection(name, parent)
	}
	order := func() string {
		places := make([]string, 5)
		for name, id := range ids {
			places[int(s.ok("GET", "/help_center/collections/"+id, nil).body["order"].(float64))] = name
		}
		return strings.Join(places, "")
	}
	for _, c := range []struct {
		name  string
		place int
		want  string
	}{{"D", 1, "DABC"}, {"D", 3, "ABDC"}, {"A", 99, "BDCA"}, {"C", 3, "BDCA"}, {"A", 2, "BADC"}} {
		if got := s.ok("PUT", "/help_center/collections/"+ids[c.name], object{"order": c.place}).body; order() != c.want {
			t.Errorf("%s at %d: %s, want %s; the answer was %v", c.name, c.place, order(), c.want, got)
		}
	}
	sent := s.ok("GET", "/help_center/collections/"+ids["D"], nil).body
	sent["name"] = "New"
	s.ok("PUT", "/help_center/collections/"+ids["D"], sent)
	if order() != "BADC" {
		t.Errorf("put back: %s", order())
	}
	s.ok("PUT", "/help_center/collections/"+ids["B"], object{"parent_id": nil, "order": 1})
	if got := s.ok("GET", "/help_center/collections/"+parent, nil).body["order"]; fmt.Sprint(got) != "2" {
		t.Errorf("the parent stands at %v behind what was moved before it", got)
	}
	s.do("PUT", "/help_center/collections/"+parent, object{"order": 0}).wants(t, 400, "parameter_invalid", "order must be a place from 1 on")
}
