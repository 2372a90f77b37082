package rest_test

import (
	"fmt"
	"strings"
	"testing"

	"lectern/internal/app"
)

func TestTheOrderOfCollectionsCanBeSet(t *testing.T) {
	s := start(t, app.Config{})
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

func TestTheOrderOfWhatIsInACollectionCanBeSet(t *testing.T) {
	s := start(t, app.Config{})
	home := fmt.Sprint(s.ok("GET", "/help_center/help_centers", nil).body["data"].([]any)[0].(object)["id"])
	first, second := s.collection("First", ""), s.collection("Second", "")
	article := func(title string) string {
		return s.article(object{"title": title, "state": "published", "parent_type": "collection", "parent_id": second})
	}
	a, b := article("A"), article("B")
	at := "/lectern/collections/" + second + "/order"
	for _, ask := range []object{{"article_ids": []any{b}}, {}} {
		if got := fmt.Sprint(s.ok("PUT", at, ask).body["article_ids"]); got != fmt.Sprint([]string{b, a}) {
			t.Errorf("%v: the articles stand as %s", ask, got)
		}
	}
	if got := fmt.Sprint(s.ok("GET", at, nil).body["article_ids"]); got != fmt.Sprint([]string{b, a}) {
		t.Errorf("the articles stand as %s", got)
	}
	top := "/lectern/help_centers/" + home + "/order"
	s.ok("PUT", top, object{"collection_ids": []any{second}})
	if got := fmt.Sprint(s.ok("GET", top, nil).body["collection_ids"]); got != fmt.Sprint([]string{second, first}) {
		t.Errorf("the collections stand as %s", got)
	}
	if got := s.ok("GET", "/help_center/collections/"+second, nil).body["order"]; fmt.Sprint(got) != "1" {
		t.Errorf("the answer kept says order %v", got)
	}
	s.do("PUT", at, object{"article_ids": []any{a, a}}).wants(t, 400, "parameter_invalid", "article_ids names "+a+" twice")
	s.do("PUT", at, object{"article_ids": []any{first}}).wants(t, 400, "parameter_invalid", "article_ids names "+first+", which is not in the collection")
	s.do("PUT", top, object{"collection_ids": []any{"7"}}).wants(t, 400, "parameter_invalid", "collection_ids names 7, which is not at the top level of the help center")
	s.do("PUT", at, object{"article_ids": "x"}).wants(t, 400, "parameter_invalid", "")
}
