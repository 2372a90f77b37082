//go:build unix

package sqlite_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"lectern"
	"lectern/internal/store"
)

// cpu is how much time of processors the process has taken, in all its threads.
func cpu(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// spent runs fn and reports the time of processors that it took each time,
// together with all it set off within a moment.
func spent(b *testing.B, name string, fn func(i int)) {
	b.Run(name, func(b *testing.B) {
		n := 0
		before := cpu(b)
		for b.Loop() {
			fn(n)
			n++
		}
		time.Sleep(100 * time.Millisecond)
		b.ReportMetric(float64((cpu(b)-before).Microseconds())/float64(n), "cpu-µs/op")
	})
}

// BenchmarkCost says what a change, and what follows it, costs among many
// articles: 100,000, or as many as LECTERN_BENCH_ARTICLES says.
func BenchmarkCost(b *testing.B) {
	articles := 100_000
	if n, err := strconv.Atoi(os.Getenv("LECTERN_BENCH_ARTICLES")); err == nil {
		articles = n
	}
	s := openEmpty(b, store.Options{}).(*store.DB)
	by := setUp(b, s)
	ids, center := library(b, s, by, articles)
	v := lectern.Visit{Workspace: by.Workspace, HelpCenter: center, Locale: "en"}
	if err := s.WarmSearch(b.Context()); err != nil {
		b.Fatal(err)
	}
	change := func(i int) lectern.ArticleID {
		id := ids[i*7919%len(ids)]
		_, err := s.UpdateArticle(b.Context(), by, id, &lectern.ArticleEdit{ArticleTextEdit: lectern.ArticleTextEdit{Title: new(fmt.Sprint("Changed ", i))}}, nil)
		if err != nil {
			b.Fatal(err)
		}
		return id
	}
	page := func(id lectern.ArticleID) {
		if p, err := s.Page(b.Context(), v, id); err != nil || p.RelatedUnknown {
			b.Fatal(p, err)
		}
	}
	spent(b, "change", func(i int) { change(i) })
	spent(b, "page", func(i int) { page(ids[i*104729%len(ids)]) })
	spent(b, "change and page", func(i int) { page(change(i)) })
}

// library adds articles of about a hundred words.
func library(b *testing.B, s *store.DB, by lectern.Actor, n int) ([]lectern.ArticleID, lectern.HelpCenterID) {
	b.Helper()
	centers, err := s.HelpCenters(b.Context(), by.Workspace)
	if err != nil {
		b.Fatal(err)
	}
	c, err := s.AddCollection(b.Context(), by, &lectern.CollectionEdit{CollectionTextEdit: lectern.CollectionTextEdit{Name: new("C")}})
	if err != nil {
		b.Fatal(err)
	}
	ids := make([]lectern.ArticleID, n)
	var group sync.WaitGroup
	const writers = 32
	for w := range writers {
		group.Go(func() {
			random := rand.New(rand.NewPCG(uint64(w), 1))
			words := rand.NewZipf(random, 1.07, 8, 40_000)
			for i := w; i < n; i += writers {
				var text strings.Builder
				for range 100 {
					fmt.Fprintf(&text, "w%x ", words.Uint64())
				}
				a, err := s.AddArticle(b.Context(), by, &lectern.ArticleEdit{Parents: &[]lectern.CollectionID{c.ID}, ArticleTextEdit: lectern.ArticleTextEdit{
					Title: new(text.String()[:20]), Body: new("<p>" + text.String() + "</p>"), Author: &by.Admin, State: new(lectern.Published)}})
				if err != nil {
					b.Error(err)
					return
				}
				ids[i] = a.ID
			}
		})
	}
	group.Wait()
	return ids, centers[0].ID
}
