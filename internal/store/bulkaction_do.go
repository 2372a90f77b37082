package store

import (
	"context"
	"errors"
	"slices"

	"lectern"
	"lectern/internal/store/db"
)

// A bulkTask is an item of a bulk action that is to be done.
type bulkTask struct {
	*lectern.BulkAction
	by       lectern.Actor
	position int
	object   lectern.Object
}

// DoBulkItem does a pending item and notes what became of it in the same
// transaction. See lectern.BulkActionStore.
func (d *DB) DoBulkItem(ctx context.Context) (bool, error) {
	task, err := d.nextBulkTask(ctx)
	if err != nil || task == nil {
		return false, err
	}
	err = d.write(ctx, task.by, lectern.MayActInBulk, "do bulk item", func(t *tx) error {
		return t.finish(task, func() (lectern.BulkOutcome, string, error) {
			return t.perform(task.BulkAction, task.object)
		})
	})
	if err == nil || ctx.Err() != nil || errors.Is(err, lectern.Unavailable) {
		return true, err
	}
	reason := "Something went wrong on our side"
	var refusal *lectern.Error
	if errors.As(err, &refusal) {
		reason = refusal.Text
	} else {
		d.log.Error("an item of a bulk action failed", "bulk_action", task.ID, "type", task.object.Kind, "id", task.object.ID, "error", err)
	}
	return true, d.write(ctx, task.by, lectern.MayActInBulk, "note failed bulk item", func(t *tx) error {
		return t.finish(task, func() (lectern.BulkOutcome, string, error) { return lectern.BulkFailed, reason, nil })
	})
}

// nextBulkTask finds the first pending item of the oldest action, or nil.
func (d *DB) nextBulkTask(ctx context.Context) (*bulkTask, error) {
	task, err := db.Find(ctx, d.db, "find bulk item", func(r db.Rows) (*bulkTask, error) {
		x := &bulkTask{}
		var id lectern.BulkActionID
		var ws lectern.WorkspaceID
		var admin lectern.AdminID
		var data, ip string
		err := r.Scan(&id, &data, &ws, &admin, &ip, &x.position, &x.object.Kind, &x.object.ID)
		if err != nil {
			return nil, err
		}
		x.by = lectern.ByWorker(ws, admin, ip)
		if x.BulkAction, err = readBulkData(data); err != nil {
			return nil, err
		}
		x.ID = id
		return x, nil
	}, `SELECT a.id, a.data, a.workspace_id, a.admin_id, a.ip, i.position, i.object_kind, i.object_id
		FROM bulk_item i JOIN bulk_action a ON a.workspace_id = i.workspace_id AND a.id = i.action_id
		WHERE i.outcome = 'pending' ORDER BY i.action_id, i.position LIMIT 1`)
	if errors.Is(err, lectern.NotFound) {
		return nil, nil
	}
	return task, err
}

// finish claims an item, has it done and notes the outcome. An item that is no
// longer pending was done by someone else.
func (t *tx) finish(x *bulkTask, do func() (lectern.BulkOutcome, string, error)) error {
	n, err := t.Exec(`
		UPDATE bulk_item SET outcome = 'claimed'
		WHERE workspace_id = $1 AND action_id = $2 AND position = $3 AND outcome = 'pending'`,
		t.by.Workspace, x.ID, x.position)
	if err != nil || n == 0 {
		return err
	}
	outcome, reason, err := do()
	if err != nil {
		return err
	}
	_, err = t.Exec(`
		UPDATE bulk_item SET outcome = $4, reason = $5 WHERE workspace_id = $1 AND action_id = $2 AND position = $3`,
		t.by.Workspace, x.ID, x.position, outcome, reason)
	if err != nil {
		return err
	}
	var pending int
	err = db.One(t, []any{&pending}, `
		UPDATE bulk_action SET pending = pending - 1 WHERE workspace_id = $1 AND id = $2 RETURNING pending`,
		t.by.Workspace, x.ID)
	if err != nil || pending > 0 {
		return err
	}
	_, err = t.Exec(`UPDATE bulk_action SET finished_at = $3 WHERE workspace_id = $1 AND id = $2`,
		t.by.Workspace, x.ID, t.now.Unix())
	if err != nil {
		return err
	}
	if _, err := t.take(0, 1); err != nil {
		return err
	}
	return t.record(lectern.BulkActionFinished, int64(x.ID), lectern.EventData{Name: string(x.Verb)})
}

