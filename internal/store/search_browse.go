package store

import (
	"slices"
	"strconv"

	"lectern"
)

// browse answers an empty phrase.
func browse(c Conn, ws lectern.WorkspaceID, q lectern.SearchQuery) ([]lectern.Hit, int, error) {
	where := ` FROM article a WHERE a.workspace_id = $1 AND (CAST($2 AS BIGINT) = 0 OR a.help_center_id = $2)`
	args := []any{ws, q.HelpCenter}
	if !slices.Contains(q.States, lectern.Draft) || !slices.Contains(q.States, lectern.Published) {
		states := pad(q.States)
		where += ` AND EXISTS (SELECT 1 FROM article_text x
			WHERE x.workspace_id = $1 AND x.state IN (` + in(3, len(states)) + `) AND x.article_id = a.id)`
		args = append(args, states...)
	}
	total, err := count(c, `SELECT count(*)`+where, args...)
	if err != nil {
		return nil, 0, err
	}
	list, err := all(c, scanArticle, `SELECT `+articleColumns+where+`
		ORDER BY a.updated_at DESC, a.id DESC LIMIT $`+strconv.Itoa(len(args)+1)+` OFFSET $`+strconv.Itoa(len(args)+2),
		append(args, q.Limit, q.Offset)...)
	if err != nil {
		return nil, 0, err
	}
	if err := complete(c, ws, list); err != nil {
		return nil, 0, err
	}
	centers, err := all(c, scanHelpCenter, `SELECT `+helpCenterColumns+` FROM help_center WHERE workspace_id = $1`, ws)
	if err != nil {
		return nil, 0, err
	}
	defaults := map[lectern.HelpCenterID]lectern.Locale{}
	for _, h := range centers {
		defaults[h.ID] = h.DefaultLocale
	}
	hits := make([]lectern.Hit, len(list))
	for i, a := range list {
		hits[i] = lectern.Hit{Article: a, Locale: shown(a, defaults[a.HelpCenter], q.States)}
	}
	return hits, total, nil
}

// shown is the locale of a text in one of the states: the default one if it can be.
func shown(a *lectern.Article, home lectern.Locale, states []lectern.State) lectern.Locale {
	for _, l := range append([]lectern.Locale{home}, lectern.Locales...) {
		if t, ok := a.Texts[l]; ok && slices.Contains(states, t.State) {
			return l
		}
	}
	return home
}
