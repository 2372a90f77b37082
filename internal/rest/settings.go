package rest

import (
	"context"
	"sync"

	"lectern"
	"lectern/internal/wire"
)

// settings are what every answer about content is rendered with.
type settings struct {
	stamp       uint64
	workspace   *lectern.Workspace
	helpCenters []*lectern.HelpCenter // the default first
}

// helpCenter finds one of the workspace's help centers. An article or
// collection always has one; should it be gone, the default stands in.
func (s *settings) helpCenter(id lectern.HelpCenterID) *lectern.HelpCenter {
	for _, h := range s.helpCenters {
		if h.ID == id {
			return h
		}
	}
	return s.helpCenters[0]
}

func (s *settings) article(a *lectern.Article, base string) wire.Article {
	return wire.FromArticle(s.workspace, s.helpCenter(a.HelpCenter), a, base)
}

func (s *settings) listItem(a *lectern.Article, base string) wire.ArticleListItem {
	return wire.FromArticleInList(s.workspace, s.helpCenter(a.HelpCenter), a, base)
}

func (s *settings) collection(c *lectern.Collection, base string) wire.Collection {
	return wire.FromCollection(s.workspace, s.helpCenter(c.HelpCenter), c, base)
}

func (s *settings) section(c *lectern.Collection, parentSet bool, base string) wire.Section {
	return wire.FromSection(s.workspace, s.helpCenter(c.HelpCenter), c, parentSet, base)
}

// A settingsCache keeps the settings of each workspace until they change.
type settingsCache struct {
	mu          sync.RWMutex // guards all below
	byWorkspace map[lectern.WorkspaceID]*settings
}

// maxSettings bounds how many workspaces' settings are kept.
const maxSettings = 10_000

// settingsOf returns the settings of the call's workspace as they stand after
// every change that was acknowledged.
func (s *Server) settingsOf(ctx context.Context, ws lectern.WorkspaceID) (*settings, error) {
	stamp := s.stamps.Of(lectern.About(ws, lectern.AboutSettings))
	s.settings.mu.RLock()
	found := s.settings.byWorkspace[ws]
	s.settings.mu.RUnlock()
	if found != nil && found.stamp == stamp {
		return found, nil
	}
	// What is kept for other requests has to have every change that moved the
	// stamp, also where this request may see an older state of a replica.
	ctx = s.latest(ctx, ws)
	read := &settings{stamp: stamp}
	var err error
	if read.workspace, err = s.store.Workspace(ctx, ws); err != nil {
		return nil, err
	}
	if read.helpCenters, err = s.store.HelpCenters(ctx, ws); err != nil {
		return nil, err
	}
	s.settings.mu.Lock()
	defer s.settings.mu.Unlock()
	if s.settings.byWorkspace == nil || len(s.settings.byWorkspace) >= maxSettings {
		s.settings.byWorkspace = map[lectern.WorkspaceID]*settings{}
	}
	s.settings.byWorkspace[ws] = read
	return read, nil
}
