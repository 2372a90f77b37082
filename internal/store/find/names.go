package find

import (
	"slices"
	"strings"

	"lectern"
	"lectern/internal/search"
	"lectern/internal/store/db"
)

// collectionNames keeps the names of collections.
type collectionNames struct {
	eventCache[lectern.WorkspaceID, []collectionName]
}

// A collectionName is the name of a collection in one locale.
type collectionName struct {
	lectern.TitleSuggestion
	helpCenter lectern.HelpCenterID
	public     bool // there is an article in it or below that every visitor may see
	terms      []string
}

// maxNamed is of how many workspaces names are kept.
const maxNamed = 64

// in returns the names of a workspace.
func (n *collectionNames) in(c db.Conn, ws lectern.WorkspaceID) ([]collectionName, error) {
	return n.get(c, ws, ws, maxNamed, func() ([]collectionName, error) { return readNames(c, ws) })
}

func readNames(c db.Conn, ws lectern.WorkspaceID) ([]collectionName, error) {
	public := map[lectern.CollectionID]bool{}
	err := db.Each(c, func(r db.Rows) error {
		var id lectern.CollectionID
		err := r.Scan(&id)
		public[id] = true
		return err
	}, `WITH RECURSIVE open (id, parent_id) AS (
			SELECT c.id, c.parent_id FROM collection c WHERE c.workspace_id = $1 AND c.id IN (
				SELECT w.collection_id FROM article_parent w
				JOIN article a ON a.workspace_id = w.workspace_id AND a.id = w.article_id
				JOIN article_text t ON t.workspace_id = a.workspace_id AND t.article_id = a.id
				WHERE w.workspace_id = $1 AND `+PublicArticle+`)
			UNION
			SELECT c.id, c.parent_id FROM collection c JOIN open o ON o.parent_id = c.id WHERE c.workspace_id = $1
		)
		SELECT id FROM open`, ws)
	if err != nil {
		return nil, err
	}
	names := []collectionName{}
	err = db.Each(c, func(r db.Rows) error {
		var n collectionName
		err := r.Scan(&n.Collection, &n.Locale, &n.Title, &n.helpCenter)
		n.public = public[n.Collection]
		n.terms = search.Index(n.Locale, search.Document{Title: n.Title}).Terms()
		names = append(names, n)
		return err
	}, `SELECT c.id, x.locale, x.name, c.help_center_id
		FROM collection c JOIN collection_text x ON x.workspace_id = c.workspace_id AND x.collection_id = c.id
		WHERE c.workspace_id = $1 AND x.name <> ''`, ws)
	return names, err
}

// asked reports whether a query may be answered with the name.
func (n collectionName) asked(q lectern.SuggestQuery) bool {
	return (q.HelpCenter == 0 || n.helpCenter == q.HelpCenter) && (!q.Public || n.public) &&
		(len(q.Locales) == 0 || slices.Contains(q.Locales, n.Locale))
}

// has reports whether the name has every word of a phrase, the last perhaps
// unfinished.
func (n collectionName) has(q search.Query) bool {
	for i, t := range q.Terms {
		at, found := slices.BinarySearch(n.terms, t)
		begins := i == len(q.Terms)-1 && at < len(n.terms) && strings.HasPrefix(n.terms[at], t)
		if !found && !begins {
			return false
		}
	}
	return len(q.Terms) > 0
}
