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

// at returns a value inside JSON as text: path names the keys and numbers of
// items on the way; "#" is how many items a list has.
func at(v any, path string) string {
	for step := range strings.SplitSeq(path, ".") {
		switch now := v.(type) {
		case map[string]any:
			inner, ok := now[step]
			if !ok {
				return absent
			}
			v = inner
		case []any:
			i, err := strconv.Atoi(step)
			switch {
			case step == "#":
				return strconv.Itoa(len(now))
			case err != nil || i < 0 || i >= len(now):
				return absent
			}
			v = now[i]
		default:
			return absent
		}
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
