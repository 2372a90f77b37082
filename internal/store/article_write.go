package store

import (
	"context"
	"maps"
	"slices"

	"lectern"
)

// AddArticle creates an article as edit asks.
func (d *DB) AddArticle(ctx context.Context, by lectern.Actor, edit *lectern.ArticleEdit) (*lectern.Article, error) {
	var a *lectern.Article
	err := d.write(ctx, by, "add article", func(t *tx) (err error) {
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
	var a *lectern.Article
	err := d.write(ctx, by, "update article", func(t *tx) (err error) {
		if a, err = readArticle(t, by.Workspace, id); err != nil {
			return err
		}
		h, err := readHelpCenter(t, by.Workspace, a.HelpCenter)
		if err != nil {
			return err
		}
		if check != nil {
			if err := check(a, h); err != nil {
				return err
			}
		}
		s := saving{tx: t, a: a}
		if err := s.apply(edit, h); err != nil {
			return err
		}
		return s.save()
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}

// DeleteArticle removes an article for good. It returns NotFound.
func (d *DB) DeleteArticle(ctx context.Context, by lectern.Actor, id lectern.ArticleID) error {
	return d.write(ctx, by, "delete article", func(t *tx) error {
		a, err := readArticle(t, by.Workspace, id)
		if err != nil {
			return err
		}
		h, err := readHelpCenter(t, by.Workspace, a.HelpCenter)
		if err != nil {
			return err
		}
		if _, err := t.take(0, 1); err != nil {
			return err
		}
		for l := range a.Texts {
			if err := t.forget(TextKey{by.Workspace, id, l}); err != nil {
				return err
			}
		}
		for _, statement := range []string{
			`DELETE FROM article_parent WHERE workspace_id = $1 AND article_id = $2`,
			`DELETE FROM article_text WHERE workspace_id = $1 AND article_id = $2`,
			`DELETE FROM article WHERE workspace_id = $1 AND id = $2`,
		} {
			if _, err := t.Exec(statement, by.Workspace, id); err != nil {
				return err
			}
		}
		return t.record(lectern.ArticleDeleted, int64(id), lectern.EventData{
			Name: a.Text(h).Title, PreviousUpdatedAt: a.UpdatedAt.Unix(),
		})
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

// apply changes the article as edit asks. H is its help center, or nil if it is
// new.
func (s *saving) apply(edit *lectern.ArticleEdit, h *lectern.HelpCenter) error {
	s.old = *s.a
	s.old.Texts = maps.Clone(s.a.Texts)
	if edit.Parents != nil {
		s.a.Parents = unique(*edit.Parents)
	}
	var err error
	if s.home, err = s.homeOf(edit, h); err != nil {
		return err
	}
	known, err := s.teammates(edit.Authors())
	if err != nil {
		return err
	}
	if !known {
		return lectern.Invalidf("author_id", "author_id must be a teammate on the help center's workspace")
	}
	s.before = cloneHelpCenter(s.home)
	if err := s.a.Apply(edit, s.home, s.by.Admin, s.now); err != nil {
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

// homeOf finds the help center of the article once it stands where edit asks;
// h is its present one, or nil.
func (s *saving) homeOf(edit *lectern.ArticleEdit, h *lectern.HelpCenter) (*lectern.HelpCenter, error) {
	if h != nil && edit.Parents == nil {
		return h, nil
	}
	if len(s.a.Parents) == 0 {
		return defaultHelpCenter(s, s.by.Workspace)
	}
	var homes []lectern.HelpCenterID
	found := 0
	for chunk := range slices.Chunk(s.a.Parents, maxIn) {
		ids := pad(chunk)
		list, err := all(s, column[lectern.HelpCenterID], `
			SELECT help_center_id FROM collection WHERE workspace_id = $1 AND id IN (`+in(2, len(ids))+`)`,
			append([]any{s.by.Workspace}, ids...)...)
		if err != nil {
			return nil, err
		}
		found += len(list)
		homes = unique(append(homes, list...))
	}
	if found != len(s.a.Parents) {
		return nil, lectern.Invalidf("parent_id", "parent_id is invalid")
	}
	if len(homes) > 1 {
		return nil, lectern.Invalidf("parent_id", "parent_id must name collections of one help center")
	}
	return readHelpCenter(s, s.by.Workspace, homes[0])
}

// save stores the rows that differ, the words, the languages that were switched
// on, and the events.
func (s *saving) save() error {
	var changed, fresh []lectern.Locale
	for _, l := range slices.Sorted(maps.Keys(s.a.Texts)) {
		was, ok := s.old.Texts[l]
		if !ok {
			fresh = append(fresh, l)
		}
		if !ok || was != s.a.Texts[l] {
			changed = append(changed, l)
		}
	}
	n := len(fresh)
	if s.old.ID == 0 {
		n++
	}
	id, err := s.take(n, 1+helpCenterEvents(s.before, s.home))
	if err != nil {
		return err
	}
	for i, l := range fresh {
		text := s.a.Texts[l]
		text.Content = lectern.ContentID(id + int64(n-len(fresh)+i))
		s.a.Texts[l] = text
	}
	if err := s.saveRow(lectern.ArticleID(id)); err != nil {
		return err
	}
	for _, l := range changed {
		if err := s.saveText(l); err != nil {
			return err
		}
	}
	if err := s.saveParents(); err != nil {
		return err
	}
	if err := s.recordHelpCenter(s.home, s.before); err != nil {
		return err
	}
	return s.recordArticle()
}

// saveRow stores the article's own row; id is for a new one.
func (s *saving) saveRow(id lectern.ArticleID) error {
	a := s.a
	if s.old.ID == 0 {
		a.ID = id
		_, err := s.Exec(`
			INSERT INTO article (workspace_id, id, help_center_id, created_by, updated_by, created_at, updated_at,
				views, conversations, happy, neutral, sad)
			VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, 0, 0, 0)`,
			s.by.Workspace, a.ID, a.HelpCenter, a.CreatedBy, a.UpdatedBy, a.CreatedAt.Unix(), a.UpdatedAt.Unix())
		return err
	}
	_, err := s.Exec(`
		UPDATE article SET help_center_id = $3, updated_by = $4, updated_at = $5 WHERE workspace_id = $1 AND id = $2`,
		s.by.Workspace, a.ID, a.HelpCenter, a.UpdatedBy, a.UpdatedAt.Unix())
	return err
}

// saveText stores the article's text in one locale, and its words if they or
// its state changed.
func (s *saving) saveText(l lectern.Locale) error {
	t := s.a.Texts[l]
	_, err := s.Exec(`
		INSERT INTO article_text (workspace_id, article_id, locale, content_id, title, description, body,
			author_id, state, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (workspace_id, article_id, locale)
		DO UPDATE SET title = excluded.title, description = excluded.description, body = excluded.body,
			author_id = excluded.author_id, state = excluded.state, updated_at = excluded.updated_at`,
		s.by.Workspace, s.a.ID, l, t.Content, t.Title, t.Description, t.Body,
		t.Author, t.State, t.CreatedAt.Unix(), t.UpdatedAt.Unix())
	if err != nil {
		return err
	}
	was, known := s.old.Texts[l]
	if known && was.Title == t.Title && was.Description == t.Description && was.Body == t.Body && was.State == t.State {
		return nil
	}
	key := TextKey{s.by.Workspace, s.a.ID, l}
	if known {
		if err := s.forget(key); err != nil {
			return err
		}
	}
	return s.learn(key, t)
}

// saveParents stores the list of parents if it changed.
func (s *saving) saveParents() error {
	if slices.Equal(s.a.Parents, s.old.Parents) {
		return nil
	}
	if len(s.old.Parents) > 0 {
		_, err := s.Exec(`DELETE FROM article_parent WHERE workspace_id = $1 AND article_id = $2`, s.by.Workspace, s.a.ID)
		if err != nil {
			return err
		}
	}
	for i, p := range s.a.Parents {
		_, err := s.Exec(`
			INSERT INTO article_parent (workspace_id, article_id, position, collection_id) VALUES ($1, $2, $3, $4)`,
			s.by.Workspace, s.a.ID, i+1, p)
		if err != nil {
			return err
		}
	}
	return nil
}

// recordArticle writes the event of a creation or change.
func (s *saving) recordArticle() error {
	data := lectern.EventData{Name: s.a.Text(s.home).Title, UpdatedAt: s.a.UpdatedAt.Unix()}
	for _, l := range slices.Sorted(maps.Keys(s.a.Texts)) {
		was, is := s.old.Texts[l].State == lectern.Published, s.a.Texts[l].State == lectern.Published
		switch {
		case is && !was:
			data.Published = append(data.Published, l)
		case was && !is:
			data.Unpublished = append(data.Unpublished, l)
		}
	}
	if s.old.ID == 0 {
		return s.record(lectern.ArticleCreated, int64(s.a.ID), data)
	}
	data.PreviousUpdatedAt = s.old.UpdatedAt.Unix()
	return s.record(lectern.ArticleUpdated, int64(s.a.ID), data)
}
