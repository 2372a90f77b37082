package store

import (
	"context"

	"lectern"
)

// StageDraft changes what a published article is to say next. See
// lectern.ArticleStore.
func (d *DB) StageDraft(ctx context.Context, by lectern.Actor, id lectern.ArticleID, edit *lectern.ArticleEdit, check func(*lectern.Article, *lectern.HelpCenter) error) (*lectern.Article, error) {
	return d.changeArticle(ctx, by, "stage draft", id, func(s *saving) error {
		if check != nil {
			if err := check(s.a, s.home); err != nil {
				return err
			}
		}
		if err := s.checkAuthors(edit); err != nil {
			return err
		}
		return s.a.Stage(edit, s.home, by.Admin, s.now)
	})
}

// PublishDrafts puts what is staged in some locales before readers. See
// lectern.ArticleStore.
func (d *DB) PublishDrafts(ctx context.Context, by lectern.Actor, id lectern.ArticleID, locales []lectern.Locale) (*lectern.Article, error) {
	return d.changeArticle(ctx, by, "publish draft", id, func(s *saving) error {
		return s.a.PublishDrafts(locales, s.home, by.Admin, s.now)
	})
}

// saveDraft stores what is staged over the text in one locale if it changed.
func (s *saving) saveDraft(l lectern.Locale) error {
	d, staged := s.a.Drafts[l]
	was, before := s.old.Drafts[l]
	switch {
	case !staged && !before, staged && before && d == was:
		return nil
	case !staged:
		err := s.do(`DELETE FROM article_draft WHERE workspace_id = $1 AND article_id = $2 AND locale = $3`,
			s.by.Workspace, s.a.ID, l)
		return err
	}
	err := s.do(`
		INSERT INTO article_draft (workspace_id, article_id, locale, version_id, updated_by, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (workspace_id, article_id, locale) DO UPDATE SET
			version_id = excluded.version_id, updated_by = excluded.updated_by, updated_at = excluded.updated_at`,
		s.by.Workspace, s.a.ID, l, d.Version, d.UpdatedBy, d.UpdatedAt.Unix())
	return err
}
