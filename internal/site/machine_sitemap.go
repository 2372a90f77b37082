package site

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	"lectern"
)

// A site map names at most 50,000 pages (sitemaps.org). With many languages its
// size ends it sooner, since each page names the others: 50 MB is allowed, but
// what fits into the kept answers is kinder to us and to crawlers. Tests make
// the limits smaller.
var (
	mapPages = 50_000
	mapBytes = 6 << 20
)

// A mapPage is a page in a site map, with the languages it is there in.
type mapPage struct {
	changed time.Time // zero if unknown
	at      []alternate
}

// siteMap answers GET /sitemap.xml: the map itself, or an index of its parts if
// it is too large for one. Part n begins behind an article, whose ID is in its
// address, so that each is made without the others.
func (s *Site) siteMap(c *call) (*answer, error) {
	done, err := atWork(c)
	if err != nil {
		return nil, err
	}
	defer done()
	body, next, err := s.mapPart(c, 0)
	if err != nil {
		return nil, err
	}
	if next == 0 {
		return made(xmlKind, body), nil
	}
	begins := []lectern.ArticleID{0, next}
	for next != 0 {
		if next, err = s.mapPartEnd(c, next); err != nil {
			return nil, err
		}
		if next != 0 {
			begins = append(begins, next)
		}
	}
	var b bytes.Buffer
	b.WriteString(xmlHead + `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	for _, id := range begins {
		fmt.Fprintf(&b, "<sitemap><loc>%s</loc></sitemap>\n", xmlText(escaped(c.canonical("/sitemap/"+strconv.FormatInt(int64(id), 10)+".xml"))))
	}
	b.WriteString("</sitemapindex>\n")
	return made(xmlKind, b.Bytes()), nil
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

// siteMapPart answers GET /sitemap/{…}: {id}.xml, the part behind an article.
func (s *Site) siteMapPart(c *call) (*answer, error) {
	digits, ok := strings.CutSuffix(c.step, ".xml")
	after, err := strconv.ParseUint(digits, 10, 62)
	if !ok || err != nil || digits != strconv.FormatUint(after, 10) {
		return s.gone(c)
	}
	done, err := atWork(c)
	if err != nil {
		return nil, err
	}
	defer done()
	body, _, err := s.mapPart(c, lectern.ArticleID(after))
	if err != nil {
		return nil, err
	}
	a := made(xmlKind, body)
	a.keep = 0 // there are as many addresses of parts as there are numbers
	return a, nil
}

// mapPart writes the part of the site map behind an article; the first one
// begins with the home pages and collections. It returns the article that the
// next part comes behind, zero for none.
func (s *Site) mapPart(c *call, after lectern.ArticleID) (body []byte, next lectern.ArticleID, err error) {
	var b bytes.Buffer
	b.WriteString(xmlHead + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">` + "\n")
	next, err = s.writeMap(c, after, b.Write)
	b.WriteString("</urlset>\n")
	return b.Bytes(), next, err
}

// mapPartEnd is mapPart without what is written.
func (s *Site) mapPartEnd(c *call, after lectern.ArticleID) (next lectern.ArticleID, err error) {
	return s.writeMap(c, after, func(p []byte) (int, error) { return len(p), nil })
}

func (s *Site) writeMap(c *call, after lectern.ArticleID, write func([]byte) (int, error)) (next lectern.ArticleID, err error) {
	pages, size := 0, 0
	var entry []byte
	if after == 0 {
		first, err := s.mapTopics(c)
		if err != nil {
			return 0, err
		}
		for _, p := range first {
			entry = p.append(entry[:0])
			write(entry)
			pages, size = pages+len(p.at), size+len(entry)
		}
	}
	last := after
	for texts, err := range s.articles(c, after) {
		if err != nil {
			return 0, err
		}
		p := articleMapPage(c, texts)
		entry = p.append(entry[:0])
		if last != after && (pages+len(p.at) > mapPages || size+len(entry) > mapBytes) {
			return last, nil
		}
		write(entry)
		pages, size, last = pages+len(p.at), size+len(entry), texts[0].Article
	}
	return 0, nil
}

