package store

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"lectern"
	"lectern/internal/store/db"
)

// Theme returns the theme of a help center. See lectern.ThemeStore.
func (d *DB) Theme(ctx context.Context, ws lectern.WorkspaceID, id lectern.HelpCenterID) (theme *lectern.Theme, err error) {
	err = d.db.Read(ctx, "read theme", func(c db.Conn) error {
		if _, err := readHelpCenter(c, ws, id); err != nil {
			return err
		}
		theme, err = readTheme(c, ws, id)
		return err
	})
	return theme, err
}

func readTheme(c db.Conn, ws lectern.WorkspaceID, id lectern.HelpCenterID) (*lectern.Theme, error) {
	theme := &lectern.Theme{}
	err := db.Each(c, func(r db.Rows) error {
		var data string
		if err := r.Scan(&data); err != nil {
			return err
		}
		return parseTheme(data, theme)
	}, `SELECT data FROM theme WHERE workspace_id = $1 AND help_center_id = $2`, ws, id)
	if theme.Texts == nil {
		theme.Texts = map[lectern.Locale]lectern.ThemeText{}
	}
	return theme, err
}

func parseTheme(data string, theme *lectern.Theme) error {
	if err := json.Unmarshal([]byte(data), theme); err != nil {
		return fmt.Errorf("data of a theme: %w", err)
	}
	return nil
}

// UpdateSite changes a help center and its theme. See lectern.ThemeStore.
func (d *DB) UpdateSite(ctx context.Context, by lectern.Actor, id lectern.HelpCenterID, assets []lectern.Asset, change func(*lectern.HelpCenter, *lectern.Theme) error) (h *lectern.HelpCenter, theme *lectern.Theme, err error) {
	err = d.write(ctx, by, lectern.MayWriteSettings, "update site", func(t *tx) error {
		if h, err = readHelpCenter(t, by.Workspace, id); err != nil {
			return err
		}
		if theme, err = readTheme(t, by.Workspace, id); err != nil {
			return err
		}
		before, was, shown := cloneHelpCenter(h), themeSettings(theme), theme.Assets()
		if err := change(h, theme); err != nil {
			return err
		}
		h.ID, h.CreatedAt, h.UpdatedAt = before.ID, before.CreatedAt, before.UpdatedAt
		if err := t.admitHelpCenter(h, before); err != nil {
			return err
		}
		from, to, err := t.saveTheme(h.ID, theme, was, shown, assets)
		if err != nil {
			return err
		}
		return t.recordSite(h, before, from, to)
	})
	if err != nil {
		return nil, nil, err
	}
	return h, theme, nil
}

// saveTheme stores what became of a theme, unless nothing changed, and says in
// words what did. Was are the settings before, shown what it showed.
func (t *tx) saveTheme(h lectern.HelpCenterID, theme *lectern.Theme, was []string, shown []lectern.AssetName, assets []lectern.Asset) (from, to string, err error) {
	if err := theme.Check(); err != nil {
		return "", "", err
	}
	if from, to = differences(was, themeSettings(theme)); from == to {
		return "", "", nil
	}
	if err := t.useAssets(shown); err != nil {
		return "", "", err
	}
	if err := t.saveAssets(theme, assets); err != nil {
		return "", "", err
	}
	data, err := json.Marshal(theme)
	if err != nil {
		return "", "", err
	}
	_, err = t.Exec(`
		INSERT INTO theme (workspace_id, help_center_id, data, updated_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (workspace_id, help_center_id) DO UPDATE SET data = excluded.data, updated_at = excluded.updated_at`,
		t.by.Workspace, h, string(data), t.now.Unix())
	if err != nil {
		return "", "", err
	}
	return from, to, t.dropAssets()
}

// themeSettings lists what can be changed of a theme, in words.
func themeSettings(theme *lectern.Theme) []string {
	list := []string{
		"brand color: " + theme.Color, "header style: " + string(theme.Header),
		"logo: " + string(theme.Logo), "dark logo: " + string(theme.LogoDark),
		"favicon: " + string(theme.Favicon), "header picture: " + string(theme.Picture),
		"pictures: " + joined(theme.Pictures), "video hosts: " + strings.Join(theme.VideoHosts, ", "),
		"often searched shown: " + strconv.FormatBool(!theme.HideOften),
	}
	for _, l := range lectern.Locales {
		said := ""
		if text, ok := theme.Texts[l]; ok {
			said = words(text)
		}
		list = append(list, "texts in "+string(l)+": "+said)
	}
	return list
}

