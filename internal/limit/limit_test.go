package limit

import (
	"encoding/binary"
	"net/netip"
	"testing"
	"time"
)

// A clock stands until it is moved.
type clock struct{ t time.Time }

func (c *clock) now() time.Time { return c.t }

func at(s string) netip.Addr { return netip.MustParseAddr(s) }

func started(s Settings) (*Limiter, *clock) {
	c := &clock{time.Unix(1_800_000_000, 0)}
	return New(s, c.now), c
}

func TestANetworkGathersWhatItMayDo(t *testing.T) {
	l, c := started(Settings{Searches: 6})
	from := at("192.0.2.1")
	do := func(n int) (done int) {
		for range n {
			if l.Search(from) == 0 {
				done++
			}
		}
		return done
	}
	if n := do(10); n != 6 {
		t.Errorf("at once %d searches are answered, want 6", n)
	}
	if wait := l.Search(from); wait != 10*time.Second {
		t.Errorf("the next one waits %v, want 10s", wait)
	}
	c.t = c.t.Add(9 * time.Second)
	if n := do(1); n != 0 {
		t.Error("it is answered too early")
	}
	c.t = c.t.Add(time.Second)
	if n := do(3); n != 1 {
		t.Errorf("after ten seconds %d are answered, want 1", n)
	}
	c.t = c.t.Add(time.Hour)
	if n := do(10); n != 6 {
		t.Errorf("after an hour %d are answered, want 6", n)
	}
}

func TestWhatIsOneNetwork(t *testing.T) {
	for _, x := range []struct {
		a, b string
		same bool
	}{
		{"192.0.2.1", "192.0.2.1", true},
		{"192.0.2.1", "::ffff:192.0.2.1", true},
		{"192.0.2.1", "192.0.2.2", false},
		{"2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true},
		{"2001:db8:1:2::1", "2001:db8:1:3::1", false},
		{"0.0.0.1", "::1:0:0:1", false},
	} {
		l, _ := started(Settings{Exports: 1})
		l.Export(at(x.a))
		if same := l.Export(at(x.b)) > 0; same != x.same {
			t.Errorf("%s and %s: the same network is %v", x.a, x.b, same)
		}
	}
	l, _ := started(Settings{Exports: 1})
	if l.Export(netip.Addr{}) > 0 || l.Export(netip.Addr{}) == 0 {
		t.Error("addresses that are not known have no limit together")
	}
}

func TestOneThingDoesNotUseUpAnother(t *testing.T) {
	l, _ := started(Settings{Pages: 1, Searches: 1, SearchLog: 1, Reactions: 3, Views: 5, Exports: 1, FailedTokens: 1})
	from := at("192.0.2.1")
	l.Failed(from)
	if l.Page(from) > 0 || l.Search(from) > 0 || l.Suggest(from) > 0 || !l.LogSearch(from) || l.React(from, 1) > 0 || !l.View(from, 1) || l.Export(from) > 0 {
		t.Error("something is refused that was not done before")
	}
	if l.MayTry(from) == 0 || l.Page(from) == 0 || l.Search(from) == 0 || l.LogSearch(from) || l.Export(from) == 0 {
		t.Error("something is allowed twice")
	}
}

func TestReactionsAndViewsAreBoundedByArticle(t *testing.T) {
	l, _ := started(Settings{Reactions: 30, Views: 300})
	from, reactions, views := at("192.0.2.1"), 0, 0
	for range 100 {
		if l.React(from, 7) == 0 {
			reactions++
		}
		if l.View(from, 7) {
			views++
		}
	}
	if reactions != 10 || views != 60 {
		t.Errorf("one network has %d reactions and %d views of an article, want 10 and 60", reactions, views)
	}
	all := 0
	for i := range 1000 {
		var b [4]byte
		binary.BigEndian.PutUint32(b[:], 0xc6330000+uint32(i))
		if l.React(netip.AddrFrom4(b), 7) == 0 {
			all++
		}
	}
	if all != 120-10 {
		t.Errorf("all others have %d reactions to it at once, want 110", all)
	}
	if l.React(at("203.0.113.1"), 8) > 0 {
		t.Error("another article is closed as well")
	}
}

func TestWithoutASettingThereIsNoLimit(t *testing.T) {
	zero, _ := started(Settings{})
	for _, l := range []*Limiter{nil, zero} {
		from := at("192.0.2.1")
		for range 1000 {
			l.Failed(from)
			if l.Page(from)+l.Search(from)+l.Suggest(from)+l.React(from, 1)+l.Export(from)+l.MayTry(from) > 0 || !l.View(from, 1) || !l.LogSearch(from) {
				t.Fatal("something is refused")
			}
		}
	}
}

// A million networks ask; one of them has used up what it may do.
func TestMemoryIsBounded(t *testing.T) {
	l, c := started(Defaults)
	for i := range 1_000_000 {
		var b [16]byte
		binary.BigEndian.PutUint64(b[:8], 0x2001_0db8_0000_0000+uint64(i))
		l.Search(netip.AddrFrom16(b))
		if n := l.t.size(); i%100_000 == 0 && n > 2*shards*perShard {
			t.Fatalf("%d networks are known", n)
		}
	}
	if n := l.t.size(); n < shards*perShard/2 {
		t.Errorf("of a million networks %d are known", n)
	}
	// Who keeps asking stays known.
	from := at("192.0.2.1")
	for range Defaults.Searches {
		l.Search(from)
	}
	for i := range 200_000 {
		var b [16]byte
		binary.BigEndian.PutUint64(b[:8], 0x2001_0db9_0000_0000+uint64(i))
		l.Search(netip.AddrFrom16(b))
		if i%1000 == 0 {
			c.t = c.t.Add(time.Millisecond)
			l.Search(from)
		}
	}
	first, second := l.Search(from), l.Search(from)
	if first == 0 && second == 0 {
		t.Error("a network that keeps asking was forgotten")
	}
	// And who is gone is forgotten.
	for range 2 {
		c.t = c.t.Add(memory)
		for i := range 1000 {
			var b [4]byte
			binary.BigEndian.PutUint32(b[:], 0xc6330000+uint32(i))
			l.Search(netip.AddrFrom4(b))
		}
	}
	if n := l.t.size(); n > 2000 {
		t.Errorf("after twenty minutes %d are known, of 1000 that asked", n)
	}
}

func TestSettingsAreRead(t *testing.T) {
	some := Defaults
	some.Searches, some.FailedTokens = 10, 0
	for text, want := range map[string]Settings{
		Defaults.String(): Defaults, "none": {}, "searches=10, failed-tokens=0": some,
	} {
		if got, err := Parse(text); err != nil || got != want {
			t.Errorf("%q: %+v %v", text, got, err)
		}
	}
	for _, text := range []string{"", "searches", "searches=", "searches=-1", "searches=1.5", "articles=1", "none,searches=1", "searches=99999999999"} {
		if _, err := Parse(text); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}

func TestWaitingIsSaidInWholeSeconds(t *testing.T) {
	for wait, want := range map[time.Duration]int{time.Nanosecond: 1, time.Second: 1, time.Second + 1: 2, time.Minute: 60} {
		if got := Seconds(wait); got != want {
			t.Errorf("%v is %d", wait, got)
		}
	}
}
