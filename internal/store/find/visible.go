package find

import (
	"slices"
	"sync"

	"lectern"
	"lectern/internal/store/db"
)

// maxVisible is how many sets of visible texts are kept.
const maxVisible = 256

// visibleTexts keeps which articles have a text that a search may show, until
// something happens in the workspace.
type visibleTexts struct {
	mu   sync.Mutex
	sets map[visibleKey]visibleSet
	lost int // counts what clear was told of
}

type visibleKey struct {
	workspace  lectern.WorkspaceID
	helpCenter lectern.HelpCenterID // zero for every one
	public     bool                 // only texts that every visitor may see
	locale     lectern.Locale
}

type visibleSet struct {
	event lectern.EventID // the last of the workspace when it was read
	ids   []int64         // ascending
}

// clear drops all: see Finder.Clear.
func (v *visibleTexts) clear() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.lost++
	v.sets = nil
}

// in returns the articles, in ascending order.
func (v *visibleTexts) in(c db.Conn, key visibleKey) ([]int64, error) {
	v.mu.Lock()
	set, known := v.sets[key]
	lost := v.lost
	v.mu.Unlock()
	event, err := lastOf(c, key.workspace)
	if err != nil {
		return nil, err
	}
	if known && set.event == event {
		return set.ids, nil
	}
	where, args := `a.workspace_id = $1 AND (CAST($2 AS BIGINT) = 0 OR a.help_center_id = $2)`, []any{key.workspace, key.helpCenter}
	if key.public {
		where += ` AND ` + PublicArticle + ` AND t.locale = $3`
		args = append(args, key.locale)
	}
	from := `article a`
	if key.public {
		from += ` JOIN article_text t ON t.workspace_id = a.workspace_id AND t.article_id = a.id`
	}
	ids, err := db.All(c, db.Scalar[int64], `SELECT a.id FROM `+from+` WHERE `+where, args...)
	if err != nil {
		return nil, err
	}
	slices.Sort(ids)
	v.mu.Lock()
	defer v.mu.Unlock()
	if lost != v.lost {
		return ids, nil
	}
	if v.sets == nil || len(v.sets) >= maxVisible {
		v.sets = map[visibleKey]visibleSet{}
	}
	v.sets[key] = visibleSet{event, ids}
	return ids, nil
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
