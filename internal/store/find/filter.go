package find

import (
	"strconv"
	"strings"
	"time"

	"lectern"
	"lectern/internal/store/db"
)

// A contentFilter writes the statements that say which content a query asks
// for. In them o is the object, x its text, and $1 the workspace.
type contentFilter struct {
	q    lectern.ContentQuery
	args []any
}

// arg adds an argument and returns the parameter for it.
func (f *contentFilter) arg(v any) string {
	f.args = append(f.args, v)
	return `$` + strconv.Itoa(len(f.args))
}

// among is an IN list of values.
func among[T any](f *contentFilter, values []T) string {
	list := db.Pad(values)
	text := ` IN (` + db.In(len(f.args)+1, len(list)) + `)`
	f.args = append(f.args, list...)
	return text
}

// objects selects the ID and the time of the last change of every object that
// has a text asked for.
func (f *contentFilter) objects() string {
	about, text := f.aboutObject(), f.aboutText()
	var parts []string
	for _, kind := range f.q.Kinds {
		part := `SELECT o.id, o.updated_at FROM ` + Tables[kind] + ` o WHERE o.workspace_id = $1` + about(kind)
		if kind != lectern.ArticleObject {
			part += text(`o`)
		} else if conditions := text(`x`) + f.aboutState(); conditions != "" {
			part += ` AND EXISTS (SELECT 1 FROM article_text x
				WHERE x.workspace_id = $1 AND x.article_id = o.id` + conditions + `)`
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ` UNION ALL `)
}

// texts selects the object's ID and the locale of every text asked for, whatever
// its locale and state. All is whether every text is.
func (f *contentFilter) texts() (rows string, all bool) {
	f.q.Locales = nil
	about, text := f.aboutObject(), f.aboutText()
	if about(lectern.ArticleObject)+text(`x`) == "" {
		return "", true
	}
	var parts []string
	for _, kind := range f.q.Kinds {
		from, of := ` o`, `o`
		if kind == lectern.ArticleObject {
			from, of = ` o JOIN article_text x ON x.workspace_id = o.workspace_id AND x.article_id = o.id`, `x`
		}
		parts = append(parts, `SELECT o.id, `+of+`.locale FROM `+Tables[kind]+from+`
			WHERE o.workspace_id = $1`+about(kind)+text(of))
	}
	return strings.Join(parts, ` UNION ALL `), false
}

// aboutText returns what the query asks of a text beyond its state, by the name
// of its table.
func (f *contentFilter) aboutText() func(of string) string {
	var conditions []string
	if len(f.q.Locales) > 0 {
		conditions = append(conditions, `locale`+among(f, f.q.Locales))
	}
	for _, flag := range []struct {
		column string
		is     *bool
	}{{`chatbot`, f.q.Chatbot}, {`copilot`, f.q.Copilot}, {`sales_agent`, f.q.SalesAgent}} {
		if flag.is != nil {
			conditions = append(conditions, flag.column+` = `+f.arg(*flag.is))
		}
	}
	return func(of string) (text string) {
		for _, c := range conditions {
			text += ` AND ` + of + `.` + c
		}
		return text
	}
}

// aboutState is what the query asks of the state of an article's text.
func (f *contentFilter) aboutState() string {
	if len(f.q.States) == 2 {
		return ""
	}
	return ` AND x.state` + among(f, f.q.States)
}

// aboutObject returns what the query asks of an object, by its kind.
func (f *contentFilter) aboutObject() func(lectern.ObjectKind) string {
	var text string
	for _, list := range f.q.Tags {
		text += ` AND o.id IN (` + tagged + among(f, list) + `)`
	}
	if len(f.q.NoTags) > 0 {
		text += ` AND o.id NOT IN (` + tagged + among(f, f.q.NoTags) + `)`
	}
	if len(f.q.Folders) > 0 {
		text += ` AND o.id IN (SELECT c.object_id FROM folder_content c WHERE c.workspace_id = $1 AND c.folder_id IN (
			WITH RECURSIVE inside (id) AS (
				SELECT id FROM folder WHERE workspace_id = $1 AND id` + among(f, f.q.Folders) + `
				UNION
				SELECT d.id FROM folder d JOIN inside i ON d.parent_id = i.id WHERE d.workspace_id = $1
			)
			SELECT id FROM inside))`
	}
	for _, b := range []struct {
		condition string
		at        time.Time
	}{
		{` AND o.created_at >= `, f.q.CreatedAfter}, {` AND o.created_at <= `, f.q.CreatedBefore},
		{` AND o.updated_at >= `, f.q.UpdatedAfter}, {` AND o.updated_at <= `, f.q.UpdatedBefore},
	} {
		if !b.at.IsZero() {
			text += b.condition + f.arg(b.at.Unix())
		}
	}
	var article, other string
	for _, b := range []struct {
		column string
		admins []lectern.AdminID
	}{{`created_by`, f.q.CreatedBy}, {`updated_by`, f.q.UpdatedBy}} {
		if len(b.admins) > 0 {
			is := b.column + among(f, b.admins)
			article += ` AND o.` + is
			other += ` AND o.id IN (SELECT n.object_id FROM search_object n WHERE n.workspace_id = $1 AND n.` + is + `)`
		}
	}
	return func(kind lectern.ObjectKind) string {
		if kind == lectern.ArticleObject {
			return text + article
		}
		return text + other
	}
}

// tagged selects the objects that carry one of some tags.
const tagged = `SELECT g.object_id FROM tagging g WHERE g.workspace_id = $1 AND g.tag_id`