func joined(names []lectern.AssetName) string {
	list := make([]string, len(names))
	for i, n := range names {
		list[i] = string(n)
	}
	return strings.Join(list, ", ")
}

// words is what a help center says of itself in one language, for the event.
func words(t lectern.ThemeText) string {
	parts := []string{t.Name, t.Greeting, t.Introduction}
	links := slices.Concat(t.HeaderLinks, t.FooterLinks)
	if t.Contact != nil {
		parts = append(parts, t.Contact.Text)
		links = append(links, t.Contact.Link)
	}
	for _, l := range links {
		parts = append(parts, l.Label+" "+l.URL)
	}
	// Which list a link is in, and that a contact is one, shows in the counts.
	return fmt.Sprintf("%q %d+%d", strings.Join(parts, " | "), len(t.HeaderLinks), len(t.FooterLinks))
}

// useAssets notes that assets are or were shown until now.
func (t *tx) useAssets(names []lectern.AssetName) error {
	for _, name := range names {
		_, err := t.Exec(`UPDATE asset SET used_at = $3 WHERE workspace_id = $1 AND hash = $2`, t.by.Workspace, name, t.now.Unix())
		if err != nil {
			return err
		}
	}
	return nil
}

// saveAssets stores those of the assets that the theme shows. It returns
// Invalid if the theme shows one that is neither given nor there.
func (t *tx) saveAssets(theme *lectern.Theme, assets []lectern.Asset) error {
	for _, name := range theme.Assets() {
		i := slices.IndexFunc(assets, func(a lectern.Asset) bool { return a.Name == name })
		if i >= 0 {
			_, err := t.Exec(`
				INSERT INTO asset (workspace_id, hash, media_type, data, used_at) VALUES ($1, $2, $3, $4, $5)
				ON CONFLICT (workspace_id, hash) DO UPDATE SET used_at = excluded.used_at`,
				t.by.Workspace, name, assets[i].MediaType, assets[i].Data, t.now.Unix())
			if err != nil {
				return err
			}
			continue
		}
		known, err := db.Exists(t, `SELECT hash FROM asset WHERE workspace_id = $1 AND hash = $2`, t.by.Workspace, name)
		if err != nil {
			return err
		}
		if !known {
			return lectern.Invalidf("theme", "the picture %s does not exist", name)
		}
	}
	return nil
}

// dropAssets deletes old assets that no theme of the workspace shows.
func (t *tx) dropAssets() error {
	shown := map[lectern.AssetName]bool{"": true}
	err := db.Each(t, func(r db.Rows) error {
		var data string
		if err := r.Scan(&data); err != nil {
			return err
		}
		var theme lectern.Theme
		err := parseTheme(data, &theme)
		for _, name := range theme.Assets() {
			shown[name] = true
		}
		return err
	}, `SELECT data FROM theme WHERE workspace_id = $1`, t.by.Workspace)
	if err != nil {
		return err
	}
	keep := db.Pad(slices.Sorted(maps.Keys(shown)))
	_, err = t.Exec(`DELETE FROM asset WHERE workspace_id = $1 AND used_at < $2 AND hash NOT IN (`+db.In(3, len(keep))+`)`,
		append([]any{t.by.Workspace, t.now.Add(-lectern.AssetAge).Unix()}, keep...)...)
	return err
}

// Asset finds a picture by its name. See lectern.ThemeStore.
func (d *DB) Asset(ctx context.Context, ws lectern.WorkspaceID, name lectern.AssetName) (*lectern.Asset, error) {
	a, err := db.Find(ctx, d.db, "read asset", func(r db.Rows) (a lectern.Asset, err error) {
		err = r.Scan(&a.Name, &a.MediaType, &a.Data)
		return a, err
	}, `SELECT hash, media_type, data FROM asset WHERE workspace_id = $1 AND hash = $2`, ws, name)
	if err != nil {
		return nil, err
	}
	return &a, nil
}
