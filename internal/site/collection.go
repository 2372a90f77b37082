package site

import (
	"net/http"
	"strconv"

	"lectern"
)

// A collection page lists what is in a collection: a band for each collection
// inside it, and in a band a branch for each one inside that.
type collectionPage struct {
	frame
	Crumbs      []crumb
	Name, About string
	Lang        string // of name and description, if another than the page's
	Icon        string
	Count       int
	Avatars     []avatar
	By          string // "19 articles by Maya and Leila"
	Bands       []band
	Plain       *plainTopic // instead of bands, where nothing is inside it but articles
}

// A band lists the articles of one collection.
type band struct {
	ID, Name, Description, Lang string
	Count                       int
	Rows                        []row
	Branches                    []band
}

// Long reports whether a band holds too many articles to tell what each is about.
func (b band) Long() bool { return len(b.Rows) > fewArticles }

// collectionPage answers GET /{locale}/collections/{…}.
func (s *Site) collectionPage(c *call) (*answer, error) {
	id, ok := leadingID(c.step)
	if !ok {
		return s.gone(c)
	}
	topic, err := s.store.CollectionPage(c.Context(), c.visit(), lectern.CollectionID(id))
	if err != nil {
		return s.orGone(c, err)
	}
	at := c.collectionURL(topic.ID, topic.Name)
	if a, err := s.elsewhereThan(c, at, topic.Locale == c.locale); a != nil || err != nil {
		return a, err
	}
	p := collectionPage{
		frame: s.frame(c, topic.Name), Name: topic.Name, About: topic.Description, Lang: otherLang(c, topic.Locale),
		Icon: iconOf(topic.Icon), Count: topic.Articles, Avatars: c.avatarsOf(topic.Writers, 28), By: by(c, topic.OpenCollection),
	}
	p.Description = topic.Description
	p.setPlace(c, topic.Names, topic.Locale, func(l lectern.Locale, name string) string {
		return c.in(l).collectionURL(topic.ID, name)
	}, topic.Name)
	p.Crumbs = append(crumbs(c, topic.Path), crumb{Text: topic.Name, Lang: p.Lang})
	switch {
	case len(topic.Rows) > 0 && len(topic.Children) == 0:
		if p.Plain, err = s.plainTopic(c, topic, at); err != nil {
			return nil, err
		}
	case len(topic.Rows) > 0:
		own := band{ID: "own", Name: p.T("collection.own"), Count: len(topic.Rows), Rows: rowsOf(c, topic.Rows, true)}
		p.Bands = append(p.Bands, own)
	}
	for _, x := range topic.Children {
		b := bandOf(c, x)
		for _, y := range x.Children {
			b.Branches = append(b.Branches, bandOf(c, y))
		}
		p.Bands = append(p.Bands, b)
	}
	if err := p.tellCollection(c, topic); err != nil {
		return nil, err
	}
	a, err := s.render(http.StatusOK, "collection.html", &p)
	if err == nil {
		a.links, a.vary, a.keep = markdownLinks(&p.frame), "Accept", keepLong
		if chosenOrder(c.Request) == orderRead {
			a.keep = keepShort
		}
	}
	return a, err
}

func bandOf(c *call, x *lectern.OpenCollection) band {
	return band{
		ID: "c" + strconv.FormatInt(int64(x.ID), 10), Name: x.Name, Description: x.Description, Lang: otherLang(c, x.Locale),
		Count: x.Articles, Rows: rowsOf(c, x.Rows, true),
	}
}

// by says how many articles a collection has and who wrote them.
func by(c *call, x *lectern.OpenCollection) string {
	var names []string
	for _, w := range x.Writers {
		names = append(names, w.Name)
	}
	if more := x.WriterCount - len(names); more > 0 && len(names) > 0 {
		names = append(names, c.words.N("collection.others", more))
	}
	if len(names) == 0 {
		return c.words.N("articles", x.Articles)
	}
	return c.words.N("collection.by", x.Articles, "names", c.words.List(names...))
}
