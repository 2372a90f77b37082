package site

import (
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern"
	"lectern/internal/i18n"
)

// Suggestions are a part of a page: what the script of a search field puts
// below it while a reader types.
type suggestions struct {
	*i18n.Catalogue
	Status           string // spoken where there is a keyboard
	Count            int
	Articles, Topics []option
	All              string // address of the whole search
	See              string
	Keys             template.HTML
}

// An option is one suggestion.
type option struct {
	ID, URL, Icon string
	Title         template.HTML
	Text          string // the topic of an article
	Lang          string // of the title, if another than the page's
	TextLang      string
}

// maxSuggestions is how many are shown.
const maxSuggestions = 6

// suggest answers GET /{locale}/search/suggest.
func (s *Site) suggest(c *call) (*answer, error) {
	q := questionOf(c.Request)
	p := &suggestions{Catalogue: c.words, All: question{phrase: q.phrase}.url(c.root + "/" + string(c.locale))}
	if q.phrase != "" {
		if err := s.suggestFor(c, q.phrase, p); err != nil {
			return nil, err
		}
	}
	key := func(name string) template.HTML { return html("<kbd>" + name + "</kbd>") }
	p.Keys = p.Rich("suggest.keys", "up", key("↑"), "down", key("↓"), "esc", key("Esc"))
	p.Count = len(p.Articles) + len(p.Topics)
	p.Status = p.N("suggest.status", p.Count)
	a, err := s.render(http.StatusOK, "suggest.html", p)
	if err != nil {
		return nil, err
	}
	a.hidden = true
	return a, nil
}

// suggestFor fills p with what somebody who types phrase may be looking for.
func (s *Site) suggestFor(c *call, phrase string, p *suggestions) error {
	found, err := s.store.Suggest(c.Context(), c.center.workspace, lectern.SuggestQuery{
		Phrase: phrase, HelpCenter: c.center.ID, Locale: c.locale, Locales: c.shownLocales(), Public: true, Limit: maxSuggestions,
	})
	if err != nil {
		return fmt.Errorf("suggest: %w", err)
	}
	var ids []lectern.ArticleID
	for _, t := range found.Titles {
		if t.Article != 0 {
			ids = append(ids, t.Article)
		}
	}
	rows, err := s.store.Rows(c.Context(), c.visit(), ids)
	if err != nil {
		return fmt.Errorf("read suggestions: %w", err)
	}
	for _, r := range rowsOf(c, rows, false) {
		o := option{URL: r.URL, Icon: "file-text", Title: typed(r.Title, phrase), Text: r.Topic, Lang: r.Lang, TextLang: r.TopicLang}
		p.Articles = append(p.Articles, o)
	}
	for _, t := range found.Titles {
		if t.Collection == 0 {
			continue
		}
		p.Topics = append(p.Topics, option{
			URL: c.collectionURL(t.Collection, t.Title), Icon: "folder", Lang: otherLang(c, t.Locale),
			Title: typed(t.Title, phrase),
		})
	}
	for i := range p.Articles {
		p.Articles[i].ID = "o" + strconv.Itoa(i+1)
	}
	for i := range p.Topics {
		p.Topics[i].ID = "o" + strconv.Itoa(len(p.Articles)+i+1)
	}
	_, all, err := s.store.SearchArticles(c.Context(), c.center.workspace, lectern.SearchQuery{
		Phrase: phrase, HelpCenter: c.center.ID, Locale: c.locale, Locales: c.shownLocales(), Public: true, Answered: true, Typing: true, Limit: 1,
	})
	if err != nil {
		return fmt.Errorf("count results: %w", err)
	}
	p.See = p.N("suggest.all", all, "query", phrase)
	return nil
}

// typed shows a title with what was typed so far marked: the beginnings of its
// words.
func typed(title, phrase string) template.HTML {
	var b strings.Builder
	words := strings.Fields(strings.ToLower(phrase))
	within := false // a word
	for title != "" {
		r, size := utf8.DecodeRuneInString(title)
		word := unicode.IsLetter(r) || unicode.IsDigit(r)
		n := 0
		if word && (!within || !unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek)) {
			n = longestStart(title, words)
		}
		if n > 0 {
			b.WriteString("<mark>" + template.HTMLEscapeString(title[:n]) + "</mark>")
		} else {
			n = size
			b.WriteString(template.HTMLEscapeString(title[:n]))
		}
		within, title = word, title[n:]
	}
	return template.HTML(b.String())
}

// longestStart is how many bytes of title are one of the words, case aside.
func longestStart(title string, words []string) int {
	longest := 0
	for _, w := range words {
		if n := startOf(title, w); n > longest {
			longest = n
		}
	}
	return longest
}

func startOf(title, word string) int {
	at := 0
	for _, want := range word {
		r, size := utf8.DecodeRuneInString(title[at:])
		if size == 0 || unicode.ToLower(r) != want {
			return 0
		}
		at += size
	}
	return at
}
