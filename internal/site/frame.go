package site

import (
	"cmp"
	"html/template"
	"strings"

	"lectern"
	"lectern/internal/i18n"
)

// A frame is what all pages share. The words of the interface are the
// catalogue's methods.
type frame struct {
	*i18n.Catalogue
	Root  string // the path of the help center, without a slash at its end
	Home  string // the path of its home page in this language
	Site  string // what the help center is called
	Named bool   // whether the word "Help" belongs behind its name
	Mode  string // "light", "dark", or empty

	Title       string // of the document, without the name of the site
	Description string
	Canonical   string // the one address of what the page shows; empty for none
	Hidden      bool   // from search engines
	Languages   []languageLink
	Alternates  []alternate
	Machine     template.HTML // what the head says to programs
	LLMs        string        // address of the list of all pages for programs
	MarkdownURL string        // address of the page as Markdown; empty for none

	Query   string // in the search field
	Field   bool   // whether the header has a search field
	Closed  bool   // whether the page stands alone, without header and footer
	Back    string // where choosing light or dark leads
	Header  lectern.HeaderStyle
	Logo    *headerLogo // nil for the fan
	Links   []lectern.Link
	NavFits string // a class that says how wide the window has to be for them
	Foot    []lectern.Link
	Contact *lectern.Contact
	Assets  assets
}

// A link is an address and the words for it.
type link struct{ URL, Text string }

// assets are the addresses of the static files that a page asks for.
type assets struct {
	Style, Script, Icon string
	Font                string // empty where the script does not use it
	FontBeyond          string // its second file; empty where few words need it
	Mono                string // that of code; empty on pages without
}

// frame returns what all pages share, for a page of the given title.
func (s *Site) frame(c *call, title string) frame {
	h := c.center
	text := h.theme.Text(h.HelpCenter, c.locale)
	f := frame{
		Catalogue: c.words, Root: c.root, Home: c.root + "/" + string(c.locale), Site: text.Name, Mode: c.mode,
		Title: title, Field: true, Back: c.root + c.path, Header: cmp.Or(h.theme.Header, lectern.DeepHeader),
		Logo: c.headerLogo(), Links: besides(text.HeaderLinks, text.Contact), Foot: text.FooterLinks, Contact: text.Contact,
		Assets: assets{
			Style: c.static(h.style.Name), Script: c.static(s.assets.URL("public.js")),
			Icon: cmp.Or(c.asset(h.theme.Favicon), c.static(s.assets.URL("lectern.svg"))),
		},
	}
	// A name that the owner chose for readers stands as it is.
	f.Named = h.theme.Texts[c.locale].Name == "" && !strings.Contains(strings.ToLower(f.Site), strings.ToLower(f.T("site.help")))
	f.NavFits = navFits(&f)
	if latin(c.locale) {
		f.Assets.Font = c.static(s.assets.URL("atkinson-next-latin-wght-normal.woff2"))
	}
	if latinBeyond(c.locale) {
		f.Assets.FontBeyond = c.static(s.assets.URL("atkinson-next-latin-ext-wght-normal.woff2"))
	}
	f.LLMs = c.llmsAddress()
	f.Languages = languages(c, nil, "", func(l lectern.Locale) string { return c.root + "/" + string(l) })
	return f
}

// besides are the links but for one that leads where the contact does, which
// every page shows in its own place.
func besides(links []lectern.Link, contact *lectern.Contact) []lectern.Link {
	if contact == nil {
		return links
	}
	var list []lectern.Link
	for _, l := range links {
		if l.URL != contact.URL {
			list = append(list, l)
		}
	}
	return list
}

// navFits is the class of the header's navigation: the more room its links take,
// the wider a window has to be to show them rather than a menu. They never take
// a second row. The figures go with the breakpoints of the stylesheet; that of
// many is a full page.
func navFits(f *frame) string {
	width := 0 // in CSS pixels, about
	add := func(label string) {
		width += 24
		for _, r := range label {
			if r < 0x1100 {
				width += 8
			} else {
				width += 16
			}
		}
	}
	for _, l := range f.Links {
		add(l.Label)
	}
	if f.Contact != nil {
		add(f.T("contact"))
	}
	switch {
	case width > 560 || len(f.Links) > 5:
		return "full"
	case width > 340:
		return "many"
	case width > 170:
		return "some"
	}
	return ""
}

// Whole is the title of the document: the page's, then the site's.
func (f *frame) Whole() string {
	if f.Title == "" {
		return f.SiteName()
	}
	return f.Title + " | " + f.SiteName()
}

// SiteName is what the help center is called: "Larkpost Help".
func (f *frame) SiteName() string {
	if f.Named {
		return f.Site + " " + f.T("site.help")
	}
	return f.Site
}

// siteName is what the help center is called in the call's language.
func (s *Site) siteName(c *call) string {
	f := s.frame(c, "")
	return f.SiteName()
}
