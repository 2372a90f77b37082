package fidelity

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// A client sends requests to one server.
type client struct {
	url, token string
	http       *http.Client
}

// An exchange is a request that was sent and what came back.
type exchange struct {
	method, path string
	status       int
	header       http.Header
	raw          []byte
	body         any  // raw as JSON, numbers as json.Number; nil if it is empty
	broken       bool // raw is neither empty nor JSON
}

func (x *exchange) String() string {
	raw := x.raw
	if len(raw) > 2000 {
		raw = append(raw[:2000:2000], " …"...)
	}
	return fmt.Sprintf("%s %s was answered %d:\n%s", x.method, x.path, x.status, raw)
}

// shown returns the answer as the error that it is.
func (x *exchange) shown() example {
	return example{x.status, at(x.body, "errors.0.code"), at(x.body, "errors.0.message")}
}

// send sends a request in one version of the API. Headers go before those that
// every request has; an empty one takes it away.
func (c *client) send(ctx context.Context, version, method, path, body string, header map[string]string) (*exchange, error) {
	r, err := http.NewRequestWithContext(ctx, method, c.url+path, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+c.token)
	r.Header.Set("Accept", "application/json")
	r.Header.Set("Intercom-Version", version)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for key, value := range header {
		if r.Header.Set(key, value); value == "" {
			r.Header.Del(key)
		}
	}
	answer, err := c.http.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, fmt.Errorf("read the answer to %s %s: %w", method, path, err)
	}
	x := &exchange{method: method, path: path, status: answer.StatusCode, header: answer.Header, raw: raw}
	if len(raw) > 0 {
		d := json.NewDecoder(bytes.NewReader(raw))
		d.UseNumber()
		x.broken = d.Decode(&x.body) != nil
	}
	return x, nil
}

// value returns a value of the answer as text, as at does; a path that ends in
// "{}" returns the keys of an object in their order, which at cannot know.
func (x *exchange) value(path string) string {
	if path == "{}" {
		return keysOf(x.raw, "")
	}
	if to, ok := strings.CutSuffix(path, ".{}"); ok {
		return keysOf(x.raw, to)
	}
	return at(x.body, path)
}

// keysOf returns the keys, in their order, of the object that a path leads to
// inside JSON.
func keysOf(raw json.RawMessage, path string) string {
	for step := range strings.SplitSeq(path, ".") {
		if step == "" {
			break
		}
		var object map[string]json.RawMessage
		var list []json.RawMessage
		switch i, err := strconv.Atoi(step); {
		case json.Unmarshal(raw, &object) == nil:
			raw = object[step]
		case json.Unmarshal(raw, &list) == nil && err == nil && i < len(list):
			raw = list[i]
		default:
			return absent
		}
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return absent
	}
	var keys []string
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return absent
		}
		keys = append(keys, fmt.Sprint(key))
		var skipped json.RawMessage
		if d.Decode(&skipped) != nil {
			return absent
		}
	}
	return strings.Join(keys, " ")
}

// at returns a value inside JSON as text: path names the keys and numbers of
// items on the way; "#" is how many items a list has, and "*" stands for each of
// them, whose values come with spaces between.
func at(v any, path string) string {
	if list, rest, ok := strings.Cut(path, ".*."); ok {
		items, _ := inside(v, list)
		var all []string
		for i := range count(items) {
			all = append(all, at(items, strconv.Itoa(i)+"."+rest))
		}
		return strings.Join(all, " ")
	}
	v, ok := inside(v, path)
	if !ok {
		return absent
	}
	switch v := v.(type) {
	case nil:
		return "<nil>"
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case json.Number:
		return v.String()
	}
	raw, _ := json.Marshal(v)
	return string(raw)
}

func count(v any) int {
	list, _ := v.([]any)
	return len(list)
}

// inside returns the value inside JSON that a path leads to.
func inside(v any, path string) (any, bool) {
	for step := range strings.SplitSeq(path, ".") {
		switch now := v.(type) {
		case map[string]any:
			inner, ok := now[step]
			if !ok {
				return nil, false
			}
			v = inner
		case []any:
			i, err := strconv.Atoi(step)
			switch {
			case step == "#":
				return json.Number(strconv.Itoa(len(now))), true
			case err != nil || i < 0 || i >= len(now):
				return nil, false
			}
			v = now[i]
		default:
			return nil, false
		}
	}
	return v, true
}
