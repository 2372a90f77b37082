package site

import (
	"cmp"
	"html/template"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern"
	"lectern/internal/address"
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

// static is the path of a static file.
func (c *call) static(name string) string { return c.root + "/_/" + name }

// asset is the path of a picture that the theme shows; empty for none.
func (c *call) asset(name lectern.AssetName) string {
	if name == "" {
		return ""
	}
	return c.static(string(name))
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

// latin reports whether a language's pages use our own face: those of other
// scripts, and Vietnamese, use the system's.
func latin(l lectern.Locale) bool {
	switch l {
	case "ar", "bg", "el", "he", "ja", "ko", "mn", "ru", "sr", "vi", "zh-CN", "zh-TW":
		return false
	}
	return true
}

// articleURL is the path of an article in the visit's language, under the title
// that its page shows.
func (c *call) articleURL(id lectern.ArticleID, title string) string {
	return c.localPath(address.Article(c.base, c.center.HelpCenter, c.locale, id, title))
}

// collectionURL is the same of a collection.
func (c *call) collectionURL(id lectern.CollectionID, name string) string {
	return c.localPath(address.Collection(c.base, c.center.HelpCenter, c.locale, id, name))
}

// localPath is the path of an address of this help center in the form that the
// request uses.
func (c *call) localPath(to string) string {
	return c.root + strings.TrimPrefix(to, address.HelpCenter(c.base, c.center.HelpCenter))
}

// canonical is the address of a page within the help center.
func (c *call) canonical(path string) string {
	return address.HelpCenter(c.base, c.center.HelpCenter) + path
}

// An avatar is the small round picture beside an author's name. Pictures are
// shown from this server only: a page asks no other host for anything.
type avatar struct {
	Src      string // of a picture; or else:
	Initials string
	Size     int // in CSS pixels
}

func (c *call) avatarOf(w lectern.Writer, size int) avatar {
	return avatar{c.ownPicture(w.AvatarURL), initials(w.Name), size}
}

// ownPicture is the path of a picture that this workspace keeps, given by an
// address of it here; empty for any other.
func (c *call) ownPicture(at string) string {
	at = strings.TrimPrefix(at, c.base)
	if !strings.HasPrefix(at, "/") || !strings.HasSuffix(path.Dir(at), "/_") {
		return ""
	}
	name, ok := lectern.ParseAssetName(path.Base(at))
	if !ok {
		return ""
	}
	return c.asset(name)
}

// initials are the first letters of the first and the last word of a name.
func initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) == 0 {
		return ""
	}
	first, _ := utf8.DecodeRuneInString(words[0])
	letters := string(unicode.ToUpper(first))
	if last := words[len(words)-1]; len(words) > 1 {
		r, _ := utf8.DecodeRuneInString(last)
		letters += string(unicode.ToUpper(r))
	}
	return letters
}

func (c *call) avatarsOf(writers []lectern.Writer, size int) []avatar {
	var list []avatar
	for _, w := range writers {
		list = append(list, c.avatarOf(w, size))
	}
	return list
}

// A row is an article in a list.
type row struct {
	URL, Title string
	Text       string // below the title; may be empty
	Topic      string // the same, in small type
	Lang       string // of the title and text, if another than the page's
	TopicLang  string
}

// rowsOf prepares articles for a list. The topic is the last collection on
// their path; their descriptions are shown instead if described.
func rowsOf(c *call, articles []lectern.ArticleRow, described bool) []row {
	var list []row
	for _, a := range articles {
		r := row{URL: c.articleURL(a.ID, a.Title), Title: a.Title, Lang: otherLang(c, a.Locale)}
		if described {
			r.Text = a.Description
		} else if n := len(a.Path); n > 0 {
			r.Topic, r.TopicLang = a.Path[n-1].Name, otherLang(c, a.Path[n-1].Locale)
		}
		list = append(list, r)
	}
	return list
}

// otherLang is the tag of a text's language if it is not the page's.
func otherLang(c *call, l lectern.Locale) string {
	if l == c.locale {
		return ""
	}
	return string(l)
}