// articleMapPage is the page of an article's texts.
func articleMapPage(c *call, texts []lectern.PublicText) mapPage {
	var p mapPage
	for _, t := range texts {
		p.at = append(p.at, alternate{string(t.Locale), c.articleAddress(t.Locale, t.Article, t.Title)})
		if t.UpdatedAt.After(p.changed) {
			p.changed = t.UpdatedAt
		}
	}
	p.addDefault(c.center.DefaultLocale)
	return p
}

// mapTopics are the home pages and the collections, each where it has a name of
// its own.
func (s *Site) mapTopics(c *call) ([]mapPage, error) {
	home := mapPage{}
	topics := map[lectern.CollectionID]*mapPage{}
	var order []*mapPage
	for _, l := range c.center.Locales {
		o, err := s.outline(c.in(l))
		if err != nil {
			return nil, err
		}
		home.at = append(home.at, alternate{string(l), c.homeAddress(l)})
		for x := range everyCollection(o.Collections) {
			if x.Locale != l {
				continue
			}
			p := topics[x.ID]
			if p == nil {
				p = &mapPage{changed: x.UpdatedAt}
				topics[x.ID], order = p, append(order, p)
			}
			p.at = append(p.at, alternate{string(l), c.collectionAddress(l, x.ID, x.Name)})
		}
	}
	pages := []mapPage{home}
	for _, p := range order {
		pages = append(pages, *p)
	}
	for i := range pages {
		pages[i].addDefault(c.center.DefaultLocale)
	}
	return pages, nil
}

// everyCollection yields collections and those inside them, from the top.
func everyCollection(list []*lectern.OpenCollection) func(yield func(*lectern.OpenCollection) bool) {
	var walk func([]*lectern.OpenCollection, func(*lectern.OpenCollection) bool) bool
	walk = func(list []*lectern.OpenCollection, yield func(*lectern.OpenCollection) bool) bool {
		for _, x := range list {
			if !yield(x) || !walk(x.Children, yield) {
				return false
			}
		}
		return true
	}
	return func(yield func(*lectern.OpenCollection) bool) { walk(list, yield) }
}

// addDefault says which language readers of any other are served in: the help
// center's own, where the page is there in it.
func (p *mapPage) addDefault(l lectern.Locale) {
	for _, a := range p.at {
		if a.Lang == string(l) {
			p.at = append(p.at, alternate{"x-default", a.URL})
			return
		}
	}
}

// append writes an entry for each language, and in each all of them.
func (p *mapPage) append(b []byte) []byte {
	var links []byte
	for _, a := range p.at {
		if len(p.at) > 2 || p.at[len(p.at)-1].Lang != "x-default" && len(p.at) > 1 {
			links = fmt.Appendf(links, "<xhtml:link rel=\"alternate\" hreflang=\"%s\" href=\"%s\"/>\n", a.Lang, xmlText(a.URL))
		}
	}
	for _, a := range p.at {
		if a.Lang == "x-default" {
			continue
		}
		b = fmt.Appendf(b, "<url><loc>%s</loc>", xmlText(a.URL))
		if !p.changed.IsZero() {
			b = fmt.Appendf(b, "<lastmod>%s</lastmod>", stamp(p.changed))
		}
		b = append(append(append(b, '\n'), links...), "</url>\n"...)
	}
	return b
}

// robots answers GET /robots.txt. Crawlers read it on a domain of the help
// center's own; elsewhere it tells people where the site map is. Pages of
// results have no end and are nothing to keep.
func (s *Site) robots(c *call) (*answer, error) {
	var b strings.Builder
	b.WriteString("User-agent: *\n")
	for _, l := range c.center.Locales {
		fmt.Fprintf(&b, "Disallow: %s/%s/search\n", c.root, l)
	}
	fmt.Fprintf(&b, "\nSitemap: %s\n", escaped(c.canonical("/sitemap.xml")))
	return made(textKind, []byte(b.String())), nil
}
