package lectern

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// A HelpCenterEdit is what a request asks of a help center and its theme. What
// is nil stays as it is.
type HelpCenterEdit struct {
	Identifier      *string
	DisplayName     *string
	WebsiteTurnedOn *bool
	CustomDomain    *string // empty for none; of another one nothing is known yet
	DomainAnswers   *bool   // true has it answer by https
	Default         *bool   // only another help center can take it away
	DefaultLocale   *Locale
	Locales         *[]Locale // those left out are switched off; their texts stay
	LocalesFixed    *bool
	Theme           ThemeEdit
}

// A ThemeEdit changes a theme. What is nil stays as it is, what is empty is as
// in the zero theme.
type ThemeEdit struct {
	Color    *string
	Header   *HeaderStyle
	Logo     *AssetName
	LogoDark *AssetName
	Favicon  *AssetName
	Picture  *AssetName
	Texts    map[Locale]ThemeTextEdit

	HideOften  *bool
	VideoHosts *[]string
}

// A ThemeTextEdit changes what a help center says of itself in one language.
type ThemeTextEdit struct {
	Name         *string
	Greeting     *string
	Introduction *string
	HeaderLinks  *[]Link
	FooterLinks  *[]Link
	Contact      *Contact // the zero contact is none
}

// MaxIdentifier is the greatest length of an identifier.
const MaxIdentifier = 63

var (
	identifier = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]*$`)
	domain     = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`)
)

// Apply changes h at a time as e asks. It returns Invalid for what h cannot be;
// that locales exist and an identifier is free is for the store to see to.
func (h *HelpCenter) Apply(e *HelpCenterEdit, now time.Time) error {
	if e.Identifier != nil && *e.Identifier != h.Identifier {
		if !identifier.MatchString(*e.Identifier) || len(*e.Identifier) > MaxIdentifier {
			return Invalidf("identifier", "identifier must be up to %d lower-case letters, digits, hyphens and underscores, and begin with a letter or digit", MaxIdentifier)
		}
		h.Identifier = *e.Identifier
	}
	if e.DisplayName != nil {
		if err := checkLine(e.DisplayName, "display_name", MaxTitle); err != nil {
			return err
		}
		if *e.DisplayName == "" {
			return Invalidf("display_name", "display_name must not be blank")
		}
		h.DisplayName = *e.DisplayName
	}
	if err := h.applyDomain(e, now); err != nil {
		return err
	}
	set(&h.Default, e.Default)
	set(&h.WebsiteTurnedOn, e.WebsiteTurnedOn)
	set(&h.DefaultLocale, e.DefaultLocale)
	set(&h.LocalesFixed, e.LocalesFixed)
	if e.Locales != nil {
		h.Locales = slices.Clone(*e.Locales)
		// What is on already stays as it came, so that settings can be sent back.
		h.Written = slices.DeleteFunc(slices.Clone(h.Written), func(l Locale) bool { return !slices.Contains(h.Locales, l) })
	}
	return nil
}

// applyDomain changes the custom domain and whether it answers. The word of the
// domain before, sent back along with another one, says nothing of that.
func (h *HelpCenter) applyDomain(e *HelpCenterEdit, now time.Time) error {
	said := e.DomainAnswers != nil && *e.DomainAnswers != h.DomainAnswers()
	if e.CustomDomain != nil && !strings.EqualFold(*e.CustomDomain, h.CustomDomain) {
		d := strings.ToLower(*e.CustomDomain)
		if d != "" && (len(d) > 253 || !domain.MatchString(d)) {
			return Invalidf("custom_domain", "custom_domain must be the name of a host, such as help.example.com")
		}
		h.CustomDomain = d
		h.ForgetDomain()
	}
	switch {
	case !said:
	case !*e.DomainAnswers:
		h.ForgetDomain()
	case h.CustomDomain == "":
		return Invalidf("custom_domain_answers", "custom_domain_answers can be true only where there is a custom_domain")
	default:
		h.SeeDomain(now, true)
	}
	return nil
}

// Apply changes t as e asks. See Theme.Check for what t can be.
func (t *Theme) Apply(e *ThemeEdit) {
	set(&t.Color, e.Color)
	set(&t.Header, e.Header)
	set(&t.Logo, e.Logo)
	set(&t.LogoDark, e.LogoDark)
	set(&t.Favicon, e.Favicon)
	set(&t.Picture, e.Picture)
	set(&t.HideOften, e.HideOften)
	set(&t.VideoHosts, e.VideoHosts)
	if t.Texts == nil {
		t.Texts = map[Locale]ThemeText{}
	}
	for l, x := range e.Texts {
		text := t.Texts[l]
		set(&text.Name, x.Name)
		set(&text.Greeting, x.Greeting)
		set(&text.Introduction, x.Introduction)
		set(&text.HeaderLinks, x.HeaderLinks)
		set(&text.FooterLinks, x.FooterLinks)
		if x.Contact != nil {
			text.Contact = x.Contact
			if *x.Contact == (Contact{}) {
				text.Contact = nil
			}
		}
		t.Texts[l] = text
	}
}
