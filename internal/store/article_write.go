package store

import (
	"context"
	"maps"
	"slices"

	"lectern"
	"lectern/internal/store/db"
)

// AddArticle creates an article as edit asks.
func (d *DB) AddArticle(ctx context.Context, by lectern.Actor, edit *lectern.ArticleEdit) (*lectern.Article, error) {
	var a *lectern.Article
	err := d.write(ctx, by, lectern.MayWriteArticles, "add article", func(t *tx) (err error) {
		a = &lectern.Article{}
		s := saving{tx: t, a: a}
		if err := s.apply(edit, nil); err != nil {
			return err
		}
		return s.save()
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}

// UpdateArticle applies edit in one transaction, after check. See
// lectern.ArticleStore.
func (d *DB) UpdateArticle(ctx context.Context, by lectern.Actor, id lectern.ArticleID, edit *lectern.ArticleEdit, check func(*lectern.Article, *lectern.HelpCenter) error) (*lectern.Article, error) {
	return d.changeArticle(ctx, by, "update article", id, func(s *saving) error {
		if check != nil {
			if err := check(s.a, s.home); err != nil {
				return err
			}
		}
		return s.apply(edit, s.home)
	})
}

// changeArticle reads an article and its help center, hands them to change and
// stores what change left, in one transaction.
func (d *DB) changeArticle(ctx context.Context, by lectern.Actor, doing string, id lectern.ArticleID, change func(*saving) error) (*lectern.Article, error) {
	var a *lectern.Article
	err := d.write(ctx, by, lectern.MayWriteArticles, doing, func(t *tx) (err error) {
		s, err := t.saving(id)
		if err != nil {
			return err
		}
		if err := change(s); err != nil {
			return err
		}
		a = s.a
		return s.save()
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}

// DeleteArticle removes an article for good. It returns NotFound.
func (d *DB) DeleteArticle(ctx context.Context, by lectern.Actor, id lectern.ArticleID) error {
	return d.write(ctx, by, lectern.MayWriteArticles, "delete article", func(t *tx) error { return t.deleteArticle(id) })
}

func (t *tx) deleteArticle(id lectern.ArticleID) error {
	a, err := readArticle(t, t.by.Workspace, id)
	if err != nil {
		return err
	}
	h, err := readHelpCenter(t, t.by.Workspace, a.HelpCenter)
	if err != nil {
		return err
	}
	if _, err := t.take(0, 2); err != nil {
		return err
	}
	for l := range a.Texts {
		if err := t.forget(articleText(t.by.Workspace, id, l)); err != nil {
			return err
		}
	}
	for _, statement := range []string{
		// Views and reactions come beside the order: from here on none does.
		`UPDATE article SET views = views WHERE workspace_id = $1 AND id = $2`,
		`DELETE FROM tagging WHERE workspace_id = $1 AND object_kind = 'article' AND object_id = $2`,
		`DELETE FROM folder_content WHERE workspace_id = $1 AND object_kind = 'article' AND object_id = $2`,
		`DELETE FROM audience_of WHERE workspace_id = $1 AND object_id IN
			(SELECT content_id FROM article_text WHERE workspace_id = $1 AND article_id = $2)`,
		`DELETE FROM article_draft WHERE workspace_id = $1 AND article_id = $2`,
		`DELETE FROM article_version WHERE workspace_id = $1 AND article_id = $2`,
		`DELETE FROM redirect WHERE workspace_id = $1 AND article_id = $2`,
		`DELETE FROM article_parent WHERE workspace_id = $1 AND article_id = $2`,
		`DELETE FROM article_day WHERE workspace_id = $1 AND article_id = $2`,
		`DELETE FROM article_count WHERE workspace_id = $1 AND article_id = $2`,
		`DELETE FROM reaction WHERE workspace_id = $1 AND article_id = $2`,
		`DELETE FROM article_text WHERE workspace_id = $1 AND article_id = $2`,
		`DELETE FROM article WHERE workspace_id = $1 AND id = $2`,
	} {
		if _, err := t.Exec(statement, t.by.Workspace, id); err != nil {
			return err
		}
	}
	if err := t.fade(h.ID, slices.Sorted(maps.Keys(a.Texts))); err != nil {
		return err
	}
	return t.record(lectern.ArticleDeleted, int64(id), lectern.EventData{
		Name: a.Text(h).Title, PreviousUpdatedAt: a.UpdatedAt.Unix(),
	})
}

// A saving is an article on its way from an edit to its rows.
type saving struct {
	*tx
	a      *lectern.Article
	old    lectern.Article     // as it was; without an ID if it is new
	home   *lectern.HelpCenter // of the article from now on
	before *lectern.HelpCenter // home before the edit
}

// saving begins a change of the article with the given ID.
func (t *tx) saving(id lectern.ArticleID) (*saving, error) {
	a, err := readArticle(t, t.by.Workspace, id)
	if err != nil {
		return nil, err
	}
	h, err := readHelpCenter(t, t.by.Workspace, a.HelpCenter)
	if err != nil {
		return nil, err
	}
	s := &saving{tx: t, a: a, old: *a, home: h, before: cloneHelpCenter(h)}
	s.old.Texts, s.old.Drafts = maps.Clone(a.Texts), maps.Clone(a.Drafts)
	return s, nil
}

// apply changes the article as edit asks. H is its help center, or nil if it is
// new.
func (s *saving) apply(edit *lectern.ArticleEdit, h *lectern.HelpCenter) error {
	parents := edit.ParentsOf(s.a)
	if parents != nil {
		s.a.Parents = unique(*parents)
	}
	var err error
	if s.home, err = s.homeOf(parents != nil, h); err != nil {
		return err
	}
	if err := s.checkNames(edit); err != nil {
		return err
	}
	asked := edit
	if h != nil && edit.PutBack && h.DefaultLocale != s.home.DefaultLocale {
		asked = edit.InEntry(h.DefaultLocale, s.a)
	}
	if edit.Folder != nil {
		s.a.Folder = *edit.Folder
	}
	s.before = cloneHelpCenter(s.home)
	err = s.a.Apply(asked, s.home, s.by.Admin, s.now)
	edit.Ignored = asked.Ignored
	if err != nil {
		return err
	}
	if s.a.HelpCenter != s.home.ID {
		s.a.HelpCenter = s.home.ID
		for _, l := range slices.Sorted(maps.Keys(s.a.Texts)) {
			s.home.Admit(l)
		}
	}
	return nil
}

// checkNames refuses an edit that names teammates or audiences the workspace
// does not have.
func (s *saving) checkNames(edit *lectern.ArticleEdit) error {
	if err := s.checkAuthors(edit); err != nil {
		return err
	}
	return s.checkAudiences(edit.AudienceIDs())
}

// checkAuthors refuses an edit that names authors who are no teammates, unless
// it repeats what an answer said.
func (s *saving) checkAuthors(edit *lectern.ArticleEdit) error {
	authors := slices.DeleteFunc(edit.Authors(), func(id lectern.AdminID) bool {
		for l := range s.a.Texts {
			if slices.ContainsFunc(s.a.Readable(l), func(t lectern.ArticleText) bool { return t.Author == id }) {
				return true
			}
		}
		return id == 0 && edit.PutBack
	})
	known, err := s.teammates(authors)
	if err == nil && !known {
		return unknownAuthor()
	}
	return err
}

// homeOf finds the help center of the article, which may have moved to other
// collections; h is its present one, or nil.
func (s *saving) homeOf(moved bool, h *lectern.HelpCenter) (*lectern.HelpCenter, error) {
	if h != nil && !moved {
		return h, nil
	}
	s.a.Nested = nil
	if len(s.a.Parents) == 0 {
		return defaultHelpCenter(s, s.by.Workspace)
	}
	var homes []lectern.HelpCenterID
	nested := map[lectern.CollectionID]bool{} // all that exist
	err := db.EachOf(s, s.a.Parents, func(r db.Rows) error {
		var id, above lectern.CollectionID
		var home lectern.HelpCenterID
		err := r.Scan(&id, &above, &home)
		nested[id], homes = above != 0, append(homes, home)
		return err
	}, `SELECT id, COALESCE(parent_id, 0), help_center_id FROM collection WHERE workspace_id = $1 AND id IN`, s.by.Workspace)
	if err != nil {
		return nil, err
	}
	if len(nested) != len(s.a.Parents) {
		return nil, lectern.Invalidf("parent_id", "parent_id is invalid")
	}
	if len(unique(homes)) > 1 {
		return nil, lectern.Invalidf("parent_id", "parent_id must name collections of one help center")
	}
	for _, id := range s.a.Parents {
		if nested[id] {
			s.a.Nested = append(s.a.Nested, id)
		}
	}
	return readHelpCenter(s, s.by.Workspace, homes[0])
}

func unknownAuthor() error {
	return lectern.Invalidf("author_id", "author_id must be a teammate on the help center's workspace")
}
