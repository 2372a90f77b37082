package store

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"lectern"
	"lectern/internal/store/db"
	"lectern/internal/store/find"
)

func joinIDs[T ~int64](ids []T) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = strconv.FormatInt(int64(id), 10)
	}
	return db.Join(list)
}

// SearchRules returns a page of the rules of a help center. See
// lectern.SearchRuleStore.
func (d *DB) SearchRules(ctx context.Context, ws lectern.WorkspaceID, q lectern.SearchRuleQuery) (list []*lectern.SearchRule, total int, err error) {
	err = d.db.Read(ctx, "list search rules", func(c db.Conn) error {
		if _, err := readHelpCenter(c, ws, q.HelpCenter); err != nil {
			return err
		}
		const where = ` FROM search_rule WHERE workspace_id = $1 AND help_center_id = $2
			AND (CAST($3 AS TEXT) = '' OR locale = $3) AND (CAST($4 AS TEXT) = '' OR kind = $4)`
		if total, err = db.Count(c, `SELECT count(*)`+where, ws, q.HelpCenter, q.Locale, q.Kind); err != nil {
			return err
		}
		list, err = db.All(c, find.ScanRule, `SELECT `+find.RuleColumns+where+` ORDER BY id LIMIT $5 OFFSET $6`,
			ws, q.HelpCenter, q.Locale, q.Kind, db.Limit(q.Limit), max(q.Offset, 0))
		if err != nil {
			return err
		}
		return dropDeleted(c, ws, list)
	})
	return list, total, err
}

// SearchRule finds one of a help center. It returns NotFound.
func (d *DB) SearchRule(ctx context.Context, ws lectern.WorkspaceID, h lectern.HelpCenterID, id lectern.SearchRuleID) (x *lectern.SearchRule, err error) {
	err = d.db.Read(ctx, "read search rule", func(c db.Conn) error {
		x, err = readSearchRule(c, ws, h, id)
		return err
	})
	return x, err
}

func readSearchRule(c db.Conn, ws lectern.WorkspaceID, h lectern.HelpCenterID, id lectern.SearchRuleID) (*lectern.SearchRule, error) {
	x, err := db.First(c, find.ScanRule, `
		SELECT `+find.RuleColumns+` FROM search_rule WHERE workspace_id = $1 AND help_center_id = $2 AND id = $3`, ws, h, id)
	if err != nil {
		return nil, err
	}
	return x, dropDeleted(c, ws, []*lectern.SearchRule{x})
}

// dropDeleted takes articles that do not exist any more out of rules.
func dropDeleted(c db.Conn, ws lectern.WorkspaceID, rules []*lectern.SearchRule) error {
	var ids []lectern.ArticleID
	for _, x := range rules {
		ids = append(ids, x.Articles...)
	}
	there := map[lectern.ArticleID]bool{}
	err := db.EachOf(c, ids, func(r db.Rows) error {
		var id lectern.ArticleID
		err := r.Scan(&id)
		there[id] = true
		return err
	}, `SELECT id FROM article WHERE workspace_id = $1 AND id IN `, ws)
	for _, x := range rules {
		x.Articles = slices.DeleteFunc(x.Articles, func(id lectern.ArticleID) bool { return !there[id] })
	}
	return err
}

// AddSearchRule adds a rule. See lectern.SearchRuleStore.
func (d *DB) AddSearchRule(ctx context.Context, by lectern.Actor, r lectern.SearchRule) (*lectern.SearchRule, error) {
	var x lectern.SearchRule
	err := d.write(ctx, by, lectern.MayWriteArticles, "add search rule", func(t *tx) error {
		x = r
		if _, err := readHelpCenter(t, by.Workspace, x.HelpCenter); err != nil {
			return err
		}
		id, err := t.take(1, 1)
		if err != nil {
			return err
		}
		n, err := db.Count(t, `SELECT count(*) FROM search_rule WHERE workspace_id = $1 AND help_center_id = $2`, by.Workspace, x.HelpCenter)
		if err != nil {
			return err
		}
		if n >= lectern.MaxSearchRules {
			return lectern.Invalidf("", "A help center has at most %d search rules", lectern.MaxSearchRules)
		}
		if err := t.checkSearchRule(&x); err != nil {
			return err
		}
		x.ID, x.CreatedAt, x.UpdatedAt = lectern.SearchRuleID(id), t.now, t.now
		_, err = t.Exec(`
			INSERT INTO search_rule (workspace_id, `+find.RuleColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			by.Workspace, x.ID, x.HelpCenter, x.Locale, x.Kind, strings.Join(x.Phrases, "\n"), strings.Join(x.Finds, "\n"),
			joinIDs(x.Articles), x.CreatedAt.Unix(), x.UpdatedAt.Unix())
		if err != nil {
			return err
		}
		return t.record(lectern.SearchRuleCreated, id, lectern.EventData{Name: x.Phrases[0]})
	})
	if err != nil {
		return nil, err
	}
	return &x, nil
}

