package find

import (
	"slices"

	"lectern"
	"lectern/internal/store/db"
)

// maxVisible is how many sets of visible texts are kept.
const maxVisible = 256

// visibleTexts keeps which articles have a text that a search may show.
type visibleTexts struct {
	eventCache[visibleKey, []int64]
}

type visibleKey struct {
	workspace  lectern.WorkspaceID
	helpCenter lectern.HelpCenterID // zero for every one
	public     bool                 // only texts that every visitor may see
	locale     lectern.Locale
}

// in returns the articles, in ascending order.
func (v *visibleTexts) in(c db.Conn, key visibleKey) ([]int64, error) {
	return v.get(c, key.workspace, key, maxVisible, func() ([]int64, error) { return readVisible(c, key) })
}

func readVisible(c db.Conn, key visibleKey) ([]int64, error) {
	from, args := `article a`, []any{key.workspace, key.helpCenter}
	where := `a.workspace_id = $1 AND (CAST($2 AS BIGINT) = 0 OR a.help_center_id = $2)`
	if key.public {
		from += ` JOIN article_text t ON t.workspace_id = a.workspace_id AND t.article_id = a.id`
		where += ` AND ` + PublicArticle + ` AND t.locale = $3`
		args = append(args, key.locale)
	}
	ids, err := db.All(c, db.Scalar[int64], `SELECT a.id FROM `+from+` WHERE `+where, args...)
	slices.Sort(ids)
	return ids, err
}

// OpenText is the condition that every visitor may read the text of an article
// called t, as far as the text is concerned.
const OpenText = `t.state = 'published' AND NOT EXISTS (
	SELECT 1 FROM audience_of o WHERE o.workspace_id = t.workspace_id AND o.object_id = t.content_id)`

// PublicArticle is the condition that every visitor may see the article called
// a by its text called t.
const PublicArticle = OpenText + `
	AND EXISTS (SELECT 1 FROM help_center h WHERE h.workspace_id = a.workspace_id AND h.id = a.help_center_id AND h.website_turned_on <> 0)
	AND EXISTS (SELECT 1 FROM article_parent p WHERE p.workspace_id = a.workspace_id AND p.article_id = a.id)`

// membership returns what reports whether a number is among ids, which ascend.
// It is quick for numbers that ascend as well.
func membership(ids []int64) func(int64) bool {
	at := 0
	return func(id int64) bool {
		if at > 0 && ids[at-1] >= id {
			at = 0
		}
		for step := 1; at < len(ids) && ids[at] < id; step *= 2 { // in growing steps, then between the last two
			if at+step >= len(ids) || ids[at+step] >= id {
				n, _ := slices.BinarySearch(ids[at:min(at+step+1, len(ids))], id)
				at += n
				break
			}
			at += step
		}
		return at < len(ids) && ids[at] == id
	}
}
