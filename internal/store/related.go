package store

import (
	"slices"

	"lectern"
	"lectern/internal/store/db"
	"lectern/internal/store/find"
)

// relatedAtOnce is how many related articles are looked at together, until
// there are enough that may be shown.
const relatedAtOnce = 8

// related lists the articles related to that of a page that are listed, best
// first. It reports false if they are not known yet: see [find.Finder.Related].
func (v *visit) related(p *lectern.Page) (ids []lectern.ArticleID, known bool, err error) {
	candidates, known, err := v.finder.Related(v, v.Workspace, p.Locale, p.ID)
	if err != nil || !known {
		return nil, false, err
	}
	ids, err = v.listedBeside(p, candidates)
	return ids, true, err
}

// listedBeside returns the first of some articles that every visitor may see in
// the language of a page, in a collection of the help center that is shown.
func (v *visit) listedBeside(p *lectern.Page, ids []lectern.ArticleID) (list []lectern.ArticleID, err error) {
	for chunk := range slices.Chunk(ids, relatedAtOnce) {
		listed := map[lectern.ArticleID]bool{}
		err := db.EachOf(v, chunk, func(r db.Rows) error {
			var id lectern.ArticleID
			err := r.Scan(&id)
			listed[id] = true
			return err
		}, `SELECT t.article_id FROM article_text t JOIN article a ON a.workspace_id = t.workspace_id AND a.id = t.article_id
			WHERE t.workspace_id = $1 AND t.locale = $4 AND `+find.OpenText+`
				AND a.help_center_id = $5 AND `+inShown(`t.article_id`, `$2`, `$3`)+` AND t.article_id IN `,
			v.Workspace, v.Locale, v.home.DefaultLocale, p.Locale, v.HelpCenter)
		if err != nil {
			return nil, err
		}
		for _, id := range chunk {
			if listed[id] && len(list) < lectern.MaxRelated {
				list = append(list, id)
			}
		}
		if len(list) == lectern.MaxRelated {
			break
		}
	}
	return list, nil
}
