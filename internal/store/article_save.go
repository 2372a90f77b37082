package store

import (
	"maps"
	"slices"

	"lectern"
	"lectern/internal/store/db"
)

// save stores the rows that differ, the words, the languages that were switched
// on, and the events.
func (s *saving) save() error {
	locales := slices.Sorted(maps.Keys(s.a.Texts))
	versions := s.freshVersions(locales)
	n := len(versions)
	if s.old.ID == 0 {
		n++
	}
	for _, l := range locales {
		if s.a.Texts[l].Content == 0 {
			n++
		}
	}
	first, err := s.take(n, 1+helpCenterEvents(s.before, s.home))
	if err != nil {
		return err
	}
	next := func() int64 { first++; return first - 1 }
	if err := s.saveRow(next); err != nil {
		return err
	}
	for _, v := range versions {
		if err := s.saveVersion(v, next()); err != nil {
			return err
		}
	}
	for _, l := range locales {
		if t := s.a.Texts[l]; t.Content == 0 {
			t.Content = lectern.ContentID(next())
			s.a.Texts[l] = t
		}
		if err := s.saveText(l); err != nil {
			return err
		}
		if err := s.saveDraft(l); err != nil {
			return err
		}
	}
	if err := s.saveParents(); err != nil {
		return err
	}
	if s.a.Folder != s.old.Folder {
		err := s.putInFolder(lectern.Object{Kind: lectern.ArticleObject, ID: int64(s.a.ID)}, s.a.Folder)
		if err != nil {
			return err
		}
	}
	if err := s.recordHelpCenter(s.home, s.before); err != nil {
		return err
	}
	return s.recordArticle()
}

// saveRow stores the article's own row, a new one under the next ID.
func (s *saving) saveRow(next func() int64) error {
	a, later := s.a, s.a.Schedule
	var at any
	if !later.At.IsZero() {
		at = later.At.Unix()
	}
	if s.old.ID == 0 {
		a.ID = lectern.ArticleID(next())
		err := s.do(`
			INSERT INTO article (workspace_id, id, help_center_id, created_by, updated_by, created_at, updated_at,
				scheduled_at, scheduled_state, scheduled_locales, scheduled_by,
				views, conversations, happy, neutral, sad)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0, 0, 0, 0)`,
			s.by.Workspace, a.ID, a.HelpCenter, a.CreatedBy, a.UpdatedBy, a.CreatedAt.Unix(), a.UpdatedAt.Unix(),
			at, later.State, db.Join(later.Locales), later.By)
		return err
	}
	err := s.do(`
		UPDATE article SET help_center_id = $3, updated_by = $4, updated_at = $5,
			scheduled_at = $6, scheduled_state = $7, scheduled_locales = $8, scheduled_by = $9
		WHERE workspace_id = $1 AND id = $2`,
		s.by.Workspace, a.ID, a.HelpCenter, a.UpdatedBy, a.UpdatedAt.Unix(), at, later.State, db.Join(later.Locales), later.By)
	return err
}

// saveText stores the article's text in one locale if it changed, and its words
// if they or its state did.
func (s *saving) saveText(l lectern.Locale) error {
	t := s.a.Texts[l]
	was, known := s.old.Texts[l]
	if !slices.Equal(t.Audiences, was.Audiences) {
		if err := s.setAudiences(int64(t.Content), t.Audiences); err != nil {
			return err
		}
	}
	if known && sameText(t, was) {
		return nil
	}
	var published any
	if !t.PublishedAt.IsZero() {
		published = t.PublishedAt.Unix()
	}
	err := s.do(`
		INSERT INTO article_text (workspace_id, article_id, locale, content_id, version_id, title, description, body,
			author_id, state, chatbot, copilot, sales_agent, created_by, updated_by, created_at, updated_at, published_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
		ON CONFLICT (workspace_id, article_id, locale)
		DO UPDATE SET version_id = excluded.version_id, title = excluded.title, description = excluded.description,
			body = excluded.body, author_id = excluded.author_id, state = excluded.state, chatbot = excluded.chatbot,
			copilot = excluded.copilot, sales_agent = excluded.sales_agent, updated_by = excluded.updated_by,
			updated_at = excluded.updated_at, published_at = excluded.published_at`,
		s.by.Workspace, s.a.ID, l, t.Content, t.Version, t.Title, t.Description, t.Body,
		t.Author, t.State, t.Availability.Chatbot, t.Availability.Copilot, t.Availability.SalesAgent,
		t.CreatedBy, t.UpdatedBy, t.CreatedAt.Unix(), t.UpdatedAt.Unix(), published)
	if err != nil {
		return err
	}
	if known && was.Title == t.Title && was.Description == t.Description && was.Body == t.Body && was.State == t.State {
		return nil
	}
	return s.learn(articleText(s.by.Workspace, s.a.ID, l), t, known)
}

// sameText reports whether two texts are equal but for their audiences.
func sameText(a, b lectern.ArticleText) bool {
	return a.Wording == b.Wording && a.State == b.State && a.Version == b.Version && a.Availability == b.Availability &&
		a.UpdatedBy == b.UpdatedBy && a.UpdatedAt.Equal(b.UpdatedAt) && a.PublishedAt.Equal(b.PublishedAt)
}

// saveParents stores the list of parents if it changed. In a collection that it
// stays in, the article keeps its place.
func (s *saving) saveParents() error {
	if slices.Equal(s.a.Parents, s.old.Parents) {
		return nil
	}
	places := map[lectern.CollectionID]int{}
	if len(s.old.Parents) > 0 {
		err := db.Each(s, func(r db.Rows) error {
			var id lectern.CollectionID
			var place int
			err := r.Scan(&id, &place)
			places[id] = place
			return err
		}, `SELECT collection_id, place FROM article_parent WHERE workspace_id = $1 AND article_id = $2`, s.by.Workspace, s.a.ID)
		if err != nil {
			return err
		}
		err = s.do(`DELETE FROM article_parent WHERE workspace_id = $1 AND article_id = $2`, s.by.Workspace, s.a.ID)
		if err != nil {
			return err
		}
	}
	for i, p := range s.a.Parents {
		err := s.do(`
			INSERT INTO article_parent (workspace_id, article_id, position, collection_id, place) VALUES ($1, $2, $3, $4, $5)`,
			s.by.Workspace, s.a.ID, i+1, p, places[p])
		if err != nil {
			return err
		}
	}
	return nil
}

// recordArticle writes the event of a creation or change.
func (s *saving) recordArticle() error {
	data := lectern.EventData{Name: s.a.Text(s.home).Title, UpdatedAt: s.a.UpdatedAt.Unix()}
	for _, l := range slices.Sorted(maps.Keys(both(s.old.Texts, s.a.Texts))) {
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

// both returns the entries of two maps; those of the second go first.
func both[K comparable, V any](a, b map[K]V) map[K]V {
	all := maps.Clone(b)
	for k, v := range a {
		if _, ok := all[k]; !ok {
			all[k] = v
		}
	}
	return all
}
