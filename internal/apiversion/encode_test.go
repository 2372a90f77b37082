package apiversion

import (
	"bytes"
	"encoding/json"
	"errors"
	"iter"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// The shapes of a made-up API, newest version.
type (
	shelf struct {
		Type  string    `json:"type"`
		Books []book    `json:"books"`
		Rows  [][]book  `json:"rows"`
		Best  *book     `json:"best"`
		Any   any       `json:"any"`
		Label labelText `json:"label"`
	}
	book struct {
		bookHead
		Title  string         `json:"title"`
		Note   string         `json:"note,omitzero"`
		Price  float64        `json:"price"`
		Writer *writer        `json:"writer,omitzero"`
		Counts map[string]int `json:"counts"`
		hidden int
	}
	bookHead struct {
		ID string `json:"id"`
	}
	writer struct {
		Name string `json:"name"`
		Born int    `json:"born"`
	}
	plain struct {
		Text string `json:"text"`
	}
)

// A labelText writes itself.
type labelText struct{ text string }

func (l labelText) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]string{"is": l.text})
}

func rename(from, to string) Edit {
	return Edit{Object: func(o *Object) {
		if o.Has(from) {
			o.Set(to, o.Get(from))
			o.Delete(from)
		}
	}}
}

// serve replaces the versions for the length of a test. They are given newest
// first.
func serve(t testing.TB, versions ...*Version) {
	t.Helper()
	real := Versions
	Versions = versions
	t.Cleanup(func() { Versions = real })
}

// threeVersions are of the made-up API: a book's label became its name in v2
// and its title in v3, which also gave writers a year of birth.
func threeVersions() (v3, v2, v1 *Version) {
	v3 = &Version{Name: "3", Changes: []*Change{
		{
			Response: map[string][]Edit{"book": {rename("title", "name")}},
			Request:  map[string][]Edit{"book_request": {rename("name", "title")}},
		},
		{Response: map[string][]Edit{"writer": {Drop("born")}}},
	}}
	v2 = &Version{Name: "2", Changes: []*Change{{
		Response: map[string][]Edit{"book": {rename("name", "label"), Drop("counts")}},
		Request:  map[string][]Edit{"book_request": {rename("label", "name")}},
	}}}
	v1 = &Version{Name: "1"}
	return v3, v2, v1
}

func sampleBook() book {
	return book{bookHead: bookHead{"7"}, Title: "<A> & B", Price: 1.50, Writer: &writer{"Ada", 1815}, Counts: map[string]int{"b": 2, "a": 1}, hidden: 9}
}

func TestEncodeTakesAnAnswerBackOneVersionAtATime(t *testing.T) {
	v3, v2, v1 := threeVersions()
	serve(t, v3, v2, v1)
	answer := shelf{Type: "shelf", Books: []book{sampleBook()}, Rows: [][]book{{}, {{Title: "x", Note: "n"}}}, Any: writer{"Bo", 1}, Label: labelText{"l"}}
	for _, test := range []struct {
		v    *Version
		want string
	}{
		{v3, `{"type":"shelf","books":[{"id":"7","title":"<A> & B","price":1.5,"writer":{"name":"Ada","born":1815},"counts":{"a":1,"b":2}}],` +
			`"rows":[[],[{"id":"","title":"x","note":"n","price":0,"counts":null}]],"best":null,"any":{"name":"Bo","born":1},"label":{"is":"l"}}`},
		{v2, `{"type":"shelf","books":[{"id":"7","price":1.5,"writer":{"name":"Ada"},"counts":{"a":1,"b":2},"name":"<A> & B"}],` +
			`"rows":[[],[{"id":"","note":"n","price":0,"counts":null,"name":"x"}]],"best":null,"any":{"name":"Bo"},"label":{"is":"l"}}`},
		{v1, `{"type":"shelf","books":[{"id":"7","price":1.5,"writer":{"name":"Ada"},"label":"<A> & B"}],` +
			`"rows":[[],[{"id":"","note":"n","price":0,"label":"x"}]],"best":null,"any":{"name":"Bo"},"label":{"is":"l"}}`},
	} {
		got, err := test.v.Encode(answer)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != test.want {
			t.Errorf("version %s: got\n%s\nwant\n%s", test.v.Name, got, test.want)
		}
	}
}

