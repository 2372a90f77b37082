package postgres_test

import (
	"testing"

	"lectern"
)

// setUp makes a workspace and returns its first teammate.
func setUp(t testing.TB, s lectern.Store) lectern.Actor {
	t.Helper()
	ws, _, err := s.Setup(t.Context(), lectern.Setup{Locale: "en", Identifier: "help", Admin: lectern.Admin{Name: "Ada"}})
	if err != nil {
		t.Fatal(err)
	}
	admins, err := s.Admins(t.Context(), ws.ID)
	if err != nil {
		t.Fatal(err)
	}
	return lectern.ByCommand(ws.ID, admins[0].ID)
}

// addTag adds a tag and returns its ID.
func addTag(t testing.TB, s lectern.Store, by lectern.Actor, name string) lectern.TagID {
	t.Helper()
	g, err := s.AddTag(t.Context(), by, name)
	if err != nil {
		t.Fatal(err)
	}
	return g.ID
}
