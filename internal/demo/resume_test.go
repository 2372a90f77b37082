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

// described lists every collection and article by what a reader sees of it.
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
	for _, c := range collections {
		list = append(list, fmt.Sprintf("%s in %s", names[c.ID], names[c.Parent]))
	}
	articles, _, err := s.Articles(t.Context(), by.Workspace, lectern.ArticleQuery{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range articles {
		text := a.Texts[original]
		list = append(list, fmt.Sprintf("%s in %s: %s, %d locales, a body %t", text.Title, names[a.Parents[0]], text.State, len(a.Texts), text.Body != ""))
	}
	slices.Sort(list)
	return list
}

func TestAnInterruptedLoadingIsFinishedByTheNext(t *testing.T) {
	s, by, _ := loaded(t, original)
	want := described(t, s, by)
	changes := len(want) * 2
	for _, steps := range []int{1, 2, 5, 13, changes} { // as many changes as each process lives to make
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
