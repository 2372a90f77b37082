package differential_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"lectern"
	"lectern/internal/search"
	"lectern/internal/store"
	"lectern/internal/testpg"
)

// loaded is how many articles the benchmarks work on.
var loaded = flag.Int("articles", 100_000, "how many articles the benchmarks load")

// BenchmarkDatabases sends the same requests to a node on SQLite, to one on
// PostgreSQL, and to two on the same PostgreSQL, and the statements of each
// straight to PostgreSQL, all in turns. No answer is kept: each asks for
// something else. All are as durable as in production.
func BenchmarkDatabases(b *testing.B) {
	c := testpg.Start(b, testpg.Options{})
	dsn := c.Database(b)
	file := openSQLite(b, b.TempDir(), time.Now)
	server, second := openPostgres(b, dsn, time.Now), openPostgres(b, dsn, time.Now)
	var ids []lectern.ArticleID
	for _, db := range []*store.DB{file, server} {
		by := setUp(b, db)
		begun := time.Now()
		ids = load(b, db, by, *loaded)
		b.Logf("%d articles added in %v", *loaded, time.Since(begun).Round(time.Second))
	}
	hand := newRaw(b, dsn, c.Database(b))
	size(b, hand.pool)
	nodes := []*node{serve(b, "sqlite", file, time.Now), serve(b, "postgres", server, time.Now)}
	third := serve(b, "second", second, time.Now)
	var n atomic.Int64
	some := func() lectern.ArticleID { return ids[int(n.Add(7919))%len(ids)] }
	body := text(9, 80)
	words := search.Index("en", search.Document{Title: "New", Body: body})
	create := func(x *node) {
		x.send(b, "POST", "/articles", object{"title": "New", "body": body, "author_id": 1002})
	}
	rawCreate := func() error { return hand.create(b.Context(), "New", body, words) }
	for _, op := range []struct {
		name    string
		clients int
		send    func(*node)
		raw     func() error
	}{
		{"get", 4, func(x *node) { x.send(b, "GET", fmt.Sprintf("/articles/%d?n=%d", some(), n.Add(1)), nil) },
			func() error { return hand.get(b.Context(), some()) }},
		{"list", 4, func(x *node) { x.send(b, "GET", fmt.Sprintf("/articles?per_page=25&n=%d", n.Add(1)), nil) },
			func() error { return hand.list(b.Context()) }},
		{"search", 4, func(x *node) {
			x.send(b, "GET", fmt.Sprintf("/articles/search?state=all&phrase=%s&n=%d", vocabulary[n.Add(1)%int64(len(vocabulary))], n.Load()), nil)
		}, func() error {
			at := int(n.Add(7919)) % (len(ids) - 10)
			return hand.search(b.Context(), ids[at:at+10])
		}},
		{"create", 4, create, rawCreate},
		{"create by eight", 8, create, rawCreate},
	} {
		b.Run(op.name, func(b *testing.B) {
			var times [4][]time.Duration
			for b.Loop() {
				for i, x := range nodes {
					times[i] = append(times[i], spent(op.clients, func(int) { op.send(x) }))
				}
				times[2] = append(times[2], spent(op.clients, func(i int) { op.send([]*node{nodes[1], third}[i%2]) }))
				times[3] = append(times[3], spent(op.clients, func(int) {
					if err := op.raw(); err != nil {
						b.Error(err)
					}
				}))
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(median(times[0]), "sqlite-µs")
			b.ReportMetric(median(times[1]), "postgres-µs")
			b.ReportMetric(median(times[1])/median(times[0]), "postgres/sqlite")
			b.ReportMetric(median(times[2])/median(times[1]), "two-nodes/one")
			b.ReportMetric(median(times[1])/median(times[3]), "postgres/raw")
		})
	}
}

// spent is how long a request takes when clients send some at the same time.
func spent(clients int, send func(client int)) time.Duration {
	const each = 8
	begun := time.Now()
	var wg sync.WaitGroup
	for i := range clients {
		wg.Go(func() {
			for range each {
				send(i)
			}
		})
	}
	wg.Wait()
	return time.Since(begun) / time.Duration(clients*each)
}

// median is in microseconds.
func median(times []time.Duration) float64 {
	slices.Sort(times)
	return float64(times[len(times)/2]) / float64(time.Microsecond)
}

// size logs how many bytes the database has for an article.
func size(b *testing.B, pool *pgxpool.Pool) {
	b.Helper()
	var total int64
	if err := pool.QueryRow(b.Context(), `SELECT pg_database_size(current_database())`).Scan(&total); err != nil {
		b.Fatal(err)
	}
	b.Logf("PostgreSQL: %d bytes for each of %d articles, indexes included", total/int64(*loaded), *loaded)
}

// vocabulary is what made-up texts are of.
var vocabulary = func() (list []string) {
	for i := range 2000 {
		list = append(list, fmt.Sprintf("word%c%c%c", 'a'+i%26, 'a'+i/26%26, 'a'+i/676))
	}
	return list
}()

// text is a made-up body of n words, most of them common.
func text(seed uint64, n int) string {
	random := rand.New(rand.NewPCG(seed, seed))
	var t strings.Builder
	t.WriteString("<p>")
	for range n {
		t.WriteString(vocabulary[int(random.ExpFloat64()*200)%len(vocabulary)] + " ")
	}
	t.WriteString("</p>")
	return t.String()
}

// load adds n articles of eighty words.
func load(b *testing.B, db *store.DB, by lectern.Actor, n int) []lectern.ArticleID {
	b.Helper()
	ids := make([]lectern.ArticleID, n)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range 32 {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				a, err := db.AddArticle(b.Context(), by, &lectern.ArticleEdit{ArticleTextEdit: lectern.ArticleTextEdit{
					Title: new(fmt.Sprint("Title ", i)), Body: new(text(uint64(i), 80)), Author: &by.Admin, State: new(lectern.Published),
				}})
				if err != nil {
					b.Error(err)
					return
				}
				ids[i] = a.ID
			}
		})
	}
	wg.Wait()
	return ids
}
