package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"lectern"
)

// errKilled stands for the end of a process.
var errKilled = errors.New("killed")

// A mortal store makes some changes, and then no more: so does a process that is
// killed.
type mortal struct {
	lectern.Store
	left int
}

func (m *mortal) AddCollection(ctx context.Context, by lectern.Actor, edit *lectern.CollectionEdit) (*lectern.Collection, error) {
	if m.left--; m.left < 0 {
		return nil, errKilled
	}
	return m.Store.AddCollection(ctx, by, edit)
}

func (m *mortal) AddArticle(ctx context.Context, by lectern.Actor, edit *lectern.ArticleEdit) (*lectern.Article, error) {
	if m.left--; m.left < 0 {
		return nil, errKilled
	}
	return m.Store.AddArticle(ctx, by, edit)
}

func (m *mortal) UpdateArticle(ctx context.Context, by lectern.Actor, id lectern.ArticleID, edit *lectern.ArticleEdit, check func(*lectern.Article, *lectern.HelpCenter) error) (*lectern.Article, error) {
	if m.left--; m.left < 0 {
		return nil, errKilled
	}
	return m.Store.UpdateArticle(ctx, by, id, edit, check)
}

func (m *mortal) AddHelpCenter(ctx context.Context, by lectern.Actor, h lectern.HelpCenter) (*lectern.HelpCenter, error) {
	if m.left--; m.left < 0 {
		return nil, errKilled
	}
	return m.Store.AddHelpCenter(ctx, by, h)
}

func (m *mortal) AddAdmin(ctx context.Context, by lectern.Actor, a lectern.Admin) (*lectern.Admin, error) {
	if m.left--; m.left < 0 {
		return nil, errKilled
	}
	return m.Store.AddAdmin(ctx, by, a)
}

// UpdateSite is a change that is free to make again: it costs nothing, so that a
// process that makes one change at a time comes further.
func (m *mortal) UpdateSite(ctx context.Context, by lectern.Actor, id lectern.HelpCenterID, assets []lectern.Asset, change func(*lectern.HelpCenter, *lectern.Theme) error) (*lectern.HelpCenter, *lectern.Theme, error) {
	if m.left < 0 {
		return nil, nil, errKilled
	}
	return m.Store.UpdateSite(ctx, by, id, assets, change)
}

// described lists every help center, teammate, collection and article by what a
// reader sees of it.
func described(t *testing.T, s lectern.Store, by lectern.Actor) []string {
	t.Helper()
	collections, _, err := s.Collections(t.Context(), by.Workspace, lectern.CollectionQuery{})
	if err != nil {
		t.Fatal(err)
	}
	names := map[lectern.CollectionID]string{}
	for _, c := range collections {
		names[c.ID] = c.Texts[original].Name
	}
	var list []string
	admins, err := s.Admins(t.Context(), by.Workspace)
	if err != nil {
		t.Fatal(err)
	}
	called := map[lectern.AdminID]string{}
	for _, a := range admins {
		called[a.ID] = a.Name
		list = append(list, fmt.Sprintf("%s with %s", a.Name, a.AvatarURL))
	}
	centers, err := s.HelpCenters(t.Context(), by.Workspace)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range centers {
		theme, err := s.Theme(t.Context(), by.Workspace, h.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range theme.Assets() {
			if _, err := s.Asset(t.Context(), by.Workspace, name); err != nil {
				t.Errorf("picture %s of %s: %v", name, h.Identifier, err)
			}
		}
		list = append(list, fmt.Sprintf("%s: %s, %d pictures, %d texts, %v", h.Identifier, theme.Color, len(theme.Assets()), len(theme.Texts), h.Locales))
	}
	for _, c := range collections {
		list = append(list, fmt.Sprintf("%s in %s", names[c.ID], names[c.Parent]))
	}
	articles, _, err := s.Articles(t.Context(), by.Workspace, lectern.ArticleQuery{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range articles {
		text := a.Texts[original]
		list = append(list, fmt.Sprintf("%s in %s by %s: %s, %d locales, a body %t", text.Title, names[a.Parents[0]], called[text.Author], text.State, len(a.Texts), text.Body != ""))
	}
	slices.Sort(list)
	return list
}

func TestAnInterruptedLoadingIsFinishedByTheNext(t *testing.T) {
	s, by, _ := loaded(t, original)
	want := described(t, s, by)
	changes := len(want) * 2
	for _, steps := range []int{1, 2, 5, 13, changes} { // as many changes as each process lives to make
		if testing.Short() && steps < 13 {
			continue // many short lives take long
		}
		t.Run(fmt.Sprint(steps), func(t *testing.T) {
			t.Parallel()
			s, by := openStore(t, original)
			for lives := 0; ; lives++ {
				n, err := Load(t.Context(), &mortal{s, steps}, by)
				if err == nil {
					if n == 0 {
						t.Errorf("the loading left a part of the manual after %d processes", lives)
					}
					break
				}
				if !errors.Is(err, errKilled) || lives > changes {
					t.Fatalf("process %d: %v", lives, err)
				}
			}
			if got := described(t, s, by); !slices.Equal(got, want) {
				t.Errorf("loaded in parts:\n%q\nat once:\n%q", got, want)
			}
			if n, err := Load(t.Context(), s, by); err != nil || n != 0 {
				t.Errorf("once more: %d articles, error %v", n, err)
			}
		})
	}
}