// checkSearchRule returns Invalid for a rule that cannot be.
func (t *tx) checkSearchRule(x *lectern.SearchRule) error {
	if err := x.Check(); err != nil || len(x.Articles) == 0 {
		return err
	}
	found := 0
	err := db.EachOf(t, x.Articles, func(db.Rows) error { found++; return nil }, `
		SELECT id FROM article WHERE workspace_id = $1 AND help_center_id = $2 AND id IN `, t.by.Workspace, x.HelpCenter)
	if err == nil && found < len(x.Articles) {
		err = lectern.Invalidf("article_ids", "article_ids must be articles of the help center")
	}
	return err
}

// UpdateSearchRule changes a rule. See lectern.SearchRuleStore.
func (d *DB) UpdateSearchRule(ctx context.Context, by lectern.Actor, h lectern.HelpCenterID, id lectern.SearchRuleID, change func(*lectern.SearchRule) error) (x *lectern.SearchRule, err error) {
	err = d.write(ctx, by, lectern.MayWriteArticles, "update search rule", func(t *tx) error {
		if x, err = readSearchRule(t, by.Workspace, h, id); err != nil {
			return err
		}
		before := *x
		before.Phrases, before.Finds, before.Articles = slices.Clone(x.Phrases), slices.Clone(x.Finds), slices.Clone(x.Articles)
		if err := change(x); err != nil {
			return err
		}
		x.ID, x.HelpCenter, x.CreatedAt, x.UpdatedAt = before.ID, before.HelpCenter, before.CreatedAt, before.UpdatedAt
		if err := t.checkSearchRule(x); err != nil {
			return err
		}
		if sameRule(x, &before) {
			return nil
		}
		if _, err := t.take(0, 1); err != nil {
			return err
		}
		x.UpdatedAt = t.now
		_, err := t.Exec(`
			UPDATE search_rule SET locale = $3, kind = $4, phrases = $5, finds = $6, articles = $7, updated_at = $8
			WHERE workspace_id = $1 AND id = $2`, by.Workspace, id, x.Locale, x.Kind,
			strings.Join(x.Phrases, "\n"), strings.Join(x.Finds, "\n"), joinIDs(x.Articles), x.UpdatedAt.Unix())
		if err != nil {
			return err
		}
		return t.record(lectern.SearchRuleUpdated, int64(id), lectern.EventData{Name: x.Phrases[0]})
	})
	return x, err
}

// sameRule reports whether two rules do the same.
func sameRule(a, b *lectern.SearchRule) bool {
	return a.Locale == b.Locale && a.Kind == b.Kind && slices.Equal(a.Phrases, b.Phrases) &&
		slices.Equal(a.Finds, b.Finds) && slices.Equal(a.Articles, b.Articles)
}

// DeleteSearchRule removes a rule of a help center. It returns NotFound.
func (d *DB) DeleteSearchRule(ctx context.Context, by lectern.Actor, h lectern.HelpCenterID, id lectern.SearchRuleID) error {
	return d.write(ctx, by, lectern.MayWriteArticles, "delete search rule", func(t *tx) error {
		x, err := readSearchRule(t, by.Workspace, h, id)
		if err != nil {
			return err
		}
		if _, err := t.take(0, 1); err != nil {
			return err
		}
		if _, err := t.Exec(`DELETE FROM search_rule WHERE workspace_id = $1 AND id = $2`, by.Workspace, id); err != nil {
			return err
		}
		return t.record(lectern.SearchRuleDeleted, int64(id), lectern.EventData{Name: x.Phrases[0]})
	})
}
