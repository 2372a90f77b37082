package site

import (
	"context"
	"fmt"
	"html/template"
	"net/http"
	"path"
	"strings"

	"lectern"
	"lectern/internal/design"
	"lectern/internal/i18n"
	"lectern/internal/site/fan"
	"lectern/internal/site/theme"
)

// A center is a help center with what all its pages show. It does not change
// once it is made.
type center struct {
	*lectern.HelpCenter
	workspace lectern.WorkspaceID
	theme     *lectern.Theme
	colours   theme.Theme // that follow from the brand's
	style     *design.File
	logo      *logo  // nil for the fan
	stamp     uint64 // of the help centers, before this one was read
}

// loadCenter reads what the pages of a help center show besides what it holds.
func (s *Site) loadCenter(ctx context.Context, ws lectern.WorkspaceID, h *lectern.HelpCenter) (*center, error) {
	t, err := s.store.Theme(ctx, ws, h.ID)
	if err != nil {
		return nil, fmt.Errorf("read the theme: %w", err)
	}
	l, err := s.logoOf(ctx, ws, t)
	if err != nil {
		return nil, err
	}
	colours, _ := theme.Of(t.Color)
	return &center{HelpCenter: h, workspace: ws, theme: t, colours: colours, style: s.assets.Themed(colours.CSS()), logo: l}, nil
}

// unknownCenter stands for the help center on a page that cannot know it.
func (s *Site) unknownCenter() *center {
	return &center{
		HelpCenter: &lectern.HelpCenter{DefaultLocale: i18n.English, Locales: []lectern.Locale{i18n.English}},
		theme:      &lectern.Theme{}, colours: theme.Default, style: s.plainStyle,
	}
}

// fan draws the help center's own fan.
func (h *center) fan(shape fan.Shape) template.HTML { return fan.SVG(shape, fan.Seed(int64(h.ID))) }

// isAsset reports whether a request is for a static file that all help centers
// share. Such a file is served whichever help center its address names.
func (s *Site) isAsset(r *http.Request) bool {
	dir, name := path.Split(r.URL.Path)
	return strings.HasSuffix(dir, "/_/") && s.assets.Has(name) && (r.Method == http.MethodGet || r.Method == http.MethodHead)
}

// asset answers GET /_/{…} for what is the help center's own: its stylesheet
// and the pictures of its theme. The address of a stylesheet that it had before
// leads to that of today.
func (s *Site) asset(c *call) (*answer, error) {
	if name, ok := lectern.ParseAssetName(c.step); ok {
		x, err := s.store.Asset(c.Context(), c.center.workspace, name)
		if err != nil {
			return nil, err
		}
		return &answer{status: http.StatusOK, kind: x.MediaType, body: x.Data, forever: true, policy: "default-src 'none'; style-src 'unsafe-inline'; sandbox"}, nil
	}
	switch {
	case c.step == c.center.style.Name:
		return &answer{status: http.StatusOK, file: c.center.style}, nil
	case strings.HasPrefix(c.step, "style.") && strings.HasSuffix(c.step, ".css"):
		return redirect(http.StatusFound, c.static(c.center.style.Name)), nil
	}
	return plain(http.StatusNotFound, "There is no such file.\n"), nil
}
