package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"

	"lectern"
	"lectern/internal/store/db"
)

const helpCenterColumns = `id, identifier, display_name, website_turned_on, custom_domain, domain_seen_at, domain_secure, is_default,
	default_locale, locales, locales_fixed, written_locales, created_at, updated_at`

func scanHelpCenter(r db.Rows) (*lectern.HelpCenter, error) {
	h := &lectern.HelpCenter{}
	var locales, written string
	err := r.Scan(&h.ID, &h.Identifier, &h.DisplayName, &h.WebsiteTurnedOn, &h.CustomDomain,
		db.Seconds(&h.DomainSeenAt), &h.DomainSecure, &h.Default,
		&h.DefaultLocale, &locales, &h.LocalesFixed, &written, db.Seconds(&h.CreatedAt), db.Seconds(&h.UpdatedAt))
	h.Locales, h.Written = db.Split[lectern.Locale](locales), db.Split[lectern.Locale](written)
	return h, err
}

// HelpCenter finds one. It returns NotFound.
func (d *DB) HelpCenter(ctx context.Context, ws lectern.WorkspaceID, id lectern.HelpCenterID) (h *lectern.HelpCenter, err error) {
	err = d.db.Read(ctx, "read help center", func(c db.Conn) error {
		h, err = readHelpCenter(c, ws, id)
		return err
	})
	return h, err
}

func readHelpCenter(c db.Conn, ws lectern.WorkspaceID, id lectern.HelpCenterID) (*lectern.HelpCenter, error) {
	return db.First(c, scanHelpCenter, `
		SELECT `+helpCenterColumns+` FROM help_center WHERE workspace_id = $1 AND id = $2`, ws, id)
}

// defaultHelpCenter is the one of articles and collections that name none.
func defaultHelpCenter(c db.Conn, ws lectern.WorkspaceID) (*lectern.HelpCenter, error) {
	return db.First(c, scanHelpCenter, `
		SELECT `+helpCenterColumns+` FROM help_center WHERE workspace_id = $1 AND is_default = 1`, ws)
}

// HelpCenterByIdentifier finds the one with an identifier, or that had it
// before, among those of every workspace. It returns NotFound.
func (d *DB) HelpCenterByIdentifier(ctx context.Context, identifier string) (lectern.WorkspaceID, *lectern.HelpCenter, error) {
	ws, h, err := d.helpCenterOfAny(ctx, `identifier = $1`, identifier)
	if errors.Is(err, lectern.NotFound) {
		return d.helpCenterOfAny(ctx, `(workspace_id, id) IN (
			SELECT workspace_id, help_center_id FROM former_identifier WHERE identifier = $1)`, identifier)
	}
	return ws, h, err
}

// keepIdentifier notes that addresses with an identifier lead to h, whatever
// they led to before.
func (t *tx) keepIdentifier(h *lectern.HelpCenter, identifier string) error {
	if identifier == "" || identifier == h.Identifier {
		return nil
	}
	if _, err := t.Exec(`DELETE FROM former_identifier WHERE identifier = $1`, identifier); err != nil {
		return err
	}
	_, err := t.Exec(`
		INSERT INTO former_identifier (workspace_id, identifier, help_center_id) VALUES ($1, $2, $3)`,
		t.by.Workspace, identifier, h.ID)
	return err
}

// HelpCenterByDomain finds the one with a custom domain among those of every
// workspace. It returns NotFound.
func (d *DB) HelpCenterByDomain(ctx context.Context, domain string) (lectern.WorkspaceID, *lectern.HelpCenter, error) {
	return d.helpCenterOfAny(ctx, `custom_domain <> '' AND lower(custom_domain) = $1`, strings.ToLower(domain))
}

// helpCenterOfAny finds the oldest help center of any workspace that meets a
// condition on one value.
func (d *DB) helpCenterOfAny(ctx context.Context, where, value string) (ws lectern.WorkspaceID, h *lectern.HelpCenter, err error) {
	err = d.db.Read(ctx, "find help center", func(c db.Conn) error {
		var id lectern.HelpCenterID
		err := db.One(c, []any{&ws, &id}, `SELECT workspace_id, id FROM help_center WHERE `+where+` ORDER BY workspace_id, id LIMIT 1`, value)
		if errors.Is(err, sql.ErrNoRows) {
			return db.NotFound()
		}
		if err != nil {
			return err
		}
		h, err = readHelpCenter(c, ws, id)
		return err
	})
	return ws, h, err
}

// HelpCenters lists all, the default first, then oldest first.
func (d *DB) HelpCenters(ctx context.Context, ws lectern.WorkspaceID) ([]*lectern.HelpCenter, error) {
	return db.List(ctx, d.db, "list help centers", scanHelpCenter, `
		SELECT `+helpCenterColumns+` FROM help_center WHERE workspace_id = $1 ORDER BY is_default DESC, id`, ws)
}

