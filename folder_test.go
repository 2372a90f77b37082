package lectern

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestAFolderTakesWhatAnEditNames(t *testing.T) {
	made, later := time.Unix(1_700_000_000, 0), time.Unix(1_700_000_060, 0)
	f := &Folder{}
	if err := f.Apply(&FolderEdit{Name: new("Refunds"), Emoji: new("📚"), Parent: new(FolderID(7))}, made); err != nil {
		t.Fatal(err)
	}
	want := Folder{Name: "Refunds", Emoji: "📚", Parent: 7, CreatedAt: made, UpdatedAt: made}
	if *f != want {
		t.Errorf("created %+v, want %+v", *f, want)
	}
	f.ID = 9
	if err := f.Apply(&FolderEdit{Description: new("Money back"), Parent: new(FolderID(0))}, later); err != nil {
		t.Fatal(err)
	}
	want = Folder{ID: 9, Name: "Refunds", Description: "Money back", Emoji: "📚", CreatedAt: made, UpdatedAt: later}
	if *f != want {
		t.Errorf("changed to %+v, want %+v", *f, want)
	}
}

func TestAFolderRefusesWhatItCannotHold(t *testing.T) {
	long := strings.Repeat("ü", MaxTitle+1)
	for _, c := range []struct {
		says string
		id   FolderID
		edit FolderEdit
		kind Kind
	}{
		{"a new one without a name", 0, FolderEdit{}, Missing},
		{"a new one with an empty name", 0, FolderEdit{Name: new("")}, Missing},
		{"an empty name", 9, FolderEdit{Name: new("")}, Invalid},
		{"a long name", 9, FolderEdit{Name: &long}, Invalid},
		{"a long emoji", 9, FolderEdit{Emoji: &long}, Invalid},
		{"a NUL", 9, FolderEdit{Description: new("\x00")}, Invalid},
	} {
		f := &Folder{ID: c.id, Name: "Refunds"}
		if err := f.Apply(&c.edit, time.Unix(0, 0)); !errors.Is(err, c.kind) {
			t.Errorf("%s: %v, want %s", c.says, err, c.kind)
		}
	}
}
