package fidelity

import (
	"encoding/json"
	"testing"
)

func TestAPathFindsAValueOfAnAnswer(t *testing.T) {
	x := &exchange{raw: []byte(`{"type":"list","data":[{"id":"2","a":{"z":1,"b":[]}},{"id":"1"}],"none":null}`)}
	if err := json.Unmarshal(x.raw, &x.body); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"type": "list", "data.#": "2", "data.1.id": "1", "data.*.id": "2 1", "data.2.id": absent, "none": "<nil>", "none.x": absent,
		"{}": "type data none", "data.0.{}": "id a", "data.0.a.{}": "z b", "data.{}": absent, "data.9.{}": absent, "nothing.{}": absent,
		"type.*.id": "", "data.*.a.z": "1 " + absent,
	} {
		if got := x.value(path); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
}

func TestEveryListOfTheAPIIsWatched(t *testing.T) {
	known, err := learn()
	if err != nil {
		t.Fatal(err)
	}
	r := &run{surface: known, ours: known.ours["Preview"], local: &local{}, names: map[string]string{"help_center": "7", "folder": "7"}}
	for noun, paths := range lists {
		found := r.watched("POST", "/"+noun+"/none/such")
		if len(found) == 0 || len(paths) == 0 {
			t.Errorf("after a write of %s nothing is looked at of %q", noun, paths)
		}
	}
	if found := r.watched("GET", "/articles"); found != nil {
		t.Errorf("after reading %q is looked at", found)
	}
}
