package store

import (
	"slices"

	"lectern"
	"lectern/internal/store/db"
)

// fade switches off those of some locales of a help center that writing had
// switched on and that hold no text any more, and writes the event. It comes
// after a deletion that took room for an event more.
func (t *tx) fade(id lectern.HelpCenterID, locales []lectern.Locale) error {
	h, err := readHelpCenter(t, t.by.Workspace, id)
	if err != nil {
		return err
	}
	before := cloneHelpCenter(h)
	for _, l := range locales {
		if !h.CanFade(l) {
			continue
		}
		used, err := t.hasTexts(id, l)
		if err != nil {
			return err
		}
		if !used {
			h.Fade(l)
		}
	}
	return t.recordHelpCenter(h, before)
}

// fading lists the locales of a help center that may go with their last text.
func fading(h *lectern.HelpCenter) []lectern.Locale {
	return slices.DeleteFunc(slices.Clone(h.Locales), func(l lectern.Locale) bool { return !h.CanFade(l) })
}

// hasTexts reports whether an article or collection of a help center has a text
// in a locale.
func (t *tx) hasTexts(id lectern.HelpCenterID, l lectern.Locale) (bool, error) {
	used, err := db.Exists(t, `
		SELECT x.collection_id FROM collection c
		JOIN collection_text x ON x.workspace_id = c.workspace_id AND x.collection_id = c.id AND x.locale = $3
		WHERE c.workspace_id = $1 AND c.help_center_id = $2 LIMIT 1`, t.by.Workspace, id, l)
	if err != nil || used {
		return used, err
	}
	return db.Exists(t, `
		SELECT x.article_id FROM article_text x
		JOIN article a ON a.workspace_id = x.workspace_id AND a.id = x.article_id AND a.help_center_id = $2
		WHERE x.workspace_id = $1 AND x.locale = $3 LIMIT 1`, t.by.Workspace, id, l)
}
