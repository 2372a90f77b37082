package reference

import (
	"bytes"
	"net/http"
	"sync"

	"lectern/internal/kept"
)

// made holds the pages that were made, by what they show. There are as many as
// operations and versions; what readers send adds none.
type made struct {
	mu    sync.Mutex // guards pages
	pages map[string]*page
}

// A page is one made page. The server's address stands in it as origin, until
// it is sent: what was last sent is kept, because the next reader most likely
// reaches the server at the same address.
type page struct {
	template []byte

	mu   sync.Mutex // guards all below
	base string
	sent *kept.Body
}

// at returns the page as it is sent by a server at the address base.
func (p *page) at(base string) *kept.Body {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.sent == nil || p.base != base {
		p.base, p.sent = base, bodyAt(p.template, base)
	}
	return p.sent
}

// bodyAt puts the server's address into a page. base holds nothing that HTML or a
// program would read as anything but text.
func bodyAt(page []byte, base string) *kept.Body {
	return kept.NewBody(bytes.ReplaceAll(page, []byte(origin), []byte(base)), kept.Small)
}

// keep answers with a page that is made when it is first asked for.
func (ref *Reference) keep(w http.ResponseWriter, r *http.Request, name, template string, data func() any) {
	ref.pages.mu.Lock()
	p := ref.pages.pages[name]
	ref.pages.mu.Unlock()
	if p == nil {
		body, err := ref.render(template, data())
		if err != nil {
			ref.fail(w, err)
			return
		}
		p = &page{template: body}
		ref.pages.mu.Lock()
		if ref.pages.pages == nil {
			ref.pages.pages = map[string]*page{}
		}
		ref.pages.pages[name] = p
		ref.pages.mu.Unlock()
	}
	send(w, r, http.StatusOK, p.at(ref.Origin(r)))
}

// show answers with a page that is made for this request alone.
func (ref *Reference) show(w http.ResponseWriter, r *http.Request, status int, template string, data any) {
	body, err := ref.render(template, data)
	if err != nil {
		ref.fail(w, err)
		return
	}
	send(w, r, status, bodyAt(body, ref.Origin(r)))
}

func (ref *Reference) render(template string, data any) ([]byte, error) {
	var b bytes.Buffer
	err := ref.templates.ExecuteTemplate(&b, template, data)
	return b.Bytes(), err
}

// policy lets a page use what this server serves, and nothing else.
const policy = "default-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

// send writes a page, or 304 to a browser that has it.
func send(w http.ResponseWriter, r *http.Request, status int, page *kept.Body) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cache-Control", "max-age=0, must-revalidate")
	h.Set("Vary", "Accept-Encoding")
	if page.Had(w, r) && status == http.StatusOK {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	page.Send(w, r, status)
}
