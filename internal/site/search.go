package site

import (
	"cmp"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern"
	"lectern/internal/richtext"
	"lectern/internal/search"
)

// A search page shows what answers a phrase.
type searchPage struct {
	frame
	Sum       template.HTML
	Topics    []facet
	Results   []result
	Pages     *pager
	Fixed     *fixed        // that the results are for a corrected phrase
	Maybe     template.HTML // what the reader may have meant; empty for nothing
	Elsewhere []link        // to what other languages have, where this one has nothing
	Onward    *onward       // where else to go; nil where there are results
	Write     template.HTML // how to reach a person; empty for nobody
}

// A facet is a topic with how many results are in it.
type facet struct {
	URL, Name string
	Lang      string // of the name, if another than the page's
	Count     int
	Current   bool
}

// A result is an article that was found.
type result struct {
	URL            string
	Path           template.HTML // "International and customs / Customs paperwork"
	Title, Snippet template.HTML
	Lang           string
	Avatar         avatar
	Byline         string
}

// A pager leads to the results before and after.
type pager struct {
	Range          string
	Previous, Next string
}

const (
	maxQuery    = 200 // characters of a phrase that are searched for
	resultsPage = 10  // results a page
	maxResults  = 100 // that are shown in all: the best ones
)

// A question is what a reader searches for.
type question struct {
	phrase string
	topic  lectern.CollectionID // at the top level; zero for any
	page   int                  // from 1
	exact  bool                 // as typed: the phrase is not corrected
}

// questionOf reads a question from an address. What makes no sense is left out.
func questionOf(r *http.Request) question {
	v := r.URL.Query()
	q := question{phrase: strings.Join(strings.Fields(strings.ToValidUTF8(v.Get("q"), "")), " "), page: 1}
	if long := []rune(q.phrase); len(long) > maxQuery {
		q.phrase = string(long[:maxQuery])
	}
	if id, err := strconv.ParseUint(v.Get("topic"), 10, 63); err == nil {
		q.topic = lectern.CollectionID(id)
	}
	if n, err := strconv.Atoi(v.Get("page")); err == nil {
		q.page = min(max(n, 1), maxResults/resultsPage)
	}
	q.exact = v.Get("exact") == "1"
	return q
}

// url is the address of a question's page.
func (q question) url(home string) string {
	v := url.Values{}
	v.Set("q", q.phrase)
	if q.topic != 0 {
		v.Set("topic", strconv.FormatInt(int64(q.topic), 10))
	}
	if q.page > 1 {
		v.Set("page", strconv.Itoa(q.page))
	}
	if q.exact {
		v.Set("exact", "1")
	}
	return home + "/search?" + v.Encode()
}

// searchPage answers GET /{locale}/search.
func (s *Site) searchPage(c *call) (*answer, error) {
	q := questionOf(c.Request)
	title := c.words.T("search.title")
	if q.phrase != "" {
		title = c.words.T("search.page", "query", q.phrase)
	}
	p := &searchPage{frame: s.frame(c, title)}
	p.Field, p.Hidden, p.Query = false, true, q.phrase
	p.Languages = languages(c, nil, "", func(l lectern.Locale) string { return q.url(c.root + "/" + string(l)) })
	if q.phrase == "" {
		p.Languages = languages(c, nil, "", func(l lectern.Locale) string { return c.root + "/" + string(l) + "/search" })
		p.Back = p.Home + "/search"
	} else {
		p.Back = q.url(p.Home)
		if err := s.find(c, q, p); err != nil {
			return nil, err
		}
		if err := s.countSearch(c, q, len(p.Results) > 0); err != nil {
			return nil, err
		}
		if len(p.Results) == 0 && search.ParseQuery(c.locale, q.phrase, search.Options{}).Little() {
			p.Query = "" // nothing was asked
		}
	}
	if len(p.Results) == 0 {
		var err error
		if p.Onward, err = s.onward(c); err != nil {
			return nil, err
		}
		if k := p.Contact; k != nil {
			p.Write = p.Rich("search.contact", "link", openLink(k.URL), "end", html("</a>"))
		}
	}
	return s.render(http.StatusOK, "search.html", p)
}

// find fills a page with what answers q, or what q probably meant.
func (s *Site) find(c *call, q question, p *searchPage) error {
	all, err := s.answersTo(c, q)
	if err == nil && len(all) == 0 && q.exact {
		err = s.suggestCorrection(c, q, p)
	}
	if err == nil && (len(all) == 0 || all[0].hit.Partly) {
		p.Elsewhere, err = s.findElsewhere(c, q)
	}
	if err != nil || len(all) == 0 {
		return err
	}
	phrase := cmp.Or(all[0].hit.Meant, q.phrase)
	if phrase != q.phrase {
		p.Fixed = fixedTo(p, q, phrase)
	}
	p.Topics = facets(c, q, all)
	some := slices.DeleteFunc(slices.Clone(all), func(f foundArticle) bool { return q.topic != 0 && f.topic() != q.topic })
	if len(some) == 0 { // a topic of another search
		q.topic, some = 0, all
		p.Topics = facets(c, q, all)
	}
	p.Sum = sumOf(c, phrase, some)
	from := min((q.page-1)*resultsPage, (len(some)-1)/resultsPage*resultsPage)
	to := min(from+resultsPage, len(some))
	if p.Results, err = s.results(c, phrase, some[from:to]); err != nil {
		return err
	}
	if len(some) > resultsPage {
		p.Pages = pagerOf(c, q, from, to, len(some))
	}
	return nil
}

