package wire

import (
	"encoding/base64"
	"path"
	"strings"

	"lectern"
	"lectern/internal/address"
	"lectern/internal/picture"
)

// HelpCenterSettings are all settings of a help center.
type HelpCenterSettings struct {
	ID              string           `json:"id"`
	Identifier      string           `json:"identifier"`
	DisplayName     string           `json:"display_name"`
	WebsiteTurnedOn bool             `json:"website_turned_on"`
	URL             string           `json:"url"`
	CustomDomain    *string          `json:"custom_domain"`         // null when it has none
	DomainAnswers   bool             `json:"custom_domain_answers"` // whether the domain leads here, so that addresses begin with it
	DomainSeenAt    *int64           `json:"custom_domain_seen_at"` // since when, in Unix seconds; null before
	Default         bool             `json:"default"`
	DefaultLocale   lectern.Locale   `json:"default_locale"`
	Locales         []lectern.Locale `json:"locales"`       // languages switched on, the default one first
	LocalesFixed    bool             `json:"locales_fixed"` // whether writing in a new language leaves it switched off
	CreatedAt       int64            `json:"created_at"`    // Unix seconds
	UpdatedAt       int64            `json:"updated_at"`    // Unix seconds
	Theme           HelpCenterTheme  `json:"theme"`
}

// A HelpCenterTheme is how a help center looks and what it says of itself.
type HelpCenterTheme struct {
	BrandColor        *string                     `json:"brand_color"` // null for Lectern's own
	HeaderStyle       lectern.HeaderStyle         `json:"header_style" enum:"deep,tint,plain,picture"`
	Logo              *string                     `json:"logo"` // address; null when there is none, as below
	LogoDark          *string                     `json:"logo_dark"`
	Favicon           *string                     `json:"favicon"`
	HeaderPicture     *string                     `json:"header_picture"`
	OftenSearched     bool                        `json:"often_searched"` // whether the home page shows what is often searched for
	VideoHosts        []string                    `json:"video_hosts"`    // sites whose videos play within the page; others open there
	TranslatedContent HelpCenterTranslatedContent `json:"translated_content"`
}

// HelpCenterTranslatedContent is what a help center says of itself, by locale.
type HelpCenterTranslatedContent struct{ Localized[HelpCenterContent] }

// A HelpCenterContent is what a help center says of itself in one language. Empty fields fall back to the default language.
type HelpCenterContent struct {
	Name         string             `json:"name"`
	Greeting     string             `json:"greeting"`     // the heading of the home page
	Introduction string             `json:"introduction"` // the line under it
	HeaderLinks  []HelpCenterLink   `json:"header_links"`
	FooterLinks  []HelpCenterLink   `json:"footer_links"` // imprint, privacy, …
	Contact      *HelpCenterContact `json:"contact"`      // where readers turn to who found no answer; null for nowhere
}

// A HelpCenterLink leads out of a help center.
type HelpCenterLink struct {
	Label string `json:"label"`
	URL   string `json:"url"` // https, http, mailto or tel, or a path on the same host
}

// A HelpCenterContact is a sentence and a link.
type HelpCenterContact struct {
	Text  string `json:"text"`
	Label string `json:"label"`
	URL   string `json:"url"`
}

// FromHelpCenterSettings returns the shape of a help center with its theme.
// Base is the scheme and host that addresses start with.
func FromHelpCenterSettings(h *lectern.HelpCenter, t *lectern.Theme, base string) HelpCenterSettings {
	shown := func(name lectern.AssetName) *string {
		if name == "" {
			return nil
		}
		return new(address.Asset(base, h, name))
	}
	out := HelpCenterSettings{
		ID: format(h.ID), Identifier: h.Identifier, DisplayName: h.DisplayName, WebsiteTurnedOn: h.WebsiteTurnedOn,
		URL: address.HelpCenter(base, h), CustomDomain: textOrNull(h.CustomDomain), DomainAnswers: h.DomainAnswers(), Default: h.Default,
		DefaultLocale: h.DefaultLocale, Locales: h.Locales, LocalesFixed: h.LocalesFixed,
		CreatedAt: h.CreatedAt.Unix(), UpdatedAt: h.UpdatedAt.Unix(),
		Theme: HelpCenterTheme{
			BrandColor: textOrNull(t.Color), HeaderStyle: t.Style(),
			Logo: shown(t.Logo), LogoDark: shown(t.LogoDark), Favicon: shown(t.Favicon), HeaderPicture: shown(t.Picture),
			OftenSearched: !t.HideOften, VideoHosts: append([]string{}, t.VideoHosts...),
		},
	}
	if h.DomainAnswers() {
		out.DomainSeenAt = new(h.DomainSeenAt.Unix())
	}
	texts := Localized[HelpCenterContent]{Type: "help_center_translated_content", Texts: map[lectern.Locale]HelpCenterContent{}}
	for l, text := range t.Texts {
		texts.Texts[l] = fromThemeText(text)
	}
	out.Theme.TranslatedContent.Localized = texts
	return out
}