// plainJSON is what encoding/json writes when it does not escape HTML.
func plainJSON(t testing.TB, v any) string {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func TestAnEditThatDoesNothingLeavesTheBytesOfPlainEncoding(t *testing.T) {
	nothing := Edit{Object: func(*Object) {}}
	newest := &Version{Name: "2", Changes: []*Change{{Response: map[string][]Edit{"book": {nothing}, "writer": {nothing}, "shelf": {nothing}}}}}
	oldest := &Version{Name: "1"}
	serve(t, newest, oldest)
	b := sampleBook()
	for _, answer := range []any{
		shelf{}, &shelf{Books: []book{}, Best: &b, Any: []any{b, &b, nil, "<&>", 3}},
		[]book{b, {}}, []book(nil), (*book)(nil), b, &b, nil, "a & b", plain{"<p>\u2028</p>\xff"}, []plain{{"&"}},
		writer{"<i>Zoë</i>\n\"", -1},
	} {
		for _, v := range []*Version{newest, oldest} {
			got, err := v.Encode(answer)
			if err != nil {
				t.Fatal(err)
			}
			if want := plainJSON(t, answer); string(got) != want {
				t.Errorf("version %s of %#v:\n%s\nwant\n%s", v.Name, answer, got, want)
			}
		}
	}
}

func TestEncodeReportsWhatJSONCannotWrite(t *testing.T) {
	v3, v2, v1 := threeVersions()
	serve(t, v3, v2, v1)
	for _, v := range Versions {
		if _, err := v.Encode(shelf{Any: make(chan int)}); err == nil {
			t.Errorf("version %s wrote a channel", v.Name)
		}
	}
}

func TestTheNewestVersionCostsNoMoreThanPlainEncodingAsAnswersGrow(t *testing.T) {
	v3, v2, v1 := threeVersions()
	serve(t, v3, v2, v1)
	list := func(n int) []writer { return make([]writer, n) }
	var sink []byte
	allocations := func(n int) (versioned, unversioned float64) {
		answer := list(n)
		versioned = testing.AllocsPerRun(100, func() { sink, _ = v3.Encode(answer) })
		unversioned = testing.AllocsPerRun(100, func() {
			var b bytes.Buffer
			if appendJSON(&b, answer) == nil {
				sink = b.Bytes()
			}
		})
		return versioned, unversioned
	}
	small, plainSmall := allocations(1)
	large, plainLarge := allocations(1000)
	if grew, plainGrew := large-small, plainLarge-plainSmall; grew > plainGrew+1 {
		t.Errorf("from 1 to 1000 objects the newest version allocates %v more, plain encoding %v more", grew, plainGrew)
	}
	if small > plainSmall+4 {
		t.Errorf("one object takes %v allocations, plain encoding %v", small, plainSmall)
	}
	_ = sink
}

func TestForwardBringsARequestUpOneVersionAtATime(t *testing.T) {
	v3, v2, v1 := threeVersions()
	serve(t, v3, v2, v1)
	for _, test := range []struct {
		v          *Version
		body, want string
	}{
		{v1, `{"z":[1e3,{"b":1,"a":"<&>"}],"label":"x","n":12345678901234567890}`, `{"z":[1e3,{"b":1,"a":"<&>"}],"n":12345678901234567890,"title":"x"}`},
		{v2, `{"label":"x","name":null}`, `{"label":"x","title":null}`},
		{v3, ` {"label": "x"} `, ` {"label": "x"} `},
		{v1, `{}`, `{}`},
	} {
		got, err := test.v.Forward("book_request", []byte(test.body))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != test.want {
			t.Errorf("from version %s, %s becomes %s, want %s", test.v.Name, test.body, got, test.want)
		}
	}
}

func TestForwardLeavesABodyThatNoVersionChanged(t *testing.T) {
	v3, v2, v1 := threeVersions()
	serve(t, v3, v2, v1)
	body := []byte("not even JSON")
	got, err := v1.Forward("other_request", body)
	if err != nil || string(got) != string(body) {
		t.Errorf("got %q, %v; want the body as it was", got, err)
	}
}

func TestForwardRefusesWhatIsNoObject(t *testing.T) {
	v3, v2, v1 := threeVersions()
	serve(t, v3, v2, v1)
	for _, body := range []string{``, `{`, `{"label":`, `{"label":1} x`, `{"a":1}{"b":2}`, `{a:1}`, strings.Repeat(`{"a":`, 1<<20)} {
		var wrongType *json.UnmarshalTypeError
		if _, err := v1.Forward("book_request", []byte(body)); err == nil || errors.As(err, &wrongType) {
			t.Errorf("%.20q: error is %v, want one about the syntax", body, err)
		}
	}
	for _, body := range []string{`[]`, `null`, `"label"`, `7`, `true`} {
		var wrongType *json.UnmarshalTypeError
		if _, err := v1.Forward("book_request", []byte(body)); !errors.As(err, &wrongType) {
			t.Errorf("%s: error is %v, want one about the type", body, err)
		}
	}
}

func TestKindIsTheNameInSnakeCase(t *testing.T) {
	type ArticleListItem struct{}
	for want, v := range map[string]any{"article_list_item": ArticleListItem{}, "book": book{}, "label_text": labelText{}} {
		if got := Kind(reflect.TypeOf(v)); got != want {
			t.Errorf("Kind(%T) = %q, want %q", v, got, want)
		}
	}
}

// byLanguage is a Keyed value.
type byLanguage map[string]writer

func (m byLanguage) Entries() iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		for _, key := range slices.Sorted(maps.Keys(m)) {
			if !yield(key, m[key]) {
				return
			}
		}
	}
}

func (m byLanguage) Element() reflect.Type { return reflect.TypeFor[writer]() }

func TestEncodeLooksIntoKeyedValues(t *testing.T) {
	v3, v2, v1 := threeVersions()
	serve(t, v3, v2, v1)
	type page struct {
		Writers byLanguage `json:"writers"`
	}
	got, err := v2.Encode(page{byLanguage{"fr": {"Bo", 1}, "de": {"Ada", 2}}})
	if want := `{"writers":{"de":{"name":"Ada"},"fr":{"name":"Bo"}}}`; err != nil || string(got) != want {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
}

func TestInsertKeepsTheOrder(t *testing.T) {
	o := NewObject("a", 1, "c", 3)
	o.Insert("c", "b", 2)
	o.Insert("a", "c", 4)
	o.Insert("nowhere", "d", 5)
	if got, _ := o.MarshalJSON(); string(got) != `{"a":1,"b":2,"c":4,"d":5}` {
		t.Errorf("got %s", got)
	}
}
