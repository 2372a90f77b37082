package kept

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
)

// A Recipe says how a value that may be kept is made.
type Recipe[V any] struct {
	// Stamp reads the counters of what the value follows from; see Stamps.Of.
	Stamp func() uint64
	// Make makes the value, and says how many bytes it takes; None keeps it for
	// nobody but those who wait for it.
	Make func(context.Context) (value V, size int, err error)
	// Fresh reports whether a value that nothing has ended is still good; nil if
	// it always is.
	Fresh func(V) bool
}

// None is the size of a value that is not kept.
const None = -1

// A flight is the making of a value that several may wait for.
type flight[V any] struct {
	stamp   uint64
	done    chan struct{} // closed when value and err are final
	value   V
	err     error
	waiting int // guarded by Cache.mu; whoever wants it, its maker included
	cancel  context.CancelFunc
}

// errFault is what those who wait for a maker that panicked get.
var errFault = errors.New("the maker of the answer panicked")

// Make returns the value kept under key, or makes it. Of one key there is one
// maker at a time; who comes meanwhile waits for its value, unless something
// that the value follows from has changed since the maker began: then one of
// those who wait makes it anew. So nobody gets a value from before they came.
//
// A caller waits no longer than ctx. The making goes on as long as anybody
// waits for it, whoever began it, and its context ends with the last of them. If
// it panics, so does Make for the maker; the others get an error.
func (c *Cache[K, V]) Make(ctx context.Context, key K, r Recipe[V]) (V, error) {
	mine := r.Stamp()
	for {
		if v, ok := c.Get(key, r.Stamp()); ok && (r.Fresh == nil || r.Fresh(v)) {
			return v, nil
		}
		if err := ctx.Err(); err != nil {
			var none V
			return none, err
		}
		f, own := c.join(ctx, key, r)
		if own {
			return c.fly(ctx, key, f, r)
		}
		leave := context.AfterFunc(ctx, func() { c.leave(key, f) })
		select {
		case <-f.done:
			leave()
		case <-ctx.Done():
			return f.value, ctx.Err()
		}
		if f.stamp >= mine && !errors.Is(f.err, context.Canceled) {
			return f.value, f.err
		}
	}
}

// join takes part in the flight of a key, or begins one of its own.
func (c *Cache[K, V]) join(ctx context.Context, key K, r Recipe[V]) (f *flight[V], own bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if f := c.flights[key]; f != nil {
		f.waiting++
		return f, false
	}
	if c.flights == nil {
		c.flights = map[K]*flight[V]{}
	}
	f = &flight[V]{stamp: r.Stamp(), done: make(chan struct{}), waiting: 1}
	c.flights[key] = f
	return f, true
}

// leave is for a caller that wants the value no more.
func (c *Cache[K, V]) leave(key K, f *flight[V]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if f.waiting--; f.waiting > 0 {
		return
	}
	if f.cancel != nil {
		f.cancel()
	}
	if c.flights[key] == f { // nobody is to wait for what is given up
		delete(c.flights, key)
	}
}

// fly makes the value of a flight, on behalf of all who wait for it.
func (c *Cache[K, V]) fly(ctx context.Context, key K, f *flight[V], r Recipe[V]) (V, error) {
	making, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	c.mu.Lock()
	f.cancel = cancel
	c.mu.Unlock()
	defer context.AfterFunc(ctx, func() { c.leave(key, f) })()
	size := None
	defer func() {
		fault := recover()
		if fault != nil {
			f.err = errFault
		}
		if f.err == nil && size != None {
			c.Put(key, f.value, f.stamp, size)
		}
		c.mu.Lock()
		if c.flights[key] == f {
			delete(c.flights, key)
		}
		c.mu.Unlock()
		close(f.done)
		if fault != nil {
			panic(fmt.Sprintf("%v\n\n%s", fault, debug.Stack()))
		}
	}()
	f.value, size, f.err = r.Make(making)
	return f.value, f.err
}
