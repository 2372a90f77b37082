package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"lectern"
	"lectern/internal/apiversion"
	"lectern/internal/wire"
)

// MaxBody bounds a request's body, in bytes, unless Options say otherwise.
const MaxBody = 1 << 20

// maxDrained is how much more than that is read and thrown away. A client that
// sends all of its body before it reads an answer would else see its connection
// reset and not why.
const maxDrained = 32 << 20

// readAll reads the call's body, which holds at most maxBody bytes.
func (c *call) readAll() ([]byte, error) {
	large := func() error {
		return &failure{http.StatusRequestEntityTooLarge, "parameter_invalid", "The request body is larger than " + size(c.maxBody)}
	}
	if c.ContentLength > c.maxBody && strings.EqualFold(c.Header.Get("Expect"), "100-continue") {
		return nil, large() // the client waits to hear whether it may send it
	}
	body, err := io.ReadAll(io.LimitReader(c.Body, c.maxBody+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read body: %w", err)
	case int64(len(body)) > c.maxBody:
		if c.ContentLength <= c.maxBody+maxDrained {
			io.CopyN(io.Discard, c.Body, maxDrained)
		}
		return nil, large()
	}
	return body, nil
}

// size says a number of bytes in words: "1 MiB".
func size(n int64) string {
	switch {
	case n >= 1<<20 && n%(1<<20) == 0:
		return strconv.FormatInt(n>>20, 10) + " MiB"
	case n >= 1<<10 && n%(1<<10) == 0:
		return strconv.FormatInt(n>>10, 10) + " KiB"
	}
	return strconv.FormatInt(n, 10) + " bytes"
}

// decode reads the call's body, brought forward from the client's version,
// into the request that into points at.
func decode(c *call, into any) error {
	_, err := decoded(c, into)
	return err
}

// decoded is decode that returns the body, too.
func decoded(c *call, into any) ([]byte, error) {
	body, err := c.readAll()
	switch {
	case err != nil:
		return nil, err
	case len(bytes.TrimSpace(body)) == 0:
		body = []byte("{}")
	case !utf8.Valid(body) || !json.Valid(body):
		if !c.version.Has(&apiversion.MalformedJSONIsListed) {
			return nil, errMalformedOnce
		}
		return nil, errMalformed
	case loneSurrogate(body):
		return nil, lectern.Invalidf("", "The request body holds half of a surrogate pair, which is no character")
	}
	if body, err = c.version.Forward(apiversion.Kind(reflect.TypeOf(into).Elem()), body); err == nil {
		err = json.Unmarshal(body, into)
	}
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		if wrong.Field == "" {
			return nil, lectern.Invalidf("", "The request body must be a JSON object")
		}
		return nil, lectern.Invalidf(wrong.Field, "%s must be %s", wrong.Field, nameOf(wrong.Type))
	}
	return body, err
}

// isPutBack reports whether a body is an answer that a client changed and sends
// back: it holds the ID that requests have no use for.
func isPutBack(body []byte) bool {
	var answered struct {
		ID json.RawMessage `json:"id"`
	}
	return json.Unmarshal(body, &answered) == nil && answered.ID != nil
}

// nameOf says in words what a field of type t holds.
func nameOf(t reflect.Type) string {
	switch {
	case t == reflect.TypeFor[wire.ID]():
		return "an ID"
	case t == reflect.TypeFor[wire.Time]():
		return "an ISO 8601 timestamp"
	case t == reflect.TypeFor[wire.IDs]():
		return "an ID or a list of IDs"
	case t.Kind() == reflect.String:
		return "a string"
	case t.Kind() == reflect.Bool:
		return "true or false"
	case t.Kind() == reflect.Slice:
		return "a list"
	case t.Kind() == reflect.Int64:
		return "a whole number"
	}
	return "an object"
}

// complete returns Missing about the first field of a request that its shape
// calls required and that was left out or is null.
func complete(req any) error {
	v := reflect.ValueOf(req)
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if given, ok := v.Field(i).Interface().(interface{ Given() bool }); ok && f.Tag.Get("required") == "true" && !given.Given() {
			name := f.Tag.Get("json")
			return lectern.Missingf(name, "%s is a required parameter.", name)
		}
	}
	return nil
}

