package store

import (
	"context"

	"lectern"
	"lectern/internal/store/db"
)

// createdVia is how versions say they came about: everything is written
// through the API.
const createdVia = "api"

// A freshVersion is a wording that is to become a version.
type freshVersion struct {
	locale lectern.Locale
	staged bool // the draft's wording, not the text's
	from   lectern.VersionID
	lectern.Wording
}

// freshVersions lists the wordings that are not those of the versions they came
// from.
func (s *saving) freshVersions(locales []lectern.Locale) []freshVersion {
	var fresh []freshVersion
	for _, l := range locales {
		saved := map[lectern.VersionID]lectern.Wording{
			s.old.Texts[l].Version: s.old.Texts[l].Wording, s.old.Drafts[l].Version: s.old.Drafts[l].Wording,
		}
		if t := s.a.Texts[l]; t.Version == 0 || saved[t.Version] != t.Wording {
			fresh = append(fresh, freshVersion{l, false, t.Version, t.Wording})
		}
		if d, staged := s.a.Drafts[l]; staged && saved[d.Version] != d.Wording {
			fresh = append(fresh, freshVersion{l, true, d.Version, d.Wording})
		}
	}
	return fresh
}

// saveVersion stores a version, and notes its ID where its wording is.
func (s *saving) saveVersion(v freshVersion, id int64) error {
	if v.staged {
		d := s.a.Drafts[v.locale]
		d.Version = lectern.VersionID(id)
		s.a.Drafts[v.locale] = d
	} else {
		t := s.a.Texts[v.locale]
		t.Version = lectern.VersionID(id)
		s.a.Texts[v.locale] = t
	}
	err := s.do(`
		INSERT INTO article_version (workspace_id, id, article_id, locale, from_version_id, title, description, body,
			author_id, created_by, created_via, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		s.by.Workspace, id, s.a.ID, v.locale, db.Null(v.from), v.Title, v.Description, v.Body,
		v.Author, s.a.UpdatedBy, createdVia, s.now.Unix())
	return err
}

// versionColumns are what scanVersion reads of the version called v. A version
// is published while it is the one of a text that is.
const versionColumns = `v.id, v.article_id, v.locale, COALESCE(v.from_version_id, 0), v.title, v.description, v.body,
	v.author_id, v.created_by, v.created_via, v.created_at, COALESCE((
		SELECT t.state FROM article_text t WHERE t.workspace_id = v.workspace_id
			AND t.article_id = v.article_id AND t.locale = v.locale AND t.version_id = v.id), 'draft')`

func scanVersion(r db.Rows) (*lectern.ArticleVersion, error) {
	v := &lectern.ArticleVersion{}
	return v, r.Scan(&v.ID, &v.Article, &v.Locale, &v.From, &v.Title, &v.Description, &v.Body,
		&v.Author, &v.CreatedBy, &v.Via, db.Seconds(&v.CreatedAt), &v.State)
}

// ArticleVersion finds one of an article's versions. It returns NotFound.
func (d *DB) ArticleVersion(ctx context.Context, ws lectern.WorkspaceID, article lectern.ArticleID, id lectern.VersionID) (*lectern.ArticleVersion, error) {
	return db.Find(ctx, d.db, "read version", scanVersion, `
		SELECT `+versionColumns+` FROM article_version v WHERE v.workspace_id = $1 AND v.id = $2 AND v.article_id = $3`,
		ws, id, article)
}

// ArticleVersions returns a page of an article's versions, newest first, and
// their exact number. It returns NotFound.
func (d *DB) ArticleVersions(ctx context.Context, ws lectern.WorkspaceID, q lectern.VersionQuery) ([]*lectern.ArticleVersion, int, error) {
	var list []*lectern.ArticleVersion
	var total int
	err := d.db.Read(ctx, "list versions", func(c db.Conn) error {
		found, err := db.Exists(c, `SELECT id FROM article WHERE workspace_id = $1 AND id = $2`, ws, q.Article)
		if err != nil {
			return err
		}
		if !found {
			return db.NotFound()
		}
		const where = ` FROM article_version v
			WHERE v.workspace_id = $1 AND v.article_id = $2 AND (CAST($3 AS TEXT) = '' OR v.locale = $3) `
		if total, err = db.Count(c, `SELECT count(*)`+where, ws, q.Article, q.Locale); err != nil {
			return err
		}
		list, err = db.All(c, scanVersion, `SELECT `+versionColumns+where+`ORDER BY v.id DESC LIMIT $4 OFFSET $5`,
			ws, q.Article, q.Locale, db.Limit(q.Limit), q.Offset)
		return err
	})
	return list, total, err
}
