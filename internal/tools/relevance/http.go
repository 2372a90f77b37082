package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"lectern"
)

// A client speaks to a server as any other does, at API version 2.14.
type client struct{ base, token string }

// do sends a request, waiting where there are too many, and decodes the answer.
func (c client) do(ctx context.Context, method, path string, body, out any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	for {
		r, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(text))
		if err != nil {
			return err
		}
		r.Header = http.Header{
			"Authorization": {"Bearer " + c.token}, "Intercom-Version": {"2.14"},
			"Content-Type": {"application/json"}, "Accept": {"application/json"},
		}
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			return err
		}
		got, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		switch {
		case err != nil:
			return err
		case answer.StatusCode == http.StatusTooManyRequests:
			select {
			case <-time.After(time.Second):
			case <-ctx.Done():
				return ctx.Err()
			}
		case answer.StatusCode/100 != 2:
			return fmt.Errorf("%s %s: status %d: %.300s", method, path, answer.StatusCode, got)
		default:
			return json.Unmarshal(got, out)
		}
	}
}

// content is what an article says in a language.
type content struct {
	Type        string `json:"type,omitempty"`
	Title       string `json:"title"`
	Description string `json:"description,omitempty"`
	Body        string `json:"body"`
	Author      int64  `json:"author_id"`
	State       string `json:"state"`
}

// maxTitle is how long a title may be in characters.
const maxTitle = 255

func contentOf(d document, author int64) content {
	title := []rune(d.Title)
	return content{"", string(title[:min(len(title), maxTitle)]), d.Description, d.Body, author, "published"}
}

// askServer loads the documents of a set into an empty server and asks the
// questions. Where documents are translations of each other, they are one
// article, which is as good an answer as the one in the question's language.
func askServer(ctx context.Context, c client, s *set) ([]answer, error) {
	key := func(d document) string { return d.ID }
	if s.translated() {
		key = func(d document) string { return d.Group }
	}
	ids, err := c.load(ctx, s, key)
	if err != nil {
		return nil, err
	}
	keys := map[string]string{} // of a document, by its ID
	for _, d := range s.documents {
		keys[d.ID] = key(d)
	}
	titles := map[lectern.Locale]map[string]bool{}
	for _, d := range s.documents {
		if titles[d.Locale] == nil {
			titles[d.Locale] = map[string]bool{}
		}
		titles[d.Locale][strings.Join(strings.Fields(contentOf(d, 0).Title), " ")] = true
	}
	names := map[string]string{} // the key of an article, by its ID
	for k, id := range ids {
		names[id] = k
	}
	for _, q := range s.questions[:min(len(s.questions), 20)] { // the first requests open connections and caches
		if _, err := c.search(ctx, q.Text); err != nil {
			return nil, err
		}
	}
	var answers []answer
	for _, q := range s.questions {
		grades := map[string]float64{}
		for d, g := range s.grades[q.ID] {
			if k, ok := keys[d]; ok {
				grades[k] = max(grades[k], g)
			}
		}
		start := time.Now()
		found, err := c.search(ctx, q.Text)
		if err != nil {
			return nil, err
		}
		took := time.Since(start)
		for i, id := range found {
			found[i] = names[id]
		}
		a := judge(q, found, grades, took)
		if s.translated() {
			if a.Foreign, err = c.foreignTitles(ctx, q, titles[q.Locale]); err != nil {
				return nil, err
			}
		}
		answers = append(answers, a)
	}
	return answers, nil
}

// foreignTitles counts the titles shown to a question that no document in its
// language has.
func (c client) foreignTitles(ctx context.Context, q question, titles map[string]bool) (int, error) {
	var page struct {
		Data struct {
			Highlights []struct {
				Title []struct{ Text string } `json:"highlighted_title"`
			}
		}
	}
	err := c.do(ctx, "GET", "/articles/search?"+url.Values{"phrase": {q.Text}, "state": {"all"}, "highlight": {"true"}}.Encode(), nil, &page)
	foreign := 0
	for _, h := range page.Data.Highlights {
		title := ""
		for _, run := range h.Title {
			title += run.Text
		}
		if !titles[strings.Join(strings.Fields(title), " ")] {
			foreign++
		}
	}
	return foreign, err
}

// load creates an article for all documents of a key and returns their IDs. One
// after another: the newest goes first where scores tie, which is to be the same
// one in every run.
func (c client) load(ctx context.Context, s *set, key func(document) string) (map[string]string, error) {
	var admins struct{ Admins []struct{ ID string } }
	if err := c.do(ctx, "GET", "/admins", nil, &admins); err != nil {
		return nil, err
	}
	if len(admins.Admins) == 0 {
		return nil, fmt.Errorf("the server has no admin to write articles")
	}
	author, err := strconv.ParseInt(admins.Admins[0].ID, 10, 64)
	if err != nil {
		return nil, err
	}
	var order []string
	groups := map[string][]document{}
	for _, d := range s.documents {
		k := key(d)
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], d)
	}
	ids := map[string]string{}
	for _, k := range order {
		var a struct{ ID string }
		if err := c.do(ctx, "POST", "/articles", article(groups[k], author), &a); err != nil {
			return nil, err
		}
		ids[k] = a.ID
	}
	return ids, nil
}

// article is the request that creates an article of documents. The first in
// English, if there is one, is the original.
func article(documents []document, author int64) any {
	original := 0
	for i, d := range documents {
		if d.Locale == "en" {
			original = i
			break
		}
	}
	translations := map[lectern.Locale]any{}
	for i, d := range documents {
		if i != original {
			text := contentOf(d, author)
			text.Type = "article_content"
			translations[d.Locale] = text
		}
	}
	return struct {
		content
		Translations map[lectern.Locale]any `json:"translated_content,omitempty"`
	}{contentOf(documents[original], author), translations}
}

// search returns the IDs of the first ten articles found.
func (c client) search(ctx context.Context, phrase string) ([]string, error) {
	var page struct {
		Data struct{ Articles []struct{ ID string } }
	}
	err := c.do(ctx, "GET", "/articles/search?"+url.Values{"phrase": {phrase}, "state": {"all"}}.Encode(), nil, &page)
	var ids []string
	for _, a := range page.Data.Articles {
		ids = append(ids, a.ID)
	}
	return ids, err
}
