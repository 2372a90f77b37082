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

// Key is what the addresses have in common that count as one: a slash at the
// end does not matter, nor do the words after the ID of an article or
// collection. It is empty for a From that is no address of a page: one that
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
	if m := pageAddress.FindStringSubmatch(at); m != nil {
		at = m[1]
	}
	if u.RawQuery != "" {
		at += "?" + u.RawQuery
	}
	return at
}

// pageAddress is the address of an article or a collection within its help
// center. The words after the ID are there for people.
var pageAddress = regexp.MustCompile(`^(/[A-Za-z]+(?:-[A-Za-z]+)?/(?:articles|collections)/[0-9]+)(?:-[^/]*)?$`)

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
	if pageAddress.MatchString(key) && strings.HasSuffix(key, own) {
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
	// RedirectByKey finds the one of a help center that has a key; see
	// Redirect.Key. It returns NotFound.
	RedirectByKey(ctx context.Context, ws WorkspaceID, h HelpCenterID, key string) (*Redirect, error)
	// Redirects returns a page of a help center's, in the order updated_at
	// descending, ID descending, and their exact number. Zero for limit is no
	// limit. It returns NotFound when there is no such help center.
	Redirects(ctx context.Context, ws WorkspaceID, h HelpCenterID, offset, limit int) ([]*Redirect, int, error)
	// DeleteRedirect removes a redirect of a help center. It returns NotFound.
	DeleteRedirect(ctx context.Context, by Actor, h HelpCenterID, id RedirectID) error
}
