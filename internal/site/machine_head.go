package site

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"

	"lectern"
	"lectern/internal/site/card"
)

// A head is what the head of a page says to programs: Open Graph for whoever
// shows a link to the page, JSON-LD for search engines, and where else its
// content is.
type head struct {
	Type               string // Open Graph's: website or article
	Title, Description string
	URL                string // canonical
	Site               string
	Locale             string // with an underscore, as Open Graph has it
	Image              string
	Width, Height      int
	Feed, FeedTitle    string
	Markdown, LLMs     string
	Graph              graph
}

// headText is part of every page. The template knows that a script of that
// type holds JSON and escapes it for that: no value ends the element. Browsers
// do not run it, so the page's policy has no say in it.
var headText = template.Must(template.New("").Parse(
	`<meta property="og:type" content="{{.Type}}">
<meta property="og:site_name" content="{{.Site}}">
<meta property="og:title" content="{{.Title}}">
{{with .Description}}<meta property="og:description" content="{{.}}">
{{end}}<meta property="og:url" content="{{.URL}}">
<meta property="og:locale" content="{{.Locale}}">
<meta property="og:image" content="{{.Image}}">
<meta property="og:image:type" content="image/png">
<meta property="og:image:width" content="{{.Width}}">
<meta property="og:image:height" content="{{.Height}}">
<meta name="twitter:card" content="summary_large_image">
{{with .Markdown}}<link rel="alternate" type="text/markdown" href="{{.}}">
{{end}}<link rel="alternate" type="text/plain" title="llms.txt" href="{{.LLMs}}">
<link rel="alternate" type="application/atom+xml" title="{{.FeedTitle}}" href="{{.Feed}}">
<script type="application/ld+json">{{.Graph}}</script>
`))

// newHead is what all pages say: this one stands at a path within the help
// center, in locale l.
func newHead(c *call, f *frame, l lectern.Locale, path string) head {
	return head{
		Type: "website", Title: cmp.Or(f.Title, f.Whole()), Description: f.Description, URL: f.Canonical, Site: f.SiteName(),
		Locale: strings.ReplaceAll(string(l), "-", "_"),
		Image:  escaped(c.canonical(path + "/card.png")), Width: card.Width, Height: card.Height,
		Feed: escaped(c.canonical("/" + string(c.locale) + "/feed.atom")), FeedTitle: f.SiteName(),
		LLMs: f.LLMs,
	}
}

// tell writes the head into the frame of its page.
func (f *frame) tell(h head, things ...any) error {
	h.Graph = graph{Context: "https://schema.org", Things: things}
	var b bytes.Buffer
	if err := headText.Execute(&b, h); err != nil {
		return fmt.Errorf("write the head: %w", err)
	}
	f.Machine, f.MarkdownURL = template.HTML(b.String()), h.Markdown
	return nil
}

// tellHome says what the home page is.
func (f *frame) tellHome(c *call) error {
	h := newHead(c, f, c.locale, "/"+string(c.locale))
	h.Markdown = h.URL + "/index.md"
	return f.tell(h, thing{
		Type: "WebSite", ID: h.URL, Name: f.SiteName(), URL: h.URL, Lang: f.Tag(), Description: f.Description,
		Publisher: publisher(c, f), Action: newSearchAction(h.URL),
	})
}

// tellCollection says what the page of a collection is.
func (f *frame) tellCollection(c *call, x *lectern.CollectionPage) error {
	at := c.in(x.Locale).collectionURL(x.ID, x.Name)[len(c.root):]
	h := newHead(c, f, x.Locale, at)
	h.Feed = escaped(c.canonical(fmt.Sprintf("/%s/collections/%d/feed.atom", c.locale, x.ID)))
	h.FeedTitle = x.Name + " | " + f.SiteName()
	h.Markdown = h.URL + ".md"
	step := lectern.Step{ID: x.ID, Name: x.Name, Locale: x.Locale}
	return f.tell(h,
		thing{Type: "CollectionPage", ID: h.URL, Name: x.Name, URL: h.URL, Lang: string(x.Locale), Description: x.Description, IsPartOf: website(c, f, x.Locale)},
		trail(c, f, append(slices.Clone(x.Path), step), nil))
}

// tellArticle says what the page of an article is.
func (f *frame) tellArticle(c *call, x *lectern.Page) error {
	at := c.in(x.Locale).articleURL(x.ID, x.Title)[len(c.root):]
	h := newHead(c, f, x.Locale, at)
	h.Type, h.Markdown = "article", h.URL+".md"
	a := techArticle{
		Type: "TechArticle", ID: h.URL, Headline: x.Title, Description: x.Description, Lang: string(x.Locale),
		Modified: stamp(x.UpdatedAt), Image: h.Image, Page: h.URL,
		Publisher: publisher(c, f), IsPartOf: website(c, f, x.Locale),
	}
	if !x.PublishedAt.IsZero() {
		a.Published = stamp(x.PublishedAt)
	}
	if x.Author.Name != "" {
		a.Author = &thing{Type: "Person", Name: x.Author.Name}
		if own := c.ownPicture(x.Author.AvatarURL); own != "" {
			a.Author.Image = escaped(c.canonical(strings.TrimPrefix(own, c.root)))
		} else if u, err := url.Parse(x.Author.AvatarURL); err == nil && u.Scheme == "https" {
			a.Author.Image = x.Author.AvatarURL
		}
	} else {
		a.Author = a.Publisher
	}
	return f.tell(h, a, trail(c, f, x.Path, &crumbItem{Name: x.Title, Item: h.URL}))
}

// publisher is whose help center it is, with the picture that its pages show
// for it: the logo, else their icon.
func publisher(c *call, f *frame) *thing {
	picture := f.Assets.Icon
	if f.Logo != nil {
		picture = f.Logo.LightURL
	}
	return &thing{
		Type: "Organization", ID: escaped(c.canonical("")) + "#publisher", Name: f.Site, URL: escaped(c.canonical("")),
		Logo: &thing{Type: "ImageObject", URL: escaped(c.canonical(strings.TrimPrefix(picture, c.root)))},
	}
}

// website is the help center in a language, as what a page is part of.
func website(c *call, f *frame, l lectern.Locale) *thing {
	return &thing{Type: "WebSite", ID: c.homeAddress(l), Name: f.SiteName()}
}

// markdownLinks are what the headers of a page say of where it is: here, as
// Markdown, and in the list of all pages.
func markdownLinks(f *frame) []string {
	return []string{
		"<" + f.Canonical + `>; rel="canonical"`, "<" + f.MarkdownURL + `>; rel="alternate"; type="text/markdown"`,
		"<" + f.LLMs + `>; rel="alternate"; type="text/plain"; title="llms.txt"`,
	}
}
