package lectern

import (
	"cmp"
	"context"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// A Redirect leads from an address of a help center, often one of the site it
// had before, to an article or a collection.
//
// It answers only where no page stands, and only while its target is a
// page that stands. So it never hides a page, and whoever follows it arrives:
// there are no chains and no loops, whatever is published or withdrawn later.
// It goes when its target is deleted.
type Redirect struct {
	ID         RedirectID
	HelpCenter HelpCenterID
	// From is what follows the address of the help center, escaped as in URLs:
	// "/old-page?id=7". So a redirect moves along with the help center.
	From      string
	Locale    Locale // of the target's text it leads to
	Target    Target
	CreatedAt time.Time
	UpdatedAt time.Time
}

// A Target is an article or a collection; the other ID is zero.
type Target struct {
	Article    ArticleID
	Collection CollectionID
}

// MaxRedirectFrom is the greatest length of Redirect.From in bytes.
const MaxRedirectFrom = 2048

// MaxRedirectsAt is how many redirects of one place, each with a query of its
// own or in another language, are looked at.
const MaxRedirectsAt = 200

// Lead returns the redirect that an address leads by, as in Redirect.From, and
// what is left of the address's query. A redirect without a query takes any; one
// with a query takes an address that has all of it, in whatever order, and goes
// before those with less. What is left, as the marks of a newsletter, goes along
// to the target. It returns nil if the address leads by none of them.
func Lead(from string, list []*Redirect) (by *Redirect, rest string) {
	path := pathKey(from) // a question mark in a path is no query
	return lead(from, list, nil, func(r *Redirect) bool { return pathKey(r.From) == path })
}

// LeadElsewhere is Lead for an address that leads by none: it goes by the
// redirect of the same thing's address in another language, or in none, as far
// as addresses tell, see Redirect.Place. Of several, one that leads to the first
// of the languages that are preferred goes before the others.
func LeadElsewhere(from string, list []*Redirect, preferred []Locale) (by *Redirect, rest string) {
	place := placeOf(from)
	return lead(from, list, preferred, func(r *Redirect) bool { return placeOf(r.From) == place })
}

func lead(from string, list []*Redirect, preferred []Locale, leads func(*Redirect) bool) (by *Redirect, rest string) {
	asked := pairs(from)
	most, rank := -1, 0
	for _, r := range list {
		if !leads(r) {
			continue
		}
		wanted, at := pairs(r.From), slices.Index(preferred, r.Locale)
		if at < 0 {
			at = len(preferred)
		}
		left, ok := without(asked, wanted)
		if ok && (len(wanted) > most || len(wanted) == most && at < rank) {
			by, rest, most, rank = r, strings.Join(left, "&"), len(wanted), at
		}
	}
	return by, rest
}

// pathKey is the key of an address without its query.
func pathKey(from string) string {
	path, _, _ := strings.Cut(from, "?")
	return (&Redirect{From: path}).Key()
}

func placeOf(from string) string { return (&Redirect{From: from}).Place() }

// pairs are the pairs of a query, as they were written.
func pairs(from string) []string {
	_, query, _ := strings.Cut(from, "?")
	return strings.FieldsFunc(query, func(r rune) bool { return r == '&' })
}

// without returns the pairs that are not wanted, and whether all that are wanted
// were there. A pair means the same however it is escaped.
func without(asked, wanted []string) (left []string, ok bool) {
	missing := map[string]int{}
	for _, p := range wanted {
		missing[plainPair(p)]++
	}
	for _, p := range asked {
		if same := plainPair(p); missing[same] > 0 {
			if missing[same]--; missing[same] == 0 {
				delete(missing, same)
			}
		} else {
			left = append(left, p)
		}
	}
	return left, len(missing) == 0
}

func plainPair(p string) string {
	if plain, err := url.QueryUnescape(p); err == nil {
		return plain
	}
	return p
}

// Key is what the addresses have in common that count as one: a slash at the
// end does not matter, nor do the words after the number of an article or
// collection, in Lectern's own addresses and in those of other help centers:
// /hc/en-us/articles/360001234-Old-title, /article/123-old-title. It is empty for a From that is no address of a page: one that
// does not start with a slash, has nothing after it, or holds empty steps, "."
// or "..".
func (r *Redirect) Key() string {
	u, err := url.Parse(r.From)
	if err != nil || u.Host != "" || u.Fragment != "" || !strings.HasPrefix(u.Path, "/") || !utf8.ValidString(u.Path) {
		return ""
	}
	at := strings.TrimSuffix(u.Path, "/")
	if at == "" || path.Clean(at) != at || strings.ContainsFunc(at, unicode.IsControl) {
		return ""
	}
	if m := numbered.FindStringSubmatch(at); m != nil {
		at = m[1]
	}
	if u.RawQuery != "" {
		at += "?" + u.RawQuery
	}
	return at
}

// Place is the path of the key without the step that names a language, if it is
// the address of a thing by its number: help centers have a thing at
// /hc/en-us/articles/12, at /hc/fr/articles/12, and lead there from
// /hc/articles/12.
func (r *Redirect) Place() string {
	path := pathKey(r.From)
	if !numbered.MatchString(path) {
		return path
	}
	steps := strings.Split(path, "/")
	if i := slices.IndexFunc(steps[:len(steps)-2], namesLanguage); i > 0 {
		steps = slices.Delete(steps, i, i+1)
	}
	return strings.Join(steps, "/")
}

// AddressLocale returns the language that the address of a thing by its number
// names, in the spelling of whichever help center: "en-us" is en.
func AddressLocale(from string) (Locale, bool) {
	path := pathKey(from)
	if !numbered.MatchString(path) {
		return "", false
	}
	steps := strings.Split(path, "/")
	i := slices.IndexFunc(steps[:len(steps)-2], namesLanguage)
	if i < 0 {
		return "", false
	}
	return nearest(steps[i])
}

// namesLanguage reports whether a step of an address is the tag of a language:
// "en", "pt-br", "zh_Hant", "es-419".
func namesLanguage(step string) bool {
	if !languageTag.MatchString(step) {
		return false
	}
	language, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(step), "_", "-"), "-")
	_, known := nearest(step)
	return known || len(language) == 3 || slices.Contains(languages, language)
}