// loneSurrogate reports whether valid JSON holds the escape of a surrogate
// without its other half; encoding/json would replace it silently.
func loneSurrogate(body []byte) bool {
	high := false // the escape before this one was the first half of a pair
	for i := 0; i < len(body); i++ {
		if body[i] != '\\' {
			if high {
				return true
			}
			continue
		}
		i++ // valid JSON: a character follows
		var unit uint64
		if body[i] == 'u' {
			unit, _ = strconv.ParseUint(string(body[i+1:i+5]), 16, 32)
			i += 4
		}
		low := unit >= 0xDC00 && unit <= 0xDFFF
		if low != high {
			return true
		}
		high = unit >= 0xD800 && unit <= 0xDBFF
	}
	return false
}

// pathID returns the ID in the path. One that is no number names nothing.
func pathID[T ~int64](c *call) (T, error) { return pathIDCalled[T](c, "id") }

// pathIDCalled is pathID for a parameter of another name.
func pathIDCalled[T ~int64](c *call, name string) (T, error) {
	n, err := strconv.ParseInt(c.PathValue(name), 10, 64)
	if err != nil || n <= 0 {
		return 0, errNotFound
	}
	return T(n), nil
}

// queryID returns the ID that a query parameter holds, zero if it is not there.
func queryID[T ~int64](query url.Values, name string) (T, error) {
	text := query.Get(name)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n <= 0 {
		return 0, lectern.Invalidf(name, "%s must be an ID", name)
	}
	return T(n), nil
}

// maxPerPage is the most that a page may hold.
const maxPerPage = 250

// A page is what the query of a list asks for.
type page struct {
	number int // as sent; below 1 is the first
	per    int
}

// farthest is an offset past the end of every list, which a sum in 32 bits may
// still follow.
const farthest = 1 << 30

func (p page) offset() int {
	return int(min(int64(max(p.number, 1)-1)*int64(p.per), farthest))
}

// of is how many pages a list of total things has.
func (p page) of(total int) int { return (total + p.per - 1) / p.per }

// pageOf reads page and per_page. Like Intercom it takes what it cannot
// understand for the default, and refuses only a page that is too big.
func pageOf(query url.Values, perPage int) (page, error) {
	return pageUpTo(query, perPage, maxPerPage)
}

// pageUpTo is pageOf for a list whose pages hold at most most.
func pageUpTo(query url.Values, perPage, most int) (page, error) {
	p := page{number: 1, per: perPage}
	if n, ok := leadingInt(query.Get("page")); ok {
		p.number = n
	}
	if n, ok := leadingInt(query.Get("per_page")); ok && n > 0 {
		p.per = n
	}
	if p.per > most {
		return page{}, lectern.Invalidf("per_page", "Per Page is too big")
	}
	return p, nil
}

// pageFrom is pageOf for a list whose page is named in a body; nil was not.
func pageFrom(number, per *int64, perPage int) (page, error) {
	query := url.Values{}
	for name, n := range map[string]*int64{"page": number, "per_page": per} {
		if n != nil {
			query.Set(name, strconv.FormatInt(*n, 10))
		}
	}
	return pageOf(query, perPage)
}

// leadingInt reads the number that text begins with, bounded so that no sum of
// pages overflows.
func leadingInt(text string) (int, bool) {
	end := 0
	for end < len(text) && (text[end] >= '0' && text[end] <= '9' || end == 0 && text[0] == '-') {
		end++
	}
	n, err := strconv.Atoi(text[:end])
	if errors.Is(err, strconv.ErrRange) {
		n, err = math.MaxInt32, nil
	}
	return min(max(n, -1), math.MaxInt32), err == nil
}

// pages describes a page of a list of total things.
func (c *call) pages(p page, total int) wire.Pages {
	out := wire.Pages{Type: "pages", Page: p.number, PerPage: p.per, TotalPages: p.of(total)}
	if p.offset()+p.per < total {
		out.Next = new(c.pageURL(page{p.number + 1, p.per}))
	}
	return out
}

// pageURL is the address of a page of the list that is asked for. It repeats
// the other parameters of the query in their order.
func (c *call) pageURL(p page) string {
	var query []string
	for part := range strings.SplitSeq(c.URL.RawQuery, "&") {
		if name, _, _ := strings.Cut(part, "="); name != "" && name != "page" && name != "per_page" {
			query = append(query, part)
		}
	}
	query = append(query, "per_page="+strconv.Itoa(p.per), "page="+strconv.Itoa(p.number))
	return c.base + c.URL.EscapedPath() + "?" + strings.Join(query, "&")
}
