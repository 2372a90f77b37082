package site

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"lectern"
	"lectern/internal/i18n"
)

// llms.txt tells language models what there is to read, as llmstxt.org proposes:
// a heading, a summary, and lists of links to Markdown. llms-full.txt is the
// texts themselves.

// Tests make these smaller.
var (
	// llmsArticles is how many articles llms.txt lists at most; a larger help
	// center's lists its topics, each with a list of its own.
	llmsArticles = 2000
	// llmsBytes is how large a part of llms-full.txt grows before the next one
	// begins. A text is not cut, so a part may end a little above.
	llmsBytes = 2 << 20
	// llmsChars is how many characters a list has at most: programs cut off what
	// is not much longer.
	llmsChars = 48_000
)

// llms answers GET /llms.txt and /{locale}/llms.txt.
func (s *Site) llms(c *call) (*answer, error) {
	o, err := s.outline(c)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	about := markdownLine(c.center.theme.Text(c.center.HelpCenter, c.locale).Introduction)
	fmt.Fprintf(&b, "# %s\n\n> %s\n\n", markdownLine(s.siteName(c)), strings.TrimSpace(about+" "+c.words.N("articles", o.Articles)))
	head := b.Len()
	if o.Articles <= llmsArticles {
		if err := s.llmsList(c, &b, o); err != nil {
			return nil, err
		}
	}
	if o.Articles > llmsArticles || tooLong(b.Bytes()) {
		b.Truncate(head)
		s.llmsTopics(c, &b, slices.Collect(everyCollection(o.Collections)))
	}
	if tooLong(b.Bytes()) { // those below the top are in the lists of these
		b.Truncate(head)
		s.llmsTopics(c, &b, o.Collections)
	}
	b.WriteString("\n## Optional\n\n")
	item(&b, "llms-full.txt", escaped(c.canonical("/"+string(c.locale)+"/llms-full.txt")), "")
	for _, l := range c.center.Locales {
		if l != c.locale {
			item(&b, i18n.Name(l), escaped(c.canonical("/"+string(l)+"/llms.txt")), "")
		}
	}
	return made(textKind, b.Bytes()), nil
}

func tooLong(list []byte) bool { return utf8.RuneCount(list) > llmsChars }

// item writes a link in a list.
func item(b *bytes.Buffer, title, url, about string) {
	fmt.Fprintf(b, "- [%s](%s)", markdownLine(title), strings.NewReplacer("(", "%28", ")", "%29").Replace(url))
	if about = markdownLine(about); about != "" {
		b.WriteString(": " + about)
	}
	b.WriteByte('\n')
}

// llmsTopics lists the topics, each pointing on to its own list.
func (s *Site) llmsTopics(c *call, b *bytes.Buffer, topics []*lectern.OpenCollection) {
	fmt.Fprintf(b, "## %s\n\n", c.words.T("topics.all"))
	for _, x := range topics {
		about := oneLine(x.Description + " " + c.words.N("articles", x.Articles))
		item(b, x.Name, c.collectionAddress(c.locale, x.ID, x.Name)+"/llms.txt", about)
	}
}

// llmsList lists the articles that are there in the call's language, by topic.
func (s *Site) llmsList(c *call, b *bytes.Buffer, o *lectern.Outline) error {
	in := map[lectern.CollectionID][]lectern.PublicText{}
	for t, err := range s.texts(c, lectern.PublicQuery{Locale: c.locale, Limit: textsAtOnce}) {
		if err != nil {
			return err
		}
		in[t.Collection] = append(in[t.Collection], t)
	}
	section := func(name, about string, texts []lectern.PublicText) {
		if len(texts) == 0 {
			return
		}
		slices.SortStableFunc(texts, func(a, b lectern.PublicText) int { return cmp.Compare(a.Place, b.Place) })
		fmt.Fprintf(b, "## %s\n\n", markdownLine(name))
		if about = markdownLine(about); about != "" {
			b.WriteString(about + "\n\n")
		}
		for _, t := range texts {
			item(b, t.Title, c.articleAddress(t.Locale, t.Article, t.Title)+".md", t.Description)
		}
		b.WriteByte('\n')
	}
	for x := range everyCollection(o.Collections) {
		section(x.Name, x.Description, in[x.ID])
		delete(in, x.ID)
	}
	// Written between the two reads, so in none of the collections read before.
	for _, id := range slices.Sorted(maps.Keys(in)) {
		section(c.words.T("collection.own"), "", in[id])
	}
	return nil
}