// answersTo finds the articles that answer a question, or what it probably
// meant.
func (s *Site) answersTo(c *call, q question) ([]foundArticle, error) {
	hits, _, err := s.store.SearchArticles(c.Context(), c.center.workspace, lectern.SearchQuery{
		Phrase: q.phrase, HelpCenter: c.center.ID, Locale: c.locale, Locales: c.shownLocales(),
		Public: true, Answered: true, AsTyped: q.exact, Limit: maxResults, Bare: true,
	})
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return s.found(c, hits)
}

// shownLocales are those of the texts that a page in the call's language shows.
func (c *call) shownLocales() []lectern.Locale {
	return slices.Compact([]lectern.Locale{c.locale, c.center.DefaultLocale})
}

// A foundArticle is a hit with how it stands in a list.
type foundArticle struct {
	lectern.ArticleRow
	hit lectern.Hit
}

// topic is the collection at the top level that an article is in.
func (f foundArticle) topic() lectern.CollectionID {
	if len(f.Path) == 0 {
		return 0
	}
	return f.Path[0].ID
}

// found are the hits that the visitor may see, in their order.
func (s *Site) found(c *call, hits []lectern.Hit) ([]foundArticle, error) {
	ids := make([]lectern.ArticleID, len(hits))
	by := map[lectern.ArticleID]lectern.Hit{}
	for i, h := range hits {
		ids[i], by[h.Article.ID] = h.Article.ID, h
	}
	rows, err := s.store.Rows(c.Context(), c.visit(), ids)
	if err != nil {
		return nil, fmt.Errorf("read what was found: %w", err)
	}
	var list []foundArticle
	for _, r := range rows {
		list = append(list, foundArticle{r, by[r.ID]})
	}
	return list, nil
}

// facets count the results by topic, the most first.
func facets(c *call, q question, all []foundArticle) []facet {
	count, name := map[lectern.CollectionID]int{}, map[lectern.CollectionID]lectern.Step{}
	var topics []lectern.CollectionID
	for _, f := range all {
		t := f.topic()
		if t == 0 {
			continue
		}
		if count[t]++; count[t] == 1 {
			topics = append(topics, t)
			name[t] = f.Path[0]
		}
	}
	if len(topics) < 2 {
		return nil
	}
	slices.SortStableFunc(topics, func(a, b lectern.CollectionID) int { return cmp.Compare(count[b], count[a]) })
	home := c.root + "/" + string(c.locale)
	in := func(t lectern.CollectionID) string {
		return question{phrase: q.phrase, topic: t, exact: q.exact}.url(home)
	}
	list := []facet{{URL: in(0), Name: c.words.T("topics.all"), Count: len(all), Current: q.topic == 0}}
	for _, t := range topics {
		list = append(list, facet{in(t), name[t].Name, otherLang(c, name[t].Locale), count[t], q.topic == t})
	}
	return list
}

// results show what was found. Only of these are the bodies read.
func (s *Site) results(c *call, phrase string, found []foundArticle) ([]result, error) {
	var ids []lectern.ArticleID
	for _, f := range found {
		if f.hit.Locale == f.Locale {
			ids = append(ids, f.ID)
		}
	}
	bodies, err := s.store.Bodies(c.Context(), c.visit(), ids)
	if err != nil {
		return nil, fmt.Errorf("read bodies of what was found: %w", err)
	}
	list := make([]result, len(found))
	for i, f := range found {
		list[i] = resultOf(c, phrase, f, bodies[f.ID])
	}
	return list, nil
}

// resultOf shows what was found, with the words of the phrase marked. The body
// is empty where another language's was found.
func resultOf(c *call, phrase string, f foundArticle, body string) result {
	words := search.Marking(f.Locale, phrase, f.hit.Terms)
	r := result{
		URL: c.articleURL(f.ID, f.Title), Lang: otherLang(c, f.Locale), Avatar: c.avatarOf(f.Author, 20),
		Title: marked(search.Highlight(words, f.Title)), Snippet: html(template.HTMLEscapeString(f.Description)),
		Byline: c.words.T("article.updated", "date", c.words.Date(f.UpdatedAt.UTC())),
	}
	for i, step := range f.Path {
		if i > 0 {
			r.Path += " / "
		}
		r.Path += textIn(otherLang(c, step.Locale), step.Name)
	}
	if f.Author.Name != "" {
		r.Byline = f.Author.Name + " · " + r.Byline
	}
	if f.hit.Locale == f.Locale {
		if best := search.Snippets(words, richtext.Text(body), 1); len(best) > 0 {
			r.Snippet = excerpt(best[0])
		} else if f.Description != "" {
			r.Snippet = marked(search.Highlight(words, f.Description))
		}
	}
	return r
}

// marked shows runs of text with the hits among them marked.
func marked(runs []search.Run) template.HTML {
	var b strings.Builder
	for _, r := range runs {
		if r.Hit {
			b.WriteString("<mark>" + template.HTMLEscapeString(r.Text) + "</mark>")
		} else {
			b.WriteString(template.HTMLEscapeString(r.Text))
		}
	}
	return template.HTML(b.String())
}

// excerpt is a passage of a text with dots where a sentence was cut.
func excerpt(passage []search.Run) template.HTML {
	text := marked(passage)
	first, _ := utf8.DecodeRuneInString(passage[0].Text)
	if unicode.IsLower(first) {
		text = "… " + text
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(passage[len(passage)-1].Text))
	if !strings.ContainsRune(".!?…。！？؟।:", last) {
		text += " …"
	}
	return text
}

func pagerOf(c *call, q question, from, to, all int) *pager {
	home := c.root + "/" + string(c.locale)
	p := &pager{Range: c.words.T("pages.range", "from", from+1, "to", to, "total", all)}
	if from > 0 {
		q.page = from / resultsPage
		p.Previous = q.url(home)
	}
	if to < all {
		q.page = from/resultsPage + 2
		p.Next = q.url(home)
	}
	return p
}
