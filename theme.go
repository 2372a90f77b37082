package lectern

import (
	"cmp"
	"context"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// A HeaderStyle says on what the header of a help center stands.
type HeaderStyle string

const (
	DeepHeader    HeaderStyle = "deep"    // a dark shade of the brand's hue
	TintHeader    HeaderStyle = "tint"    // a light one
	PlainHeader   HeaderStyle = "plain"   // paper
	PictureHeader HeaderStyle = "picture" // a picture under a veil; needs Theme.Picture
)

// HeaderStyles lists the header styles, the usual one first.
var HeaderStyles = []HeaderStyle{DeepHeader, TintHeader, PlainHeader, PictureHeader}

// A Theme is how a help center looks and what it says of itself. The zero theme
// is that of a new one.
type Theme struct {
	Color    string               `json:"color,omitempty"`  // the brand's, as "#0b7a5c"; empty for Lectern's own
	Header   HeaderStyle          `json:"header,omitempty"` // empty for DeepHeader
	Logo     AssetName            `json:"logo,omitempty"`
	LogoDark AssetName            `json:"logo_dark,omitempty"` // on dark ground; empty for Logo
	Favicon  AssetName            `json:"favicon,omitempty"`
	Picture  AssetName            `json:"picture,omitempty"`
	Pictures []AssetName          `json:"pictures,omitempty"` // more that pages show: in articles, beside authors
	Texts    map[Locale]ThemeText `json:"texts,omitempty"`

	// HideOften leaves what is often searched for off the home page.
	HideOften bool `json:"hide_often,omitempty"`

	// VideoHosts are those of VideoHosts whose videos play within the page. Others
	// open at their host.
	VideoHosts []string `json:"video_hosts,omitempty"`
}

// VideoHosts are the hosts that videos may be embedded from, their subdomains
// included (HC:4103903; youtu.be and youtube-nocookie.com are YouTube's own).
var VideoHosts = []string{
	"youtube.com", "youtube-nocookie.com", "youtu.be", "vimeo.com", "wistia.com", "wistia.net", "loom.com",
	"vidyard.com", "stream.io",
}

// VideoHost returns which of VideoHosts a host belongs to; empty for none.
func VideoHost(host string) string {
	for _, known := range VideoHosts {
		if host == known || strings.HasSuffix(host, "."+known) {
			return known
		}
	}
	return ""
}

// A ThemeText is what a help center says of itself in one language. What is
// empty is said as in the default locale.
type ThemeText struct {
	Name         string   `json:"name,omitempty"`         // empty in the default locale: HelpCenter.DisplayName
	Greeting     string   `json:"greeting,omitempty"`     // the heading of the home page
	Introduction string   `json:"introduction,omitempty"` // the line under it
	HeaderLinks  []Link   `json:"header_links,omitempty"`
	FooterLinks  []Link   `json:"footer_links,omitempty"` // imprint, privacy, …
	Contact      *Contact `json:"contact,omitempty"`
}

// A Link leads out of the help center, or to a path within its host.
type Link struct {
	Label string `json:"label"`
	URL   string `json:"url"` // https, http, mailto or tel, or a path from the host's root
}

// A Contact is where readers turn to who found no answer.
type Contact struct {
	Link
	Text string `json:"text,omitempty"` // a sentence before the link
}

// Limits of a theme. A length is in characters unless it says bytes.
const (
	MaxPictures     = 100  // besides logos, favicon and header picture
	MaxThemeLinks   = 12   // in the header, and in the footer
	MaxLinkLabel    = 80   // of a link
	MaxLinkURL      = 2048 // bytes
	MaxIntroduction = 500  // of an introduction or a contact's sentence
)

// Text returns what t says in locale l of h: each field of the first that has
// it among the text in l, that in the default locale, and h itself.
func (t *Theme) Text(h *HelpCenter, l Locale) ThemeText {
	text, usual := t.Texts[l], t.Texts[h.DefaultLocale]
	for _, f := range []struct {
		to    *string
		usual string
	}{
		{&text.Name, usual.Name}, {&text.Name, h.DisplayName},
		{&text.Greeting, usual.Greeting}, {&text.Introduction, usual.Introduction},
	} {
		if *f.to == "" {
			*f.to = f.usual
		}
	}
	if len(text.HeaderLinks) == 0 {
		text.HeaderLinks = usual.HeaderLinks
	}
	if len(text.FooterLinks) == 0 {
		text.FooterLinks = usual.FooterLinks
	}
	text.Contact = or(text.Contact, usual.Contact)
	return text
}

// Style returns the header style, the usual one if t names none.
func (t *Theme) Style() HeaderStyle { return cmp.Or(t.Header, DeepHeader) }

// Assets lists the pictures t shows.
func (t *Theme) Assets() []AssetName {
	all := append([]AssetName{t.Logo, t.LogoDark, t.Favicon, t.Picture}, t.Pictures...)
	return unique(slices.DeleteFunc(all, func(n AssetName) bool { return n == "" }))
}

var brandColor = regexp.MustCompile(`^#([0-9a-f]{3}|[0-9a-f]{6})$`)

// Check brings t into its normal form: the colour in six lower-case digits, no
// texts that say nothing, each host once. It returns Invalid for what t cannot be.
func (t *Theme) Check() error {
	t.Color = strings.ToLower(t.Color)
	if t.Color != "" && !brandColor.MatchString(t.Color) {
		return Invalidf("brand_color", "brand_color must be a color such as #0b7a5c")
	}
	if len(t.Color) == 4 {
		c := t.Color
		t.Color = "#" + strings.Repeat(c[1:2], 2) + strings.Repeat(c[2:3], 2) + strings.Repeat(c[3:], 2)
	}
	if t.Header != "" && !slices.Contains(HeaderStyles, t.Header) {
		return Invalidf("header_style", "header_style must be deep, tint, plain or picture")
	}
	if t.Header == PictureHeader && t.Picture == "" {
		return Invalidf("header_style", "header_style picture needs a header_picture")
	}
	if t.Pictures = unique(t.Pictures); len(t.Pictures) > MaxPictures {
		return Invalidf("pictures", "a theme has at most %d pictures", MaxPictures)
	}
	for i, host := range t.VideoHosts {
		if t.VideoHosts[i] = strings.ToLower(host); !slices.Contains(VideoHosts, t.VideoHosts[i]) {
			return Invalidf("video_hosts", "video_hosts may have %s", strings.Join(VideoHosts, ", "))
		}
	}
	t.VideoHosts = unique(t.VideoHosts)
	for l, text := range t.Texts {
		if !slices.Contains(Locales, l) {
			return Invalidf("texts", "%s is not a supported locale", l)
		}
		if err := text.check(); err != nil {
			return err
		}
		if t.Texts[l] = text; text.empty() {
			delete(t.Texts, l)
		}
	}
	return nil
}

func (t *ThemeText) empty() bool {
	return t.Name == "" && t.Greeting == "" && t.Introduction == "" &&
		len(t.HeaderLinks) == 0 && len(t.FooterLinks) == 0 && t.Contact == nil
}

func (t *ThemeText) check() error {
	for _, f := range []struct {
		field string
		text  *string
		max   int
	}{{"name", &t.Name, MaxTitle}, {"greeting", &t.Greeting, MaxTitle}, {"introduction", &t.Introduction, MaxIntroduction}} {
		if err := checkLine(f.text, f.field, f.max); err != nil {
			return err
		}
	}
	for _, links := range []struct {
		field string
		list  []Link
	}{{"header_links", t.HeaderLinks}, {"footer_links", t.FooterLinks}} {
		if len(links.list) > MaxThemeLinks {
			return Invalidf(links.field, "%s has more than %d entries", links.field, MaxThemeLinks)
		}
		for i := range links.list {
			if err := links.list[i].check(links.field + "[" + strconv.Itoa(i) + "]"); err != nil {
				return err
			}
		}
	}
	if t.Contact == nil {
		return nil
	}
	if err := checkLine(&t.Contact.Text, "contact.text", MaxIntroduction); err != nil {
		return err
	}
	return t.Contact.check("contact")
}

func (l *Link) check(field string) error {
	if err := checkLine(&l.Label, field+".label", MaxLinkLabel); err != nil {
		return err
	}
	if l.Label == "" {
		return Invalidf(field+".label", "%s.label must not be blank", field)
	}
	if !safeLink(l.URL) {
		return Invalidf(field+".url", "%s.url must be an address with https, http, mailto or tel, or a path", field)
	}
	return nil
}

// checkLine takes the spaces around a line of text off. It returns Invalid if
// it is too long or no line.
func checkLine(text *string, field string, max int) error {
	*text = strings.TrimSpace(*text)
	if strings.ContainsFunc(*text, unicode.IsControl) {
		return Invalidf(field, "%s must be one line", field)
	}
	return setText(text, new(*text), field, max)
}

// safeLink reports whether a page can link to an address whoever wrote it: it
// runs no script, and a path stays on its host.
func safeLink(address string) bool {
	if len(address) > MaxLinkURL || strings.ContainsFunc(address, func(r rune) bool {
		return unicode.IsControl(r) || unicode.IsSpace(r) || r == '\\' || r == unicode.ReplacementChar
	}) {
		return false
	}
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return false
	case u.Scheme == "https" || u.Scheme == "http":
		return u.Hostname() != ""
	case u.Scheme == "mailto" || u.Scheme == "tel":
		return u.Opaque != ""
	}
	return u.Scheme == "" && u.Host == "" && strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//")
}

// A ThemeStore keeps how help centers look.
type ThemeStore interface {
	// Theme returns the theme of a help center. It returns NotFound.
	Theme(ctx context.Context, ws WorkspaceID, id HelpCenterID) (*Theme, error)
	// UpdateSite reads a help center and its theme, hands them to change and
	// stores what change left, and the assets that the theme shows of those
	// given, in one transaction. It may call change again after a lost race, so
	// change touches nothing else. It returns NotFound, Conflict when the
	// identifier is taken, Invalid for a theme that cannot be or that shows an
	// asset that is not there, or what change returned.
	UpdateSite(ctx context.Context, by Actor, id HelpCenterID, assets []Asset, change func(*HelpCenter, *Theme) error) (*HelpCenter, *Theme, error)
	// Asset finds a picture by its name. It returns NotFound.
	Asset(ctx context.Context, ws WorkspaceID, name AssetName) (*Asset, error)
}

// AssetAge is for how long an asset is kept that no theme shows any more: pages
// that show it are still in the caches of others.
const AssetAge = 30 * 24 * time.Hour
