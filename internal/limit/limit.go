// Package limit bounds what one network may ask of a server that answers
// everybody.
//
// A network is one IPv4 address, or the first 64 bits of an IPv6 address, which
// is what one household or machine has. What it may do gathers up to a bound and
// is used up by doing it (the generic cell rate algorithm, which keeps a single
// time for each). Where that is forgotten, a network has its full allowance, so
// the memory for it is bounded: the networks seen last are kept, up to 131,072
// entries of about 100 bytes, and none for longer than twenty minutes after its
// last request. They stay in memory and go nowhere else.
//
// The limits are per process: with n servers behind a balancer a network may do
// up to n times as much.
package limit

import (
	"encoding/binary"
	"hash/maphash"
	"net/netip"
	"sync"
	"time"
)

// A Rate is how often something may be done: Burst times at once, and one more
// time each Every. The zero rate has no limit.
type Rate struct {
	Burst int
	Every time.Duration
}

// a returns the rate of n times within period, all at once if need be.
func a(n int, period time.Duration) Rate {
	if n <= 0 {
		return Rate{}
	}
	return Rate{n, period / time.Duration(n)}
}

// A key says what is done, from where and to what.
type key struct {
	network uint64 // zero for all together
	object  int64  // zero for none
	what    what
	six     bool // the network is one of IPv6
}

// networkOf is the network of an address; all that are not known share one.
func networkOf(from netip.Addr) (k key) {
	from = from.Unmap()
	switch {
	case from.Is4():
		b := from.As4()
		k.network = uint64(binary.BigEndian.Uint32(b[:])) | 1<<32 // 0.0.0.0 is none of "all"
	case from.Is6():
		b := from.As16()
		k.network, k.six = binary.BigEndian.Uint64(b[:8]), true
	default:
		k.six, k.network = true, 1 // of no address: the first 64 bits of ::1 are zeros
	}
	return k
}

const (
	shards   = 16
	perShard = 4096
	memory   = 10 * time.Minute // after which a half of what is known is forgotten
)

// A table knows how far those who did something are ahead of their rate.
type table struct {
	now   func() time.Time
	seed  maphash.Seed
	parts [shards]part
}

// A part holds keys in two generations. Those in use move into the young one;
// when that is full, or old, it takes the place of the other.
type part struct {
	mu         sync.Mutex // guards all below
	young, old map[key]int64
	born       int64
}

func newTable(now func() time.Time) *table {
	return &table{now: now, seed: maphash.MakeSeed()}
}

// take does something once. If the rate does not allow it yet, it returns how
// long that will take. Look only says so and does nothing.
func (t *table) take(k key, r Rate, look bool) (wait time.Duration) {
	if r.Burst <= 0 {
		return 0
	}
	now := t.now().UnixNano()
	p := &t.parts[maphash.Comparable(t.seed, k)%shards]
	p.mu.Lock()
	defer p.mu.Unlock()
	p.turn(now)
	ahead, ok := p.young[k]
	if !ok {
		if ahead, ok = p.old[k]; ok {
			p.young[k] = ahead // who is refused is not forgotten either
		}
	}
	ahead = max(ahead, now)
	if over := ahead - now - int64(r.Every)*int64(r.Burst-1); over > 0 {
		return time.Duration(over)
	}
	if !look {
		p.young[k] = ahead + int64(r.Every)
	}
	return 0
}

// turn begins a new generation when it is time.
func (p *part) turn(now int64) {
	if p.young != nil && len(p.young) < perShard && now-p.born < int64(memory) {
		return
	}
	p.old, p.young, p.born = p.young, map[key]int64{}, now
}

// size is how many keys are known.
func (t *table) size() (n int) {
	for i := range t.parts {
		p := &t.parts[i]
		p.mu.Lock()
		n += len(p.young) + len(p.old)
		p.mu.Unlock()
	}
	return n
}
