package sqlite_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/sqlite"
)

// workerFile names, in a process that is to work until it is killed, the file
// of the database.
const workerFile = "LECTERN_TEST_BULK_WORKER"

func TestMain(m *testing.M) {
	if path := os.Getenv(workerFile); path != "" {
		fmt.Println(workUntilKilled(path))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func workUntilKilled(path string) error {
	s, err := sqlite.Open(context.Background(), path, store.Options{})
	for err == nil {
		_, err = s.DoBulkItem(context.Background())
	}
	return err
}

func TestABulkActionSurvivesKillsAndIsDoneOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lectern.db")
	s := openFile(t, path)
	by := setUp(t, s)
	const n = 300
	a := &lectern.BulkAction{Verb: lectern.BulkUpdateTags}
	a.Tags.Add = []lectern.TagID{addTag(t, s, by, "tag")}
	for i := range n {
		x, err := s.AddInternalArticle(t.Context(), by, &lectern.InternalArticleEdit{
			Title: new(fmt.Sprint("T", i)), Author: &by.Admin, Owner: &by.Admin,
		})
		if err != nil {
			t.Fatal(err)
		}
		a.Items = append(a.Items, lectern.BulkItem{Object: lectern.Object{Kind: lectern.InternalArticleObject, ID: int64(x.ID)}})
	}
	a, err := s.AddBulkAction(t.Context(), by, a)
	if err != nil {
		t.Fatal(err)
	}
	done := func() int {
		got, err := s.BulkAction(t.Context(), by.Workspace, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, i := range got.Items {
			if i.Outcome == lectern.BulkUpdated {
				n++
			} else if i.Outcome != lectern.BulkPending {
				t.Fatalf("%d is %s: %s", i.ID, i.Outcome, i.Reason)
			}
		}
		return n
	}
	var kills int
	for kills = 0; done() < n-n/4 && kills < 50; kills++ {
		killAfter(t, path, done(), done)
	}
	if kills < 2 {
		t.Errorf("only %d processes were killed", kills)
	}
	for more := true; more; {
		if more, err = s.DoBulkItem(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for kind, want := range map[lectern.EventKind]int{lectern.TagApplied: n, lectern.BulkActionFinished: 1} {
		_, total, err := s.Events(t.Context(), by.Workspace, lectern.EventQuery{Kinds: []lectern.EventKind{kind}, Limit: 1})
		if err != nil || total != want {
			t.Errorf("%d events %s, want %d, error %v", total, kind, want, err)
		}
	}
	if got := done(); got != n {
		t.Errorf("%d of %d done", got, n)
	}
	t.Logf("%d processes killed", kills)
}

// killAfter starts two processes that work, and kills them once they have done
// something.
func killAfter(t *testing.T, path string, before int, done func() int) {
	t.Helper()
	var workers []*exec.Cmd
	for range 2 {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), workerFile+"="+path)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		workers = append(workers, c)
	}
	for end := time.Now().Add(20 * time.Second); done() < before+20 && time.Now().Before(end); time.Sleep(time.Millisecond) {
	}
	for _, c := range workers {
		c.Process.Kill()
		c.Wait()
	}
	if done() == before {
		t.Error("the processes have done nothing")
	}
}
