// Package kept keeps answers until what they follow from changes.
//
// An answer depends on topics: one article, the list of all articles, a
// workspace's settings; which ones there are is up to the front door. Stamps has
// a counter for each topic that grows whenever an event touches it, and Cache
// hands out an answer only while the counters stand where they stood when it
// was made. The counters are read before the store is, so an answer that a
// change overtook is never handed out. A Body is the bytes of an answer, and how
// they are sent.
package kept

import (
	"container/list"
	"hash/maphash"
	"sync"
	"sync/atomic"
)

// Stamps counts changes by topic. Topics share counters; two that meet in one
// cost a needless read now and then. The zero value works.
type Stamps[T comparable] struct {
	counters [4096]atomic.Uint64
}

var seed = maphash.MakeSeed()

func (s *Stamps[T]) counter(topic T) *atomic.Uint64 {
	return &s.counters[maphash.Comparable(seed, topic)%uint64(len(s.counters))]
}

// Of returns the sum of the topics' counters. Counters only grow, so an equal
// sum means that none of them moved.
func (s *Stamps[T]) Of(topics ...T) uint64 {
	var sum uint64
	for _, t := range topics {
		sum += s.counter(t).Load()
	}
	return sum
}

// Move ends what depends on any of the topics.
func (s *Stamps[T]) Move(topics ...T) {
	for _, t := range topics {
		s.counter(t).Add(1)
	}
}

// MoveAll ends whatever depends on anything.
func (s *Stamps[T]) MoveAll() {
	for i := range s.counters {
		s.counters[i].Add(1)
	}
}

// A Cache keeps the values used last, up to a number of bytes. It may be used by
// several goroutines.
type Cache[K comparable, V any] struct {
	mu     sync.Mutex // guards all below
	limit  int
	size   int
	recent *list.List // of *item[K, V], the most recently used first
	byKey  map[K]*list.Element

	flights map[K]*flight[V] // what is being made
}

type item[K comparable, V any] struct {
	key   K
	value V
	stamp uint64
	size  int
}

// NewCache returns an empty cache of at most limit bytes.
func NewCache[K comparable, V any](limit int) *Cache[K, V] {
	return &Cache[K, V]{limit: limit, recent: list.New(), byKey: map[K]*list.Element{}}
}

// Get returns the value kept under key, if it was put there with this stamp.
func (c *Cache[K, V]) Get(key K, stamp uint64) (value V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, ok := c.byKey[key]
	if !ok {
		return value, false
	}
	i := at.Value.(*item[K, V])
	if i.stamp != stamp {
		c.remove(at)
		return value, false
	}
	c.recent.MoveToFront(at)
	return i.value, true
}

// Put keeps a value of size bytes under key as long as its stamp is current.
// One that takes more than an eighth of the cache is not kept.
func (c *Cache[K, V]) Put(key K, value V, stamp uint64, size int) {
	if size > c.limit/8 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if at, ok := c.byKey[key]; ok {
		c.remove(at)
	}
	c.byKey[key] = c.recent.PushFront(&item[K, V]{key, value, stamp, size})
	c.size += size
	for c.size > c.limit {
		c.remove(c.recent.Back())
	}
}

func (c *Cache[K, V]) remove(at *list.Element) {
	i := c.recent.Remove(at).(*item[K, V])
	delete(c.byKey, i.key)
	c.size -= i.size
}
