package postgres_test

import (
	"net"
	"net/url"
	"sync"
	"testing"
)

// A proxy stands between the store and its server, and cuts what it is told to.
type proxy struct {
	listener net.Listener
	server   string

	mu    sync.Mutex
	open  map[net.Conn]bool
	left  map[way]int // bytes until the cut; none if the way is not watched
	moved map[way]int // bytes since the last call of watch
}

// A way is the direction of bytes.
type way string

const (
	toServer   way = "to the server"
	fromServer way = "from the server"
)

// startProxy puts a proxy before the server of a connection URL, and returns it
// with the URL that leads through it.
func startProxy(t testing.TB, dsn string) (*proxy, string) {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{listener: l, server: u.Host, open: map[net.Conn]bool{}, left: map[way]int{}, moved: map[way]int{}}
	var work sync.WaitGroup
	work.Go(func() { p.accept(&work) })
	t.Cleanup(func() {
		l.Close()
		p.cutAll()
		work.Wait()
	})
	u.Host = l.Addr().String()
	return p, u.String()
}

func (p *proxy) accept(work *sync.WaitGroup) {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", p.server)
		if err != nil {
			client.Close()
			continue
		}
		p.mu.Lock()
		p.open[client], p.open[server] = true, true
		p.mu.Unlock()
		work.Go(func() { p.carry(toServer, server, client) })
		work.Go(func() { p.carry(fromServer, client, server) })
	}
}

// carry copies bytes until one side closes or the cut comes.
func (p *proxy) carry(w way, to, from net.Conn) {
	defer func() {
		to.Close()
		from.Close()
		p.mu.Lock()
		delete(p.open, to)
		delete(p.open, from)
		p.mu.Unlock()
	}()
	buffer := make([]byte, 4096)
	for {
		n, err := from.Read(buffer)
		pass, cut := p.pass(w, n)
		if _, failed := to.Write(buffer[:pass]); failed != nil || err != nil || cut {
			return
		}
	}
}

// pass says how many of n bytes may pass, and whether the connection is cut then.
func (p *proxy) pass(w way, n int) (int, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.moved[w] += n
	left, watched := p.left[w]
	if !watched || n < left {
		if watched {
			p.left[w] = left - n
		}
		return n, false
	}
	delete(p.left, w) // one cut
	return left, true
}

// watch begins to count anew and, unless after is negative, cuts the connection
// that carries the byte with that number.
func (p *proxy) watch(w way, after int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.moved = map[way]int{}
	p.left = map[way]int{}
	if after >= 0 {
		p.left[w] = after
	}
}

// count returns how many bytes have gone one way.
func (p *proxy) count(w way) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.moved[w]
}

// pending reports whether the cut is still to come.
func (p *proxy) pending(w way) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, is := p.left[w]
	return is
}

// cutAll cuts every connection.
func (p *proxy) cutAll() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.open {
		c.Close()
	}
}