// languages are the codes of ISO 639-1.
var languages = strings.Fields(`aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz
	ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk
	kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa
	pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz
	ve vi vo wa wo xh yi yo za zh zu`)

var (
	// languageTag is a language, perhaps with a script and a region. One of three
	// letters, but for Filipino, is told from words such as "faq" by its region.
	languageTag = regexp.MustCompile(`^(?i)(?:[a-z]{2}|fil|[a-z]{3}[-_](?:[a-z]{2}|[0-9]{3}))(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|[0-9]{3}))?$`)
	// ownAddress is the address of an article or a collection within its help
	// center, without the words behind its number.
	ownAddress = regexp.MustCompile(`^/[A-Za-z]+(?:-[A-Za-z]+)?/(?:articles|collections)/[0-9]+(?:\?|$)`)
	// numbered is an address whose last step is a number and words for people,
	// as help centers write it for what they hold.
	numbered = regexp.MustCompile(`^((?:/[^/]+)*/(?:articles?|collections?|sections?|categor(?:y|ies)|folders?|topics?|solutions?|posts)/[0-9]+)(?:-[^/]*)?$`)
)

// Check returns Invalid unless r.From can lead to r.Target.
func (r *Redirect) Check() error {
	key := r.Key()
	if key == "" || len(r.From) > MaxRedirectFrom {
		return Invalidf("from_url", "from_url must be an absolute URL within this help center's URL space")
	}
	own := "/collections/" + strconv.FormatInt(int64(r.Target.Collection), 10)
	if r.Target.Article != 0 {
		own = "/articles/" + strconv.FormatInt(int64(r.Target.Article), 10)
	}
	if ownAddress.MatchString(key) && strings.HasSuffix(key, own) {
		return Invalidf("from_url", "from_url must not be the address of the target")
	}
	return nil
}

// BindLocale sets r.Locale to the one in which the target has a text: the one
// it is, else the help center's default, else the first there is.
func (r *Redirect) BindLocale(h *HelpCenter, texts []Locale) {
	if slices.Contains(texts, r.Locale) {
		return
	}
	r.Locale = h.DefaultLocale
	if len(texts) > 0 && !slices.Contains(texts, r.Locale) {
		r.Locale = slices.MinFunc(texts, func(a, b Locale) int {
			return cmp.Compare(slices.Index(Locales, a), slices.Index(Locales, b))
		})
	}
}

// A RedirectStore keeps redirects.
type RedirectStore interface {
	// AddRedirect adds a redirect; its ID and times are given by the store, and
	// its locale is bound to a text of the target. It returns NotFound when
	// there is no such help center or the target is not in it, Invalid when it
	// can lead nowhere, and Conflict when the help center has one with its key.
	AddRedirect(ctx context.Context, by Actor, r Redirect) (*Redirect, error)
	// Redirect finds one of a help center. It returns NotFound.
	Redirect(ctx context.Context, ws WorkspaceID, h HelpCenterID, id RedirectID) (*Redirect, error)
	// RedirectsAt lists those of a help center at the place of an address, as in
	// Redirect.From, whatever their languages and queries are: at most
	// MaxRedirectsAt, first those in the address's own language, in the order of
	// their keys.
	RedirectsAt(ctx context.Context, ws WorkspaceID, h HelpCenterID, from string) ([]*Redirect, error)
	// Redirects returns a page of a help center's, in the order updated_at
	// descending, ID descending, and their exact number. Zero for limit is no
	// limit. It returns NotFound when there is no such help center.
	Redirects(ctx context.Context, ws WorkspaceID, h HelpCenterID, offset, limit int) ([]*Redirect, int, error)
	// DeleteRedirect removes a redirect of a help center. It returns NotFound.
	DeleteRedirect(ctx context.Context, by Actor, h HelpCenterID, id RedirectID) error
}
