package site

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"lectern"
)

// fewArticles is how many articles a list has at most that says what each is
// about. A longer one has titles only.
const fewArticles = 12

// A plainTopic is a topic without sections. A long one can be read in several
// orders.
type plainTopic struct {
	Rows    []row    // of a short one, with what each is about
	Orders  []choice // of a long one
	Titles  []row
	Letters []letter // instead of titles where they are in the order of the alphabet
	Search  string   // path of the search within it
	ID      lectern.CollectionID
}

// A choice is one of several links, of which one is taken.
type choice struct {
	link
	Current bool
}

// A letter heads the titles that begin with it.
type letter struct {
	ID, Text string
	Titles   []row
}

// An order is how the articles of a long topic are listed. The usual one is the
// authors'.
type order string

const (
	orderChosen order = ""
	orderRead   order = "read"
	orderTitle  order = "title"
)

// chosenOrder is the order that a request asks for.
func chosenOrder(r *http.Request) order {
	if r.URL.RawQuery == "" {
		return orderChosen
	}
	switch o := order(r.URL.Query().Get("order")); o {
	case orderRead, orderTitle:
		return o
	}
	return orderChosen
}

// plainTopic lists the articles of topic, whose page is at the path at.
func (s *Site) plainTopic(c *call, topic *lectern.CollectionPage, at string) (*plainTopic, error) {
	if len(topic.Rows) <= fewArticles {
		return &plainTopic{Rows: rowsOf(c, topic.Rows, true)}, nil
	}
	p := &plainTopic{Search: c.root + "/" + string(c.locale) + "/search", ID: topic.ID}
	if len(topic.Path) > 0 {
		p.ID = topic.Path[0].ID // search tells topics apart at the top level
	}
	chosen := chosenOrder(c.Request)
	for _, o := range []struct {
		order order
		text  string
	}{{orderChosen, c.words.T("collection.order_chosen")}, {orderRead, c.words.T("collection.order_read")}, {orderTitle, c.words.T("collection.order_title")}} {
		to := at
		if o.order != orderChosen {
			to += "?order=" + string(o.order)
		}
		p.Orders = append(p.Orders, choice{link{to, o.text}, o.order == chosen})
	}
	articles := slices.Clone(topic.Rows)
	switch chosen {
	case orderRead:
		if err := s.byViews(c, articles); err != nil {
			return nil, err
		}
	case orderTitle:
		byTitle(c.locale, articles)
		if p.Letters = letters(c.locale, articles, rowsOf(c, articles, false)); len(p.Letters) > 0 {
			return p, nil
		}
	}
	p.Titles = rowsOf(c, articles, false)
	return p, nil
}

// byViews puts what is read most in front; what is read alike keeps its order.
func (s *Site) byViews(c *call, articles []lectern.ArticleRow) error {
	ids := make([]lectern.ArticleID, len(articles))
	for i, a := range articles {
		ids[i] = a.ID
	}
	views, err := s.store.RecentViews(c.Context(), c.center.workspace, ids)
	if err != nil {
		return fmt.Errorf("read how often articles were read: %w", err)
	}
	slices.SortStableFunc(articles, func(a, b lectern.ArticleRow) int { return cmp.Compare(views[b.ID], views[a.ID]) })
	return nil
}

// byTitle puts articles in the order of the language's alphabet.
func byTitle(l lectern.Locale, articles []lectern.ArticleRow) {
	order := collate.New(language.Make(string(l)), collate.Numeric)
	slices.SortStableFunc(articles, func(a, b lectern.ArticleRow) int { return order.CompareString(a.Title, b.Title) })
}

// fewestLetters is how many groups make a row of letters worth while.
const fewestLetters = 3

// letters groups rows, which show articles in the order of the alphabet, by the
// letter they begin with. It is empty for languages whose titles begin with too
// many letters, and where there are few groups.
func letters(l lectern.Locale, articles []lectern.ArticleRow, rows []row) []letter {
	switch l {
	case "ja", "ko", "zh-CN", "zh-TW":
		return nil
	}
	same := collate.New(language.Make(string(l)), collate.Loose)
	var list []letter
	for i, a := range articles {
		text := firstLetter(same, a.Title)
		if n := len(list); n == 0 || same.CompareString(list[n-1].Text, text) != 0 {
			list = append(list, letter{ID: "l-" + strconv.Itoa(n+1), Text: text})
		}
		at := &list[len(list)-1]
		at.Titles = append(at.Titles, rows[i])
	}
	if len(list) < fewestLetters {
		return nil
	}
	return list
}

// firstLetter is the letter that a title is found under: without its marks where
// the language sorts it with the bare one, and "#" for what is no letter.
func firstLetter(same *collate.Collator, title string) string {
	for _, r := range norm.NFC.String(title) {
		if unicode.IsDigit(r) {
			return "#"
		}
		if !unicode.IsLetter(r) {
			continue
		}
		letter := string(unicode.ToUpper(r))
		bare, _ := utf8.DecodeRuneInString(norm.NFD.String(letter))
		if same.CompareString(letter, string(bare)) == 0 {
			return string(bare)
		}
		return letter
	}
	return "#"
}
