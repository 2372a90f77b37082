package site

import (
	"context"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"lectern"
)

// rootFiles are what programs look for at the root of a host, whatever is there.
var rootFiles = []string{"/robots.txt", "/sitemap.xml", "/favicon.ico", "/apple-touch-icon.png"}

// placeAtRoot takes a request for one of rootFiles as one to the default help
// center of the only workspace: where several share a host, none speaks for all.
func (s *Site) placeAtRoot(c *call) (err error) {
	if !slices.Contains(rootFiles, c.path) || c.Method != http.MethodGet && c.Method != http.MethodHead {
		return nil
	}
	c.center, err = s.centerBy(c.Context(), "root", func(ctx context.Context) (lectern.WorkspaceID, *lectern.HelpCenter, error) {
		all, err := s.store.Workspaces(ctx)
		if err != nil {
			return 0, nil, err
		}
		if len(all) != 1 {
			return 0, nil, lectern.NotFoundf("no help center is the only default one")
		}
		centers, err := s.store.HelpCenters(ctx, all[0].ID)
		if err != nil {
			return 0, nil, err
		}
		i := slices.IndexFunc(centers, func(h *lectern.HelpCenter) bool { return h.Default })
		if i < 0 || !centers[i].WebsiteTurnedOn {
			return 0, nil, lectern.NotFoundf("the default help center is closed")
		}
		return all[0].ID, centers[i], nil
	})
	if c.center != nil {
		c.root = "/" + url.PathEscape(c.center.Identifier)
		c.home = c.base + "/" + c.center.Identifier
	}
	return err
}

// favicon answers GET /favicon.ico, where browsers and search engines look for
// the icon without having read a page.
func (s *Site) favicon(c *call) (*answer, error) {
	f := s.frame(c, "")
	return redirect(http.StatusFound, f.Assets.Icon), nil
}

// fileEnds are the ends of paths that pages load, and nobody reads.
var fileEnds = []string{".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico", ".css", ".js", ".map", ".woff", ".woff2", ".ttf", ".webmanifest", ".json", ".xml", ".txt"}

// isFile reports whether a call is for a part of a page rather than for a page:
// whoever asks for a picture that is not there has no use for a page that says so.
func isFile(c *call) bool {
	switch c.Header.Get("Sec-Fetch-Dest") {
	case "image", "font", "style", "script", "manifest", "audio", "video", "track":
		return true
	case "document":
		return false
	}
	return slices.Contains(fileEnds, strings.ToLower(path.Ext(c.path)))
}