// collectionLLMs answers GET /{locale}/collections/{…}/llms.txt.
func (s *Site) collectionLLMs(c *call) (*answer, error) {
	id, ok := leadingID(c.step)
	if !ok {
		return s.gone(c)
	}
	topic, err := s.store.CollectionPage(c.Context(), c.visit(), lectern.CollectionID(id))
	if err != nil {
		return s.orGone(c, err)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s\n\n", markdownLine(topic.Name))
	if about := markdownLine(topic.Description); about != "" {
		b.WriteString("> " + about + "\n\n")
	}
	head := b.Len()
	articles := func(described bool) {
		for _, r := range topic.Rows {
			if !described {
				r.Description = ""
			}
			if r.Locale == c.locale {
				item(&b, r.Title, c.articleAddress(c.locale, r.ID, r.Title)+".md", r.Description)
			}
		}
	}
	if articles(true); tooLong(b.Bytes()) {
		b.Truncate(head)
		articles(false)
	}
	for _, x := range topic.Children {
		fmt.Fprintf(&b, "\n## %s\n\n", markdownLine(x.Name))
		item(&b, x.Name, c.collectionAddress(c.locale, x.ID, x.Name)+"/llms.txt", oneLine(x.Description+" "+c.words.N("articles", x.Articles)))
	}
	return made(textKind, b.Bytes()), nil
}

// llmsFull answers GET /llms-full.txt and /{locale}/llms-full.txt.
func (s *Site) llmsFull(c *call) (*answer, error) { return s.llmsPart(c, 0) }

// llmsFullPart answers GET /{locale}/llms-full/{…}: {id}.txt, what comes behind
// an article.
func (s *Site) llmsFullPart(c *call) (*answer, error) {
	digits, ok := strings.CutSuffix(c.step, ".txt")
	after, err := strconv.ParseUint(digits, 10, 62)
	if !ok || err != nil || after == 0 || digits != strconv.FormatUint(after, 10) {
		return s.gone(c)
	}
	a, err := s.llmsPart(c, lectern.ArticleID(after))
	if err == nil {
		a.keep = 0 // there are as many addresses of parts as there are numbers
	}
	return a, err
}

func (s *Site) llmsPart(c *call, after lectern.ArticleID) (*answer, error) {
	done, err := atWork(c)
	if err != nil {
		return nil, err
	}
	defer done()
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s\n", markdownLine(s.siteName(c)))
	last := after
	for t, err := range s.texts(c, lectern.PublicQuery{After: afterArticle(after), Locale: c.locale, Bodies: true, Limit: bodiesAtOnce}) {
		if err != nil {
			return nil, err
		}
		if last != after && b.Len() > llmsBytes {
			next := escaped(c.canonical("/" + string(c.locale) + "/llms-full/" + strconv.FormatInt(int64(last), 10) + ".txt"))
			fmt.Fprintf(&b, "\n---\n\n[%s](%s)\n", c.words.T("pages.next"), next)
			break
		}
		body, err := bodyMarkdown(t.Body, c.articleAddress(t.Locale, t.Article, t.Title))
		if err != nil {
			return nil, fmt.Errorf("write article %d as Markdown: %w", t.Article, err)
		}
		fmt.Fprintf(&b, "\n---\n\n# %s\n\n<%s>\n\n%s\n", markdownLine(t.Title), c.articleAddress(t.Locale, t.Article, t.Title), body)
		last = t.Article
	}
	return made(textKind, b.Bytes()), nil
}