// perform does to one object what an action asks for. It returns the outcome,
// with a reason if the object was skipped.
func (t *tx) perform(a *lectern.BulkAction, o lectern.Object) (lectern.BulkOutcome, string, error) {
	switch {
	case a.Verb == lectern.BulkUpdateTags:
		return changed(t.changeTags(o, a.Tags))
	case a.Verb == lectern.BulkDelete && o.Kind == lectern.ArticleTextObject:
		return t.deleteText(lectern.ContentID(o.ID))
	case a.Verb == lectern.BulkDelete:
		return lectern.BulkUpdated, "", t.deleteContent(o)
	case o.Kind == lectern.ArticleTextObject:
		return changed(t.changeText(a, lectern.ContentID(o.ID)))
	}
	return changed(t.changeContent(a, o))
}

func changed(is bool, err error) (lectern.BulkOutcome, string, error) {
	if is {
		return lectern.BulkUpdated, "", err
	}
	return lectern.BulkUnchanged, "", err
}

// changeTags puts tags on an object and takes tags off it, and reports whether
// that made a difference.
func (t *tx) changeTags(o lectern.Object, tags lectern.Membership[lectern.TagID]) (bool, error) {
	made := false
	for _, id := range slices.Concat(tags.Add, tags.Remove) {
		if err := t.checkTagging(o, id); err != nil {
			return false, err
		}
	}
	for _, id := range tags.Add {
		is, err := t.applyTag(o, id, t.by.Admin)
		if err != nil {
			return false, err
		}
		made = made || is
	}
	for _, id := range tags.Remove {
		is, err := t.removeTag(o, id)
		if err != nil {
			return false, err
		}
		made = made || is
	}
	return made, nil
}

// textNamed begins a change of the article that a text belongs to.
func (t *tx) textNamed(id lectern.ContentID) (*saving, lectern.Locale, error) {
	var article lectern.ArticleID
	var l lectern.Locale
	_, err := db.First(t, func(r db.Rows) (bool, error) { return true, r.Scan(&article, &l) }, `
		SELECT article_id, locale FROM article_text WHERE workspace_id = $1 AND content_id = $2`, t.by.Workspace, id)
	if err != nil {
		return nil, "", err
	}
	s, err := t.saving(article)
	return s, l, err
}

// changeText does to an article in one locale what an action asks for, as an
// edit would, and reports whether that made a difference.
func (t *tx) changeText(a *lectern.BulkAction, id lectern.ContentID) (bool, error) {
	s, l, err := t.textNamed(id)
	if err != nil {
		return false, err
	}
	text := s.a.Texts[l]
	var edit lectern.ArticleTextEdit
	same := false
	switch a.Verb {
	case lectern.BulkPublish:
		_, staged := s.a.Drafts[l]
		edit.State, same = new(lectern.Published), text.State == lectern.Published && !staged
	case lectern.BulkUnpublish:
		edit.State, same = new(lectern.Draft), text.State == lectern.Draft
	default:
		edit.Availability, edit.Audiences, same = reach(a, text.Availability, text.Audiences)
	}
	if same {
		return false, nil
	}
	err = s.apply(&lectern.ArticleEdit{Texts: map[lectern.Locale]lectern.ArticleTextEdit{l: edit}}, s.home)
	if err != nil {
		return false, err
	}
	return true, s.save()
}

// reach is what an action asks of whom content is for, given how it is now, and
// whether it is so already.
func reach(a *lectern.BulkAction, flags lectern.Availability, groups []lectern.AudienceID) (e lectern.AvailabilityEdit, audiences *[]lectern.AudienceID, same bool) {
	if a.Verb == lectern.BulkSetAvailability {
		after := flags
		after.Apply(a.Availability)
		return a.Availability, nil, after == flags
	}
	after := a.Audiences.Apply(groups)
	return e, &after, slices.Equal(after, groups)
}

