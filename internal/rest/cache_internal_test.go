package rest

import (
	"net/http"
	"testing"

	"lectern"
)

func TestAnEventOfAnUnknownKindEndsEveryKeptAnswer(t *testing.T) {
	const ws = 7
	kept := 0
	for _, rt := range routes {
		if len(rt.depends) == 0 {
			continue
		}
		kept++
		r, err := http.NewRequest(http.MethodGet, "/", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.SetPathValue("id", "12")
		topics := rt.topics(&call{Request: r, token: &lectern.Token{Workspace: ws}}, nil)
		s := &Server{}
		before := s.stamps.Of(topics...)
		s.touch([]lectern.Event{{Workspace: ws, Kind: "feed.created"}})
		if s.stamps.Of(topics...) == before {
			t.Errorf("%s: an event of a kind of a later program leaves the kept answer", rt.Route)
		}
	}
	if kept < 20 {
		t.Errorf("%d routes keep answers", kept)
	}
}