func fromThemeText(t lectern.ThemeText) HelpCenterContent {
	out := HelpCenterContent{
		Name: t.Name, Greeting: t.Greeting, Introduction: t.Introduction,
		HeaderLinks: fromLinks(t.HeaderLinks), FooterLinks: fromLinks(t.FooterLinks),
	}
	if c := t.Contact; c != nil {
		out.Contact = &HelpCenterContact{c.Text, c.Label, c.URL}
	}
	return out
}

func fromLinks(list []lectern.Link) []HelpCenterLink {
	out := make([]HelpCenterLink, len(list))
	for i, l := range list {
		out[i] = HelpCenterLink(l)
	}
	return out
}

// textOrNull is text, or null if it is empty.
func textOrNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// UpdateHelpCenterSettingsRequest changes settings of a help center. What it leaves out stays as it is.
type UpdateHelpCenterSettingsRequest struct {
	Identifier      Opt[string]                 `json:"identifier"`            // addresses with the one before still lead here
	DisplayName     Opt[string]                 `json:"display_name"`          //
	WebsiteTurnedOn Opt[bool]                   `json:"website_turned_on"`     //
	CustomDomain    Opt[string]                 `json:"custom_domain"`         // null for none
	DomainAnswers   Opt[bool]                   `json:"custom_domain_answers"` // true has addresses begin with the domain, by https, without waiting for a request over it; false has them wait for the next
	Default         Opt[bool]                   `json:"default"`               // true makes it the workspace's default
	DefaultLocale   Opt[string]                 `json:"default_locale"`        //
	Locales         Opt[[]string]               `json:"locales"`               // languages to be switched on; the texts in others stay, unseen
	LocalesFixed    Opt[bool]                   `json:"locales_fixed"`         //
	Theme           Opt[HelpCenterThemeRequest] `json:"theme"`
}

// A HelpCenterThemeRequest changes a theme. A picture is sent as a data URL in base64, of at most 200 kB, the header's of at most 700 kB; the address that an answer has for a picture leaves it as it is.
type HelpCenterThemeRequest struct {
	BrandColor        Opt[string]                                 `json:"brand_color"` // such as #0b7a5c; null for Lectern's own
	HeaderStyle       Opt[string]                                 `json:"header_style" enum:"deep,tint,plain,picture"`
	Logo              Opt[string]                                 `json:"logo"` // PNG or SVG; null for none, as below
	LogoDark          Opt[string]                                 `json:"logo_dark"`
	Favicon           Opt[string]                                 `json:"favicon"`
	HeaderPicture     Opt[string]                                 `json:"header_picture"` // PNG, JPEG or WebP, best 2400 × 900
	OftenSearched     Opt[bool]                                   `json:"often_searched"` // false leaves what is often searched for off the home page
	VideoHosts        Opt[[]string]                               `json:"video_hosts"`    // of youtube.com, youtube-nocookie.com, youtu.be, vimeo.com, wistia.com, wistia.net, loom.com, vidyard.com, stream.io
	TranslatedContent Opt[Translations[HelpCenterContentRequest]] `json:"translated_content"`
}

// A HelpCenterContentRequest changes what a help center says of itself in one language.
type HelpCenterContentRequest struct {
	Name         Opt[string]                   `json:"name"`
	Greeting     Opt[string]                   `json:"greeting"`
	Introduction Opt[string]                   `json:"introduction"`
	HeaderLinks  Opt[[]HelpCenterLinkRequest]  `json:"header_links"`
	FooterLinks  Opt[[]HelpCenterLinkRequest]  `json:"footer_links"`
	Contact      Opt[HelpCenterContactRequest] `json:"contact"` // null for none
}

// A HelpCenterLinkRequest is a link.
type HelpCenterLinkRequest struct {
	Label Opt[string] `json:"label" required:"true"`
	URL   Opt[string] `json:"url" required:"true"` // https, http, mailto or tel, or a path on the same host
}

// A HelpCenterContactRequest is a sentence and a link.
type HelpCenterContactRequest struct {
	Text  Opt[string] `json:"text"`
	Label Opt[string] `json:"label" required:"true"`
	URL   Opt[string] `json:"url" required:"true"`
}