// AddHelpCenter adds a help center; the first of a workspace is its default. It
// returns Conflict when the identifier is taken in the installation.
func (d *DB) AddHelpCenter(ctx context.Context, by lectern.Actor, h lectern.HelpCenter) (*lectern.HelpCenter, error) {
	var made lectern.HelpCenter
	err := d.write(ctx, by, lectern.MayWriteSettings, "add help center", func(t *tx) error {
		id, err := t.take(1, 2)
		if err != nil {
			return err
		}
		made = h
		made.ID = lectern.HelpCenterID(id)
		return t.insertHelpCenter(&made)
	})
	if err != nil {
		return nil, err
	}
	return &made, nil
}

// insertHelpCenter stores a help center that has its ID, and the event.
func (t *tx) insertHelpCenter(h *lectern.HelpCenter) error {
	if err := t.checkHelpCenter(h); err != nil {
		return err
	}
	others, err := db.Exists(t, `SELECT id FROM help_center WHERE workspace_id = $1`, t.by.Workspace)
	if err != nil {
		return err
	}
	becomesDefault := h.Default && others
	h.Default = !others
	h.CreatedAt, h.UpdatedAt = t.now, t.now
	_, err = t.Exec(`
		INSERT INTO help_center (workspace_id, `+helpCenterColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		t.by.Workspace, h.ID, h.Identifier, h.DisplayName, h.WebsiteTurnedOn, h.CustomDomain, db.SecondsOrNull(h.DomainSeenAt), h.DomainSecure, h.Default,
		h.DefaultLocale, db.Join(h.Locales), h.LocalesFixed, db.Join(h.Written), h.CreatedAt.Unix(), h.UpdatedAt.Unix())
	if err != nil {
		return err
	}
	if becomesDefault {
		if err := t.makeDefault(h); err != nil {
			return err
		}
		if err := t.saveHelpCenter(h); err != nil {
			return err
		}
	}
	return t.record(lectern.HelpCenterCreated, int64(h.ID), lectern.EventData{Name: h.DisplayName})
}

// checkHelpCenter puts the default locale first among the locales. It returns
// Invalid for a locale no one knows, and Conflict when another help center has
// the identifier or the custom domain.
func (t *tx) checkHelpCenter(h *lectern.HelpCenter) error {
	if h.DefaultLocale == "" {
		return lectern.Missingf("default_locale", "default_locale is a required parameter.")
	}
	h.Locales = unique(append([]lectern.Locale{h.DefaultLocale}, h.Locales...))
	for _, l := range h.Locales {
		if !slices.Contains(lectern.Locales, l) {
			return lectern.Invalidf("locales", "%s is not a supported locale", l)
		}
	}
	if err := t.lockInstallation(); err != nil {
		return err
	}
	const another = ` AND (workspace_id <> $2 OR id <> $3)`
	taken, err := db.Exists(t, `SELECT id FROM help_center WHERE identifier = $1`+another, h.Identifier, t.by.Workspace, h.ID)
	if err != nil {
		return err
	}
	if taken {
		return lectern.Conflictf("The identifier %s is taken by another help center.", h.Identifier)
	}
	taken, err = db.Exists(t, `SELECT id FROM help_center WHERE lower(custom_domain) = $1 AND custom_domain <> ''`+another,
		strings.ToLower(h.CustomDomain), t.by.Workspace, h.ID)
	if err != nil {
		return err
	}
	if taken {
		return lectern.Conflictf("The domain %s is taken by another help center.", h.CustomDomain)
	}
	return nil
}

// UpdateHelpCenter reads a help center, hands it to change and stores what
// change left, in one transaction. It returns NotFound, Conflict when the
// identifier is taken, or what change returned. A workspace always has one
// default: another becomes it by being made the default.
func (d *DB) UpdateHelpCenter(ctx context.Context, by lectern.Actor, id lectern.HelpCenterID, change func(*lectern.HelpCenter) error) (*lectern.HelpCenter, error) {
	var h *lectern.HelpCenter
	err := d.write(ctx, by, lectern.MayWriteSettings, "update help center", func(t *tx) (err error) {
		if h, err = readHelpCenter(t, by.Workspace, id); err != nil {
			return err
		}
		before := cloneHelpCenter(h)
		if err := change(h); err != nil {
			return err
		}
		h.ID, h.CreatedAt, h.UpdatedAt = before.ID, before.CreatedAt, before.UpdatedAt
		if err := t.admitHelpCenter(h, before); err != nil {
			return err
		}
		return t.recordHelpCenter(h, before)
	})
	if err != nil {
		return nil, err
	}
	return h, nil
}

// admitHelpCenter refuses a help center that cannot become what h is now. If it
// becomes the default, it does so here. It does not save h.
func (t *tx) admitHelpCenter(h, before *lectern.HelpCenter) error {
	if before.Default && !h.Default {
		return lectern.Invalidf("default", "A workspace needs a default help center; make another one the default instead.")
	}
	if _, err := t.take(0, 2); err != nil {
		return err
	}
	if err := t.checkHelpCenter(h); err != nil {
		return err
	}
	if h.Default && !before.Default {
		return t.makeDefault(h)
	}
	return nil
}

