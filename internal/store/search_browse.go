package store

import (
	"slices"
	"strconv"

	"lectern"
	"lectern/internal/store/db"
	"lectern/internal/store/find"
)

// browse answers an empty phrase.
func browse(c db.Conn, ws lectern.WorkspaceID, q lectern.SearchQuery) ([]lectern.Hit, int, error) {
	where := ` FROM article a WHERE a.workspace_id = $1 AND (CAST($2 AS BIGINT) = 0 OR a.help_center_id = $2)`
	args := []any{ws, q.HelpCenter}
	text := ""
	if len(q.States) < len(find.States) {
		list := db.Pad(q.States)
		text += ` AND t.state IN (` + db.In(len(args)+1, len(list)) + `)`
		args = append(args, list...)
	}
	if len(q.Locales) > 0 {
		list := db.Pad(q.Locales)
		text += ` AND t.locale IN (` + db.In(len(args)+1, len(list)) + `)`
		args = append(args, list...)
	}
	if q.Public {
		text += ` AND ` + find.PublicArticle
	}
	if text != "" {
		where += ` AND EXISTS (SELECT 1 FROM article_text t WHERE t.workspace_id = $1 AND t.article_id = a.id` + text + `)`
	}
	total, err := db.Count(c, `SELECT count(*)`+where, args...)
	if err != nil {
		return nil, 0, err
	}
	list, err := db.All(c, scanArticle, `SELECT `+articleColumns+where+`
		ORDER BY a.updated_at DESC, a.id DESC LIMIT $`+strconv.Itoa(len(args)+1)+` OFFSET $`+strconv.Itoa(len(args)+2),
		append(args, q.Limit, q.Offset)...)
	if err != nil {
		return nil, 0, err
	}
	if err := complete(c, ws, list); err != nil {
		return nil, 0, err
	}
	centers, err := db.All(c, scanHelpCenter, `SELECT `+helpCenterColumns+` FROM help_center WHERE workspace_id = $1`, ws)
	if err != nil {
		return nil, 0, err
	}
	defaults := map[lectern.HelpCenterID]lectern.Locale{}
	for _, h := range centers {
		defaults[h.ID] = h.DefaultLocale
	}
	hits := make([]lectern.Hit, len(list))
	for i, a := range list {
		hits[i] = lectern.Hit{Article: a, Locale: shown(a, defaults[a.HelpCenter], q)}
	}
	return hits, total, nil
}

// shown is the locale of a text that was asked for: the caller's or the default
// one if it can be.
func shown(a *lectern.Article, home lectern.Locale, q lectern.SearchQuery) lectern.Locale {
	for _, l := range append([]lectern.Locale{q.Locale, home}, lectern.Locales...) {
		t, ok := a.Texts[l]
		if ok && slices.Contains(q.States, t.State) && (len(q.Locales) == 0 || slices.Contains(q.Locales, l)) &&
			(!q.Public || len(t.Audiences) == 0) {
			return l
		}
	}
	return home
}
