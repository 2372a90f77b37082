package site

import (
	"fmt"
	"iter"

	"lectern"
)

// What the help center says to programs rather than people stands in the files
// machine_*.go: the site map and robots.txt for search engines, feeds, every
// article as Markdown, llms.txt, and what the head of a page says to whoever
// shows a link to it. It holds what every visitor may see and is read from the
// store in pages, so that its size does not matter.

// Media types of machine-readable answers.
const (
	xmlKind      = "application/xml; charset=utf-8"
	atomKind     = "application/atom+xml; charset=utf-8"
	markdownKind = "text/markdown; charset=utf-8"
	textKind     = "text/plain; charset=utf-8"
)

// How many texts are read at a time.
const (
	textsAtOnce  = lectern.MaxReaderRows
	bodiesAtOnce = 50
)

// workers bounds how many large answers are made at once: a card or a part of a
// site map takes a good part of a second of a processor and up to 30 MB.
var workers = make(chan struct{}, 2)

// atWork waits for its turn to make a large answer. It returns an error if the
// client goes first.
func atWork(c *call) (done func(), err error) {
	select {
	case workers <- struct{}{}:
		return func() { <-workers }, nil
	case <-c.Context().Done():
		return nil, c.Context().Err()
	}
}

// texts yields what every visitor may read, by article, then by locale.
func (s *Site) texts(c *call, q lectern.PublicQuery) iter.Seq2[lectern.PublicText, error] {
	return func(yield func(lectern.PublicText, error) bool) {
		for {
			page, err := s.store.PublicTexts(c.Context(), c.visit(), q)
			if err != nil {
				yield(lectern.PublicText{}, fmt.Errorf("read public texts: %w", err))
				return
			}
			for _, t := range page {
				if !yield(t, nil) {
					return
				}
			}
			if len(page) < q.Limit {
				return
			}
			q.After = page[len(page)-1].Key()
		}
	}
}

// articles yields the texts of one article after another, from the one after
// the given one on.
func (s *Site) articles(c *call, after lectern.ArticleID) iter.Seq2[[]lectern.PublicText, error] {
	return func(yield func([]lectern.PublicText, error) bool) {
		var one []lectern.PublicText
		for t, err := range s.texts(c, lectern.PublicQuery{After: afterArticle(after), Limit: textsAtOnce}) {
			if err != nil {
				yield(nil, err)
				return
			}
			if len(one) > 0 && one[0].Article != t.Article {
				if !yield(one, nil) {
					return
				}
				one = nil
			}
			one = append(one, t)
		}
		if len(one) > 0 {
			yield(one, nil)
		}
	}
}

// afterArticle is the place behind the last text of an article.
func afterArticle(id lectern.ArticleID) lectern.PublicKey {
	if id == 0 {
		return lectern.PublicKey{}
	}
	return lectern.PublicKey{Article: id + 1}
}
