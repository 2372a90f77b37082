package sqlite_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/sqlite"
)

// openFile opens the store in a file and closes it when the test ends.
func openFile(t testing.TB, path string) *store.DB {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

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

// change runs a statement on a closed database.
func change(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

func TestAStoreOpenedAgainHasWhatWasStored(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lectern.db")
	s := openFile(t, path)
	by := setUp(t, s)
	id := addTag(t, s, by, "kept")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(path + "-*"); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
	s = openFile(t, path)
	if g, err := s.Tag(t.Context(), by.Workspace, id); err != nil || g.Name != "kept" {
		t.Errorf("tag %+v, error %v", g, err)
	}
	if next := addTag(t, s, by, "next"); next <= id {
		t.Errorf("ID %d after %d", next, id)
	}
}

func TestAFileIsReadableByItsOwnerAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lectern.db")
	setUp(t, openFile(t, path))
	for _, p := range []string{path, path + "-wal"} {
		info, err := os.Stat(p)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", filepath.Base(p), info.Mode())
		}
	}
}

func TestAnyPathIsAPath(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a b?mode=memory&c#d%41é")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "x?mode=ro.db")
	setUp(t, openFile(t, path))
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		t.Errorf("file %v, error %v", info, err)
	}
}

// crash copies a database as a loss of power leaves it: the file and the log
// that has not been brought into it, of which cut bytes are missing.
func crash(t *testing.T, path string, cut int) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "lectern.db")
	for _, suffix := range []string{"", "-wal"} {
		// Opening the file drops SQLite's locks on it, but no one else is there.
		data, err := os.ReadFile(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if suffix != "" {
			data = data[:len(data)-cut]
		}
		if err := os.WriteFile(to+suffix, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

func TestALossOfPowerLosesNothingAcknowledged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lectern.db")
	s := openFile(t, path)
	by := setUp(t, s)
	id := addTag(t, s, by, "kept")
	last := addTag(t, s, by, "last")
	again := openFile(t, crash(t, path, 0))
	for _, id := range []lectern.TagID{id, last} {
		if _, err := again.Tag(t.Context(), by.Workspace, id); err != nil {
			t.Error(err)
		}
	}
	// Half of the last commit on the disk is nothing of it, and all before.
	torn := openFile(t, crash(t, path, 100))
	tags, err := torn.Tags(t.Context(), by.Workspace)
	if err != nil || len(tags) != 1 || tags[0].ID != id {
		t.Errorf("tags %v, error %v", tags, err)
	}
	_, events, err := torn.Events(t.Context(), by.Workspace, lectern.EventQuery{Kinds: []lectern.EventKind{lectern.TagCreated}})
	if err != nil || events != 1 {
		t.Errorf("%d events, error %v", events, err)
	}
}

func TestADatabaseThatIsNotTheProgramsIsRefused(t *testing.T) {
	files, err := filepath.Glob("schema/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("schema files %v, error %v", files, err)
	}
	known, err := strconv.Atoi(strings.Split(filepath.Base(files[len(files)-1]), "_")[0])
	if err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct{ statement, says string }{
		"a newer schema": {
			fmt.Sprintf(`INSERT INTO schema_migrations VALUES (0, %d, 'next.sql', 'x', 0), (0, %d, 'more.sql', 'x', 0)`, known+1, known+2),
			fmt.Sprintf("the database has schema version %d, this program knows versions up to %d", known+2, known),
		},
		"a changed schema file": {
			`UPDATE schema_migrations SET checksum = 'x'`,
			"schema file 0001_init.sql differs from the one the database was made with",
		},
	} {
		path := filepath.Join(t.TempDir(), "lectern.db")
		s := openFile(t, path)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		change(t, path, x.statement)
		if _, err := sqlite.Open(t.Context(), path, store.Options{}); err == nil || !strings.Contains(err.Error(), x.says) {
			t.Errorf("%s: error %v, want %q", name, err, x.says)
		}
	}
}

func TestAFileOfAnotherProgramIsRefusedAndLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "other.db")
	change(t, path, `CREATE TABLE recipe (name TEXT)`)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Open(t.Context(), path, store.Options{}); err == nil || !strings.Contains(err.Error(), "another program") {
		t.Errorf("error %v", err)
	}
	after, err := os.ReadFile(path)
	if err != nil || len(after) != len(before) {
		t.Errorf("%d bytes became %d, error %v", len(before), len(after), err)
	}
	text := filepath.Join(t.TempDir(), "notes.txt")
	if err := os.WriteFile(text, []byte(strings.Repeat("notes ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{text, t.TempDir(), filepath.Join(t.TempDir(), "no", "such", "directory")} {
		if _, err := sqlite.Open(t.Context(), p, store.Options{}); err == nil {
			t.Errorf("%s was opened", filepath.Base(p))
		}
	}
}