// deleteText deletes an article in one locale, and the article with its last
// text.
func (t *tx) deleteText(id lectern.ContentID) (lectern.BulkOutcome, string, error) {
	s, l, err := t.textNamed(id)
	switch {
	case err != nil:
		return "", "", err
	case len(s.a.Texts) == 1:
		return lectern.BulkUpdated, "", t.deleteArticle(s.a.ID)
	case l == s.home.DefaultLocale:
		return lectern.BulkSkipped, "The text in the default locale can only be deleted after those in other locales", nil
	}
	s.a.RemoveText(l, t.by.Admin, t.now)
	if err := s.dropText(l); err != nil {
		return "", "", err
	}
	if err := s.save(); err != nil || !s.home.CanFade(l) {
		return lectern.BulkUpdated, "", err
	}
	if _, err := t.take(0, 1); err != nil {
		return "", "", err
	}
	return lectern.BulkUpdated, "", t.fade(s.home.ID, []lectern.Locale{l})
}

// dropText deletes the rows of a text that the article has no more.
func (s *saving) dropText(l lectern.Locale) error {
	if err := s.forget(articleText(s.by.Workspace, s.a.ID, l)); err != nil {
		return err
	}
	if err := s.dropAudiences(int64(s.old.Texts[l].Content)); err != nil {
		return err
	}
	for _, table := range []string{"article_draft", "article_version", "article_text"} {
		_, err := s.Exec(`DELETE FROM `+table+` WHERE workspace_id = $1 AND article_id = $2 AND locale = $3`,
			s.by.Workspace, s.a.ID, l)
		if err != nil {
			return err
		}
	}
	return nil
}

// deleteContent deletes an object that is no article.
func (t *tx) deleteContent(o lectern.Object) error {
	switch o.Kind {
	case lectern.InternalArticleObject:
		return t.deleteInternal(lectern.InternalArticleID(o.ID))
	case lectern.SnippetObject:
		return t.deleteSnippet(lectern.SnippetID(o.ID))
	}
	return db.NotFound()
}

// changeContent does to an object that is no article what an action asks for,
// and reports whether that made a difference.
func (t *tx) changeContent(a *lectern.BulkAction, o lectern.Object) (bool, error) {
	switch o.Kind {
	case lectern.InternalArticleObject:
		x, err := readInternal(t, t.by.Workspace, lectern.InternalArticleID(o.ID))
		if err != nil {
			return false, err
		}
		flags, audiences, same := reach(a, x.Availability, x.Audiences)
		if same {
			return false, nil
		}
		return true, t.updateInternal(x, &lectern.InternalArticleEdit{Availability: flags, Audiences: audiences})
	case lectern.SnippetObject:
		x, err := readSnippet(t, t.by.Workspace, lectern.SnippetID(o.ID))
		if err != nil {
			return false, err
		}
		flags, audiences, same := reach(a, x.Availability, x.Audiences)
		if same {
			return false, nil
		}
		return true, t.updateSnippet(x, &lectern.SnippetEdit{Availability: flags, Audiences: audiences})
	case lectern.ExternalPageObject:
		x, err := readExternalPage(t, t.by.Workspace, lectern.ExternalPageID(o.ID))
		if err != nil {
			return false, err
		}
		flags, audiences, same := reach(a, x.Availability, x.Audiences)
		if same {
			return false, nil
		}
		return true, t.updateExternalPage(x, flags, audiences)
	}
	return false, db.NotFound()
}

// updateExternalPage changes whom a page is for. Unlike one that comes in, this
// change is none of its source.
func (t *tx) updateExternalPage(p *lectern.ExternalPage, flags lectern.AvailabilityEdit, audiences *[]lectern.AudienceID) error {
	p.Availability.Apply(flags)
	p.UpdatedAt = t.now
	if _, err := t.take(0, 1); err != nil {
		return err
	}
	if audiences != nil {
		if err := t.setAudiences(int64(p.ID), *audiences); err != nil {
			return err
		}
	}
	if err := t.saveExternalPage(p); err != nil {
		return err
	}
	return t.record(lectern.ExternalPageUpdated, int64(p.ID), lectern.EventData{Name: p.Title})
}
