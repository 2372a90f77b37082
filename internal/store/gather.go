package store

import "sync"

// gathered counts things in memory until they are stored: what readers do waits
// for no database.
type gathered[K comparable] struct {
	mu sync.Mutex
	n  map[K]int
}

// add counts a thing n times, unless it is new and there are most things
// already; zero for most is no limit.
func (g *gathered[K]) add(k K, n, most int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.n == nil {
		g.n = map[K]int{}
	}
	if _, known := g.n[k]; !known && most > 0 && len(g.n) >= most {
		return
	}
	g.n[k] += n
}

// take returns what was counted, and begins anew.
func (g *gathered[K]) take() map[K]int {
	g.mu.Lock()
	defer g.mu.Unlock()
	n := g.n
	g.n = nil
	return n
}

// putBack counts again what was taken and could not be stored.
func (g *gathered[K]) putBack(taken map[K]int) {
	for k, n := range taken {
		g.add(k, n, 0)
	}
}
