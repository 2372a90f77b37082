package site

import (
	"fmt"
	"strings"

	"lectern"
	"lectern/internal/site/card"
	"lectern/internal/site/fan"
)

// homeCard answers GET /{locale}/card.png.
func (s *Site) homeCard(c *call) (*answer, error) { return s.card(c, "") }

// articleCard answers GET /{locale}/articles/{…}/card.png.
func (s *Site) articleCard(c *call) (*answer, error) {
	id, ok := leadingID(c.step)
	if !ok {
		return s.gone(c)
	}
	x, err := s.store.Page(c.Context(), c.visit(), lectern.ArticleID(id))
	if err != nil {
		return s.orGone(c, err)
	}
	if x.Fallback(c.visit()) {
		return s.gone(c)
	}
	return s.cardAt(c, c.articleURL(x.ID, x.Title), x.Title)
}

// collectionCard answers GET /{locale}/collections/{…}/card.png.
func (s *Site) collectionCard(c *call) (*answer, error) {
	id, ok := leadingID(c.step)
	if !ok {
		return s.gone(c)
	}
	topic, err := s.store.CollectionPage(c.Context(), c.visit(), lectern.CollectionID(id))
	if err != nil {
		return s.orGone(c, err)
	}
	if topic.Locale != c.locale {
		return s.gone(c)
	}
	return s.cardAt(c, c.collectionURL(topic.ID, topic.Name), topic.Name)
}

// cardAt draws the card of the page at a path, and leads there from any other:
// so there are no more cards than pages.
func (s *Site) cardAt(c *call, at, title string) (*answer, error) {
	if at += "/card.png"; at != c.root+c.path {
		return redirect(301, escaped(c.canonical(strings.TrimPrefix(at, c.root)))), nil
	}
	return s.card(c, title)
}

// touchIcon answers GET /apple-touch-icon.png: the icon of the help center, or one
// of its letter or fan, as phones show it.
func (s *Site) touchIcon(c *call) (*answer, error) {
	t := card.Touch{Letter: initial(s.siteName(c)), Theme: c.center.colours, Seed: fan.Seed(int64(c.center.ID))}
	if name := c.center.theme.Favicon; name != "" {
		a, err := s.store.Asset(c.Context(), c.center.workspace, name)
		if unless(err, lectern.NotFound) != nil {
			return nil, fmt.Errorf("read the icon: %w", err)
		}
		if err == nil {
			t.Icon = a.Data
		}
	}
	done, err := atWork(c)
	if err != nil {
		return nil, err
	}
	defer done()
	picture, err := t.PNG()
	if err != nil {
		return nil, fmt.Errorf("draw a touch icon: %w", err)
	}
	return made("image/png", picture), nil
}

func (s *Site) card(c *call, title string) (*answer, error) {
	done, err := atWork(c)
	if err != nil {
		return nil, err
	}
	defer done()
	picture, err := card.Card{Title: title, Site: s.siteName(c), Theme: c.center.colours, Seed: fan.Seed(int64(c.center.ID))}.PNG()
	if err != nil {
		return nil, fmt.Errorf("draw a card: %w", err)
	}
	return made("image/png", picture), nil
}
