package site

import (
	"path"
	"strings"

	"lectern"
)

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

func (c *call) avatarsOf(writers []lectern.Writer, size int) []avatar {
	var list []avatar
	for _, w := range writers {
		list = append(list, c.avatarOf(w, size))
	}
	return list
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

// A crumb is a step of the path above a page; the last may be the page itself,
// without an address.
type crumb struct{ URL, Text, Lang string }

// crumbs are the steps from the home page to a collection, itself included.
func crumbs(c *call, path []lectern.Step) []crumb {
	list := []crumb{{URL: c.root + "/" + string(c.locale), Text: c.words.T("topics.all")}}
	for _, p := range path {
		list = append(list, crumb{c.collectionURL(p.ID, p.Name), p.Name, otherLang(c, p.Locale)})
	}
	return list
}