// Edit is what the request asks for, and the pictures it brings.
func (r UpdateHelpCenterSettingsRequest) Edit() (*lectern.HelpCenterEdit, []lectern.Asset, error) {
	e := &lectern.HelpCenterEdit{
		Identifier: r.Identifier.Pointer(), DisplayName: r.DisplayName.Pointer(), WebsiteTurnedOn: r.WebsiteTurnedOn.Pointer(),
		CustomDomain: emptied(r.CustomDomain), DomainAnswers: r.DomainAnswers.Pointer(), Default: r.Default.Pointer(), LocalesFixed: r.LocalesFixed.Pointer(),
	}
	if r.DefaultLocale.Given() {
		l, ok := lectern.ParseLocale(r.DefaultLocale.Value)
		if !ok {
			return nil, nil, lectern.UnknownLocale("default_locale", r.DefaultLocale.Value)
		}
		e.DefaultLocale = &l
	}
	if r.Locales.Given() {
		list := make([]lectern.Locale, len(r.Locales.Value))
		for i, name := range r.Locales.Value {
			var ok bool
			if list[i], ok = lectern.ParseLocale(name); !ok {
				return nil, nil, lectern.UnknownLocale("locales", name)
			}
		}
		e.Locales = &list
	}
	theme, assets, err := r.Theme.Value.edit()
	e.Theme = theme
	return e, assets, err
}

func (r HelpCenterThemeRequest) edit() (lectern.ThemeEdit, []lectern.Asset, error) {
	e := lectern.ThemeEdit{Color: emptied(r.BrandColor), VideoHosts: emptied(r.VideoHosts), Texts: map[lectern.Locale]lectern.ThemeTextEdit{}}
	if r.OftenSearched.Set {
		e.HideOften = new(!r.OftenSearched.Value)
	}
	if style := emptied(r.HeaderStyle); style != nil {
		e.Header = new(lectern.HeaderStyle(*style))
	}
	var assets []lectern.Asset
	for _, p := range []struct {
		sent Opt[string]
		use  picture.Use
		to   **lectern.AssetName
	}{
		{r.Logo, picture.Logo, &e.Logo}, {r.LogoDark, picture.LogoDark, &e.LogoDark},
		{r.Favicon, picture.Favicon, &e.Favicon}, {r.HeaderPicture, picture.Header, &e.Picture},
	} {
		if !p.sent.Set {
			continue
		}
		name, asset, err := pictureOf(p.sent.Value, p.use)
		if err != nil {
			return e, nil, err
		}
		if *p.to = &name; asset != nil {
			assets = append(assets, *asset)
		}
	}
	for l, t := range r.TranslatedContent.Value {
		e.Texts[l] = t.edit()
	}
	return e, assets, nil
}

// pictureOf reads a picture: a data URL, the address of one that is there, or
// nothing.
func pictureOf(sent string, use picture.Use) (lectern.AssetName, *lectern.Asset, error) {
	if sent == "" {
		return "", nil, nil
	}
	data, isData := strings.CutPrefix(sent, "data:")
	if !isData {
		name, ok := lectern.ParseAssetName(path.Base(sent))
		if !ok {
			return "", nil, lectern.Invalidf(use.Field, "%s must be a data URL in base64", use.Field)
		}
		return name, nil, nil
	}
	kind, data, ok := strings.Cut(data, ",")
	decoded, err := base64.StdEncoding.DecodeString(data)
	if !ok || err != nil || !strings.HasSuffix(kind, ";base64") {
		return "", nil, lectern.Invalidf(use.Field, "%s must be a data URL in base64", use.Field)
	}
	asset, err := picture.Clean(decoded, use)
	if err != nil {
		return "", nil, err
	}
	return asset.Name, &asset, nil
}

func (r HelpCenterContentRequest) edit() lectern.ThemeTextEdit {
	e := lectern.ThemeTextEdit{
		Name: emptied(r.Name), Greeting: emptied(r.Greeting), Introduction: emptied(r.Introduction),
		HeaderLinks: links(r.HeaderLinks), FooterLinks: links(r.FooterLinks),
	}
	if c := r.Contact.Value; r.Contact.Set {
		e.Contact = &lectern.Contact{Link: lectern.Link{Label: c.Label.Value, URL: c.URL.Value}, Text: c.Text.Value}
	}
	return e
}

func links(sent Opt[[]HelpCenterLinkRequest]) *[]lectern.Link {
	if !sent.Set {
		return nil
	}
	list := make([]lectern.Link, len(sent.Value))
	for i, l := range sent.Value {
		list[i] = lectern.Link{Label: l.Label.Value, URL: l.URL.Value}
	}
	return &list
}

// emptied is a field's value, empty if it is null, or nil if it was left out.
func emptied[T any](o Opt[T]) *T {
	if !o.Set {
		return nil
	}
	return &o.Value
}