// makeDefault makes h the default of the workspace in place of the one that is.
// The articles without a parent come along, so their languages are admitted.
// It does not save h.
func (t *tx) makeDefault(h *lectern.HelpCenter) error {
	old, err := defaultHelpCenter(t, t.by.Workspace)
	if err != nil {
		return err
	}
	before := cloneHelpCenter(old)
	old.Default = false
	if err := t.recordHelpCenter(old, before); err != nil {
		return err
	}
	h.Default = true
	return t.adopt(h)
}

// adopt moves the articles without a parent to h, the default help center, and
// admits their languages there. It does not save h.
func (t *tx) adopt(h *lectern.HelpCenter) error {
	const orphans = `workspace_id = $1 AND help_center_id <> $2 AND NOT EXISTS (
		SELECT 1 FROM article_parent p WHERE p.workspace_id = article.workspace_id AND p.article_id = article.id)`
	locales, err := db.All(t, db.Scalar[lectern.Locale], `
		SELECT DISTINCT x.locale FROM article_text x WHERE x.workspace_id = $1 AND x.article_id IN (
			SELECT id FROM article WHERE `+orphans+`)
		ORDER BY x.locale`, t.by.Workspace, h.ID)
	if err != nil {
		return err
	}
	for _, l := range locales {
		h.Admit(l)
	}
	_, err = t.Exec(`UPDATE article SET help_center_id = $2 WHERE `+orphans, t.by.Workspace, h.ID)
	return err
}

// recordHelpCenter saves h and writes the event, unless nothing changed.
func (t *tx) recordHelpCenter(h, before *lectern.HelpCenter) error {
	return t.recordSite(h, before, "", "")
}

// recordSite is recordHelpCenter for a change of which a part is stored already:
// it went from one setting to another, in words, which are empty for none.
func (t *tx) recordSite(h, before *lectern.HelpCenter, stored, now string) error {
	from, to := changes(before, h)
	from, to = joinWords(from, stored), joinWords(to, now)
	if from == to {
		return nil
	}
	h.UpdatedAt = t.now
	if err := t.keepIdentifier(h, before.Identifier); err != nil {
		return err
	}
	if err := t.saveHelpCenter(h); err != nil {
		return err
	}
	return t.record(lectern.HelpCenterUpdated, int64(h.ID), lectern.EventData{Name: h.DisplayName, Before: from, After: to})
}

func (t *tx) saveHelpCenter(h *lectern.HelpCenter) error {
	_, err := t.Exec(`
		UPDATE help_center SET identifier = $3, display_name = $4, website_turned_on = $5, custom_domain = $6,
			is_default = $7, default_locale = $8, locales = $9, locales_fixed = $10, written_locales = $11,
			updated_at = $12, domain_seen_at = $13, domain_secure = $14
		WHERE workspace_id = $1 AND id = $2`,
		t.by.Workspace, h.ID, h.Identifier, h.DisplayName, h.WebsiteTurnedOn, h.CustomDomain,
		h.Default, h.DefaultLocale, db.Join(h.Locales), h.LocalesFixed, db.Join(h.Written), h.UpdatedAt.Unix(),
		db.SecondsOrNull(h.DomainSeenAt), h.DomainSecure)
	return err
}

// changes says in words which settings differ: "locales: en" and "locales: en, fr".
func changes(before, after *lectern.HelpCenter) (from, to string) {
	return differences(settings(before), settings(after))
}

// differences joins those of two lists of settings in words that differ.
func differences(before, after []string) (from, to string) {
	var a, b []string
	for i, s := range before {
		if s != after[i] {
			a, b = append(a, s), append(b, after[i])
		}
	}
	return strings.Join(a, "; "), strings.Join(b, "; ")
}

// joinWords joins two lists of settings in words, each of which may be empty.
func joinWords(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}

// settings lists what can be changed of a help center, in words.
func settings(h *lectern.HelpCenter) []string {
	return []string{
		"identifier: " + h.Identifier,
		"display name: " + h.DisplayName,
		"website turned on: " + strconv.FormatBool(h.WebsiteTurnedOn),
		"custom domain: " + h.CustomDomain,
		"custom domain answers: " + domainAnswers(h),
		"default: " + strconv.FormatBool(h.Default),
		"default locale: " + string(h.DefaultLocale),
		"locales: " + strings.ReplaceAll(db.Join(h.Locales), ",", ", "),
		"locales fixed: " + strconv.FormatBool(h.LocalesFixed),
	}
}

// domainAnswers says in words whether and how the custom domain answers.
func domainAnswers(h *lectern.HelpCenter) string {
	switch {
	case !h.DomainAnswers():
		return "not yet"
	case h.DomainSecure:
		return "by https"
	}
	return "by http"
}

// cloneHelpCenter keeps what a help center was before a rule may admit a locale.
func cloneHelpCenter(h *lectern.HelpCenter) *lectern.HelpCenter {
	c := *h
	c.Locales, c.Written = slices.Clone(h.Locales), slices.Clone(h.Written)
	return &c
}

// helpCenterEvents is how many events recordHelpCenter will write.
func helpCenterEvents(before, after *lectern.HelpCenter) int {
	if from, to := changes(before, after); from == to {
		return 0
	}
	return 1
}
