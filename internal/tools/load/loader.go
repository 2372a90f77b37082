package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"golang.org/x/sync/errgroup"

	"lectern"
)

// maxRequest is how large a request may become: the API takes 1 MiB of JSON,
// and a part of it is kept for the fields around the texts.
const maxRequest = 1<<20 - 16<<10

// A loader brings items to the server.
type loader struct {
	api         *client
	state       *state
	author      int64
	locale      lectern.Locale // default locale of the help center
	workers     int
	collections map[string]int64 // by name
	report      *report
}

// A request is the body of POST and PUT /articles.
type request struct {
	Title      string               `json:"title,omitempty"`
	Body       string               `json:"body,omitempty"`
	AuthorID   int64                `json:"author_id,omitempty"`
	State      lectern.State        `json:"state,omitempty"`
	ParentID   int64                `json:"parent_id,omitempty"`
	ParentType string               `json:"parent_type,omitempty"`
	Translated map[string]localText `json:"translated_content,omitempty"`
}

// A localText is the body's part for one locale.
type localText struct {
	Title    string        `json:"title"`
	Body     string        `json:"body"`
	AuthorID int64         `json:"author_id"`
	State    lectern.State `json:"state"`
}

// each calls f for every item, several at a time. An error of f counts against
// its item and the others go on, unless it says that none can succeed.
func (l *loader) each(ctx context.Context, files []string, p *progress, f func(context.Context, item) error) error {
	g, running := errgroup.WithContext(ctx)
	g.SetLimit(l.workers)
	for it, err := range readCorpus(files) {
		if err != nil {
			return errors.Join(err, g.Wait())
		}
		if running.Err() != nil {
			break
		}
		g.Go(func() error {
			defer p.step()
			err := f(running, it)
			if err == nil {
				return nil
			}
			err = fmt.Errorf("%s: %w", it.id, err)
			var r *refusal
			if running.Err() != nil || errors.As(err, &r) && (r.status == http.StatusUnauthorized || r.status == http.StatusForbidden) {
				return err
			}
			l.report.fail(err)
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// load brings every item to the server that is not there yet.
func (l *loader) load(ctx context.Context, files []string, p *progress) error {
	return l.each(ctx, files, p, l.loadItem)
}

func (l *loader) loadItem(ctx context.Context, it item) error {
	was := l.state.of(it.id)
	if was.done {
		l.report.skip()
		return nil
	}
	requests, err := l.requests(it)
	if err != nil {
		return err
	}
	rest, id := requests, was.article
	if id == "" {
		if id, err = l.create(ctx, it.id, requests[0], was.sent); err != nil {
			return err
		}
		rest = requests[1:]
	}
	for _, r := range rest {
		body, err := encode(r)
		if err != nil {
			return err
		}
		if err := l.api.do(ctx, http.MethodPut, "/articles/"+id, body, &article{}); err != nil {
			return fmt.Errorf("update article %s: %w", id, err)
		}
		l.report.sent(len(body))
	}
	l.report.load(it)
	return l.state.done(it.id)
}

// create makes the article, or finds the one that a request without an answer
// made; before says that there was one in an earlier run. It returns the ID.
func (l *loader) create(ctx context.Context, item string, r request, before bool) (string, error) {
	body, err := encode(r)
	if err != nil {
		return "", err
	}
	pause := l.api.pause
	for try := 1; ; try++ {
		if before {
			if id, err := l.find(ctx, item, r); err != nil || id != "" {
				return id, err
			}
		}
		if err := l.state.sent(item); err != nil {
			return "", err
		}
		var made article
		err := l.api.do(ctx, http.MethodPost, "/articles", body, &made)
		if err == nil {
			ours, err := l.state.claim(item, made.ID)
			if err != nil || ours {
				l.report.sent(len(body))
				return made.ID, err
			}
			before = false // another worker took ours for its own lost one
			continue
		}
		if !uncertain(err) || ctx.Err() != nil || try == attempts {
			return "", fmt.Errorf("create: %w", err)
		}
		before = true
		if err := sleep(ctx, pause); err != nil {
			return "", err
		}
		pause *= 2
	}
}

// find looks for an article with the title and the collection of r that holds
// no other item, and gives it to this one. Without one it returns "".
func (l *loader) find(ctx context.Context, item string, r request) (string, error) {
	hits, err := l.api.search(ctx, r.Title, 250)
	if err != nil {
		return "", fmt.Errorf("look for a lost article: %w", err)
	}
	for _, h := range hits {
		if h.Title != r.Title || h.ParentID != r.ParentID {
			continue
		}
		if ours, err := l.state.claim(item, h.ID); err != nil || ours {
			return h.ID, err
		}
	}
	return "", nil
}

// requests cuts an item into the bodies of one POST and as many PUTs as it
// takes. The first holds the default locale. A corpus that has no text in it
// gets an unpublished one of the same title there, since every article needs
// a title.
func (l *loader) requests(it item) ([]request, error) {
	first := request{AuthorID: l.author, State: lectern.Draft, ParentID: l.collections[it.collection], ParentType: "collection"}
	locales := slices.Sorted(maps.Keys(it.texts))
	if len(locales) == 0 {
		return nil, errors.New("the item has no text")
	}
	first.Title = title(it.texts[locales[0]])
	if t, ok := it.texts[l.locale]; ok {
		body, err := t.html()
		if err != nil {
			return nil, err
		}
		first.Title, first.Body, first.State = title(t), body, lectern.Published
	}
	list, size := []request{first}, len(first.Body)
	for _, locale := range locales {
		if locale == l.locale {
			continue
		}
		body, err := it.texts[locale].html()
		if err != nil {
			return nil, err
		}
		t := localText{Title: title(it.texts[locale]), Body: body, AuthorID: l.author, State: lectern.Published}
		data, err := encode(t)
		if err != nil {
			return nil, err
		}
		if size += len(data) + 16; size > maxRequest {
			list, size = append(list, request{}), len(data)
		}
		last := &list[len(list)-1]
		if last.Translated == nil {
			last.Translated = map[string]localText{}
		}
		last.Translated[string(locale)] = t
	}
	return list, nil
}

// title is the text's title as it is sent: no longer than the API takes.
func title(t text) string {
	r := []rune(cmp.Or(t.title, "(untitled)"))
	return string(r[:min(len(r), lectern.MaxTitle)])
}
