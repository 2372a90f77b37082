package apiversion

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"testing"
)

func TestAnObjectKeepsTheOrderOfItsKeys(t *testing.T) {
	o := NewObject("b", 1, "a", 2)
	o.Set("c", 3)
	o.Set("b", 4) // stays first
	o.Delete("a")
	o.Delete("a") // gone already
	o.Set("a", 5) // comes back at the end
	if got, want := o.Keys(), []string{"b", "c", "a"}; !slices.Equal(got, want) {
		t.Errorf("keys are %q, want %q", got, want)
	}
	got, err := o.MarshalJSON()
	if want := `{"b":4,"c":3,"a":5}`; err != nil || string(got) != want {
		t.Errorf("wrote %s, %v; want %s", got, err, want)
	}
	if o.Has("d") || o.Get("d") != nil {
		t.Error("has a key that was never set")
	}
}

func TestAnObjectReadsNestedValuesInOrder(t *testing.T) {
	const text = `{"z":{"y":[1,2.50,{"x":null}],"a":true},"b":"<&>","e":[],"f":{}}`
	var o Object
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		t.Fatal(err)
	}
	got, err := o.MarshalJSON()
	if err != nil || string(got) != text {
		t.Errorf("wrote %s, %v; want what was read, %s", got, err, text)
	}
	inner, ok := o.Get("z").(*Object)
	if !ok || !slices.Equal(inner.Keys(), []string{"y", "a"}) {
		t.Errorf("z is %#v, want an object with y and a", o.Get("z"))
	}
}

func TestAnObjectIsWrittenAsEncodingJSONWrites(t *testing.T) {
	inner := NewObject("<", []any{1.0, "&", nil, []string{"a"}})
	o := NewObject("o", inner, "list", []any{inner, []any{}}, "none", (*Object)(nil), "empty", []any(nil), "map", map[string]int{"a": 1})
	got, err := o.MarshalJSON()
	want := `{"o":{"<":[1,"&",null,["a"]]},"list":[{"<":[1,"&",null,["a"]]},[]],"none":null,"empty":null,"map":{"a":1}}`
	if err != nil || string(got) != want {
		t.Errorf("wrote\n%s, %v; want\n%s", got, err, want)
	}
	if _, err := NewObject("bad", []any{NewObject("deep", func() {})}).MarshalJSON(); err == nil {
		t.Error("wrote a function")
	}
}

func FuzzAnObjectSurvivesTheRoundTrip(f *testing.F) {
	for _, seed := range []string{`{}`, `{"a":1,"a":2}`, `{"b":[{"c":-0.0e+5}],"\u2028":"<&>"}`, `{"":{"":[[],null,true]}}`, "{\"\xff\":1}", ` { "k" : "\ud800" } `} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var o Object
		if json.Unmarshal(data, &o) != nil {
			return
		}
		once, err := o.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		if got, want := decoded(t, once), decoded(t, data); !reflect.DeepEqual(got, want) {
			t.Errorf("%s became %s", data, once)
		}
		var again Object
		if err := json.Unmarshal(once, &again); err != nil {
			t.Fatal(err)
		}
		twice, err := again.MarshalJSON()
		if err != nil || !bytes.Equal(once, twice) {
			t.Errorf("%s became %s, then %s (%v)", data, once, twice, err)
		}
	})
}

// decoded reads JSON without regard to the order of keys.
func decoded(t *testing.T, data []byte) any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}
