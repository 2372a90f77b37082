package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// attempts is how often a request is sent before its failure counts.
const attempts = 8

// A client speaks the few operations a load needs, at API version 2.15. It
// waits out rate limits and repeats what may be repeated.
type client struct {
	base  string
	token string
	http  *http.Client
	pause time.Duration // before the first repetition; doubles each time
}

func newClient(base, token string) *client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 64
	return &client{
		base: base, token: token, pause: 200 * time.Millisecond,
		http: &http.Client{Timeout: time.Minute, Transport: transport},
	}
}

// A refusal is an answer other than 2xx.
type refusal struct {
	status int
	reset  time.Time // of the rate limit; zero if the answer named none
	body   string
}

func (r *refusal) Error() string { return fmt.Sprintf("status %d: %s", r.status, r.body) }

// uncertain reports whether a request that failed with err may have been
// carried out all the same: there was no answer, or one of a faulty server.
func uncertain(err error) bool {
	var r *refusal
	return !errors.As(err, &r) || r.status >= 500 && r.status != http.StatusNotImplemented
}

// do sends a request and decodes the answer into out. After 429 it waits and
// repeats any request; after an uncertain failure only one that may be
// repeated, which POST may not.
func (c *client) do(ctx context.Context, method, path string, body []byte, out any) error {
	pause := c.pause
	for try := 1; ; try++ {
		err := c.once(ctx, method, path, body, out)
		if err == nil || ctx.Err() != nil || try == attempts {
			return err
		}
		var r *refusal
		limited := errors.As(err, &r) && r.status == http.StatusTooManyRequests
		wait := pause
		switch {
		case limited && !r.reset.IsZero():
			wait = min(max(time.Until(r.reset), c.pause), time.Minute)
		case limited:
		case method == http.MethodPost || !uncertain(err):
			return err
		}
		pause *= 2
		if err := sleep(ctx, wait); err != nil {
			return err
		}
	}
}

// sleep waits, or returns why ctx ended.
func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// once sends a request one time.
func (c *client) once(ctx context.Context, method, path string, body []byte, out any) error {
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Intercom-Version", "2.15")
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode/100 != 2 {
		r := &refusal{status: resp.StatusCode, body: string(data[:min(len(data), 500)])}
		if at, err := strconv.ParseInt(resp.Header.Get("X-RateLimit-Reset"), 10, 64); err == nil {
			r.reset = time.Unix(at, 0)
		}
		return r
	}
	if err := json.Unmarshal(data, out); err != nil {
		return fmt.Errorf("decode the answer to %s %s: %w", method, path, err)
	}
	return nil
}

// encode writes JSON without escaping the signs of HTML, which would swell bodies.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// A teammate is what GET /me says of the token's owner.
type teammate struct {
	ID  int64 `json:"id,string"`
	App struct {
		IDCode string `json:"id_code"`
	} `json:"app"`
}

func (c *client) me(ctx context.Context) (*teammate, error) {
	var t teammate
	return &t, c.do(ctx, http.MethodGet, "/me", nil, &t)
}

// An article is what the load reads of an article.
type article struct {
	ID         string          `json:"id"`
	ParentID   int64           `json:"parent_id"`
	Title      string          `json:"title"`
	Body       string          `json:"body"`
	Translated json.RawMessage `json:"translated_content"` // see contents
}

// A content is an article in one locale.
type content struct {
	Title string `json:"title"`
	Body  string `json:"body"`
}

// contents decodes the translations, which a page of search results has many
// megabytes of that nobody looks at.
func (a *article) contents() (map[string]content, error) {
	all := map[string]content{}
	if len(a.Translated) == 0 {
		return all, nil
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(a.Translated, &raw); err != nil {
		return nil, fmt.Errorf("decode the translations of article %s: %w", a.ID, err)
	}
	delete(raw, "type")
	for locale, data := range raw {
		var c content
		if err := json.Unmarshal(data, &c); err != nil {
			return nil, fmt.Errorf("decode the %s text of article %s: %w", locale, a.ID, err)
		}
		all[locale] = c
	}
	return all, nil
}

func (c *client) article(ctx context.Context, id string) (*article, error) {
	var a article
	return &a, c.do(ctx, http.MethodGet, "/articles/"+url.PathEscape(id), nil, &a)
}

// search returns the first perPage articles that answer phrase.
func (c *client) search(ctx context.Context, phrase string, perPage int) ([]article, error) {
	var answer struct {
		Data struct {
			Articles []article `json:"articles"`
		} `json:"data"`
	}
	q := url.Values{"phrase": {phrase}, "state": {"all"}, "per_page": {strconv.Itoa(perPage)}}
	err := c.do(ctx, http.MethodGet, "/articles/search?"+q.Encode(), nil, &answer)
	return answer.Data.Articles, err
}

// ensureCollections returns the ID of each named top-level collection. Those
// that exist are taken, so a load may be repeated; the others are created.
func (c *client) ensureCollections(ctx context.Context, names []string) (map[string]int64, error) {
	ids, err := c.collections(ctx)
	if err != nil {
		return nil, fmt.Errorf("list the collections: %w", err)
	}
	for _, name := range names {
		if _, ok := ids[name]; ok {
			continue
		}
		body, err := encode(map[string]string{"name": name})
		if err != nil {
			return nil, err
		}
		var made collection
		if err := c.do(ctx, http.MethodPost, "/help_center/collections", body, &made); err != nil {
			return nil, fmt.Errorf("create collection %q: %w", name, err)
		}
		ids[name] = made.ID
	}
	return ids, nil
}

type collection struct {
	ID       int64   `json:"id,string"`
	Name     string  `json:"name"`
	ParentID *string `json:"parent_id"`
}

// collections returns the top-level collections by name.
func (c *client) collections(ctx context.Context) (map[string]int64, error) {
	ids := map[string]int64{}
	for page := 1; ; page++ {
		var list struct {
			Data []collection `json:"data"`
		}
		path := fmt.Sprintf("/help_center/collections?per_page=250&page=%d", page)
		if err := c.do(ctx, http.MethodGet, path, nil, &list); err != nil {
			return nil, err
		}
		if len(list.Data) == 0 {
			return ids, nil
		}
		for _, x := range list.Data {
			if x.ParentID == nil {
				ids[x.Name] = x.ID
			}
		}
	}
}
