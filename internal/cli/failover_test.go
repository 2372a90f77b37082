package cli_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lectern/internal/testpg"
)

// TestAcknowledgedWritesSurviveTheDatabase lets clients write through two nodes
// while what is under them goes away, and looks at what was acknowledged.
func TestAcknowledgedWritesSurviveTheDatabase(t *testing.T) {
	for _, fault := range []struct {
		name    string
		standby bool
		away    func(t *testing.T, primary *testpg.Cluster)
		back    func(t *testing.T, primary, standby *testpg.Cluster)
	}{
		{"the primary is killed and its standby promoted", true,
			func(t *testing.T, primary *testpg.Cluster) { primary.Stop(t, testpg.Kill) },
			func(t *testing.T, _, standby *testpg.Cluster) { standby.Promote(t) }},
		{"the server is killed and started again", false,
			func(t *testing.T, primary *testpg.Cluster) { primary.Stop(t, testpg.Kill) },
			func(t *testing.T, primary, _ *testpg.Cluster) { primary.Start(t) }},
		{"the server is restarted in good order", false,
			func(t *testing.T, primary *testpg.Cluster) { primary.Stop(t, testpg.Fast) },
			func(t *testing.T, primary, _ *testpg.Cluster) { primary.Start(t) }},
	} {
		t.Run(fault.name, func(t *testing.T) {
			primary := testpg.Start(t, testpg.Options{})
			dsn := primary.Database(t)
			var standby *testpg.Cluster
			if fault.standby {
				standby = primary.Standby(t)
				dsn = strings.Replace(dsn, primary.Address(), primary.Address()+","+standby.Address(), 1)
			}
			l := startLoad(t, dsn)
			l.await(t, "before", 20)
			l.enter("going")
			fault.away(t, primary)
			l.enter("away")
			l.awaitErrors(t, 8)
			l.enter("coming back")
			fault.back(t, primary, standby)
			l.awaitReady(t)
			l.enter("after")
			l.await(t, "after", 20)
			l.end(t)
		})
	}
}

// A load is what clients of two nodes do and see while the database goes away
// and comes back.
type load struct {
	ledger
	nodes []string
	stop  chan struct{}
	work  sync.WaitGroup

	seen    sync.Mutex // guards all below
	phase   string
	written map[string]int // acknowledged writes by phase
	failed  map[string]int // requests without an answer of 200
	polls   []poll
}

// A poll is what /readyz said within one phase.
type poll struct {
	node, phase string
	status      int
}

func startLoad(t *testing.T, dsn string) *load {
	t.Helper()
	l := &load{
		ledger: ledger{articles: map[string]*promise{}}, stop: make(chan struct{}), phase: "before",
		written: map[string]int{}, failed: map[string]int{},
	}
	for range 2 {
		s, err := startServer(t.TempDir(), nil, "--database", dsn, "--token", killToken, "--rate-limit", "0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.kill)
		l.nodes = append(l.nodes, s.url)
	}
	me, err := call(http.MethodGet, l.nodes[0]+"/me", nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, node := range l.nodes {
		for c := range 2 {
			l.work.Go(func() { l.persist(t, node, me.ID, fmt.Sprintf("node%dclient%d", i, c)) })
		}
		l.work.Go(func() { l.poll(node) })
	}
	return l
}

// persist writes until the load ends, whatever the answers are. An article whose
// change got no answer is left as it is: it may have either mark.
func (l *load) persist(t *testing.T, base, author, name string) {
	for n := 0; !l.ended(); n++ {
		mark := fmt.Sprintf("%sn%d", name, n)
		a, err := call(http.MethodPost, base+"/articles", marked(author, mark))
		if !l.note(t, err) {
			continue
		}
		p := &promise{acknowledged: mark}
		l.mu.Lock()
		l.articles[a.ID] = p
		l.mu.Unlock()
		if n%2 == 0 {
			p.underWay = mark + "changed"
			_, err := call(http.MethodPut, base+"/articles/"+a.ID, marked(author, p.underWay))
			if l.note(t, err) {
				p.acknowledged = p.underWay
			}
		}
	}
}

// note counts an answer and reports whether it was an acknowledgement. A refusal
// must say that it is the server's fault.
func (l *load) note(t *testing.T, err error) bool {
	if r, ok := errors.AsType[*refusal](err); ok && r.status != http.StatusServiceUnavailable {
		t.Error(err)
	}
	l.seen.Lock()
	defer l.seen.Unlock()
	if err != nil {
		l.failed[l.phase]++
		return false
	}
	l.written[l.phase]++
	return true
}

// poll asks /readyz until the load ends. What straddles two phases says nothing.
func (l *load) poll(node string) {
	for !l.ended() {
		phase := l.now()
		res, err := http.Get(node + "/readyz")
		if err != nil {
			continue
		}
		res.Body.Close()
		l.seen.Lock()
		if l.phase == phase {
			l.polls = append(l.polls, poll{node, phase, res.StatusCode})
		}
		l.seen.Unlock()
		time.Sleep(5 * time.Millisecond)
	}
}

func (l *load) ended() bool {
	select {
	case <-l.stop:
		return true
	default:
		return false
	}
}

func (l *load) now() string {
	l.seen.Lock()
	defer l.seen.Unlock()
	return l.phase
}

func (l *load) enter(phase string) {
	l.seen.Lock()
	defer l.seen.Unlock()
	l.phase = phase
}

// until waits for something the load has seen.
func (l *load) until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(5 * time.Millisecond) {
		l.seen.Lock()
		ok := done()
		l.seen.Unlock()
		if ok {
			return
		}
		if time.Now().After(deadline) {
			close(l.stop)
			l.work.Wait()
			t.Fatalf("waited two minutes for %s; written %v, failed %v", what, l.written, l.failed)
		}
	}
}

func (l *load) await(t *testing.T, phase string, writes int) {
	t.Helper()
	l.until(t, "writes "+phase, func() bool { return l.written[phase] >= writes })
}

func (l *load) awaitErrors(t *testing.T, n int) {
	t.Helper()
	l.until(t, "errors and polls", func() bool {
		return l.failed["away"] >= n && l.polled("away", l.nodes[0]) && l.polled("away", l.nodes[1])
	})
}

func (l *load) polled(phase, node string) bool {
	return slices.ContainsFunc(l.polls, func(p poll) bool { return p.phase == phase && p.node == node })
}

// awaitReady waits until both nodes say that they are ready, and can write.
func (l *load) awaitReady(t *testing.T) {
	t.Helper()
	for _, node := range l.nodes {
		l.until(t, node+" to be ready", func() bool {
			return slices.Contains(l.polls, poll{node, "coming back", http.StatusOK})
		})
	}
}

// end compares what was acknowledged with what is there, and what /readyz said
// with what was so.
func (l *load) end(t *testing.T) {
	t.Helper()
	close(l.stop)
	l.work.Wait()
	for i, node := range l.nodes {
		l.check(t, node, fmt.Sprintf("node%dclient0n", i))
	}
	for _, p := range l.polls {
		if p.phase == "away" && p.status == http.StatusOK {
			t.Errorf("%s said that it was ready while the database was away", p.node)
		}
		if (p.phase == "before" || p.phase == "after") && p.status != http.StatusOK {
			t.Errorf("%s said %d %s", p.node, p.status, p.phase)
		}
	}
	t.Logf("%d articles; writes %v, failed requests %v, %d polls", len(l.articles), l.written, l.failed, len(l.polls))
}
