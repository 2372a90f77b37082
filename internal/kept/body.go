package kept

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"

	"lectern/internal/accept"
)

// minimumSize is below how many bytes compressing does not pay.
const minimumSize = 1 << 10

// An Effort is how hard it is tried to make a body short. A body is compressed
// once, when the first client asks for it, and kept so.
type Effort int

const (
	// Raw leaves the bytes as they are: they are compressed already.
	Raw Effort = iota
	// Fast is gzip at its fastest, for what is sent a few times.
	Fast
	// Small is brotli, or a harder gzip for clients that do not know that, for
	// what is sent often.
	Small
)

// A Body is the bytes of an answer with what is sent along with them. It does
// not change once it is made, but for the compressed forms that the first clients
// to ask for them bring about.
type Body struct {
	Bytes []byte // nil for one that parts were joined to
	Tag   string // the strong entity tag, quoted

	parts []*Part // of a joined body
	size  int

	etag, length []string // header values
	effort       Effort
	gzip, brotli form
	end          sync.Once
	trailed      []byte // the trailer of a joined body
}

// A form is a body compressed, once it was asked for.
type form struct {
	once   sync.Once
	bytes  []byte   // nil when compressing does not pay
	coding []string // header values
	length []string
	etag   []string
}

// NewBody returns the body of these bytes.
func NewBody(b []byte, effort Effort) *Body {
	sum := sha256.Sum256(b)
	tag := `"` + hex.EncodeToString(sum[:10]) + `"`
	return &Body{Bytes: b, size: len(b), Tag: tag, etag: []string{tag}, length: []string{strconv.Itoa(len(b))}, effort: effort}
}

// Had reports whether a request says that its client has the body. It then is
// to be answered by 304; the header Etag is set for it.
func (b *Body) Had(w http.ResponseWriter, r *http.Request) bool {
	w.Header()["Etag"] = b.etag
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	sent := r.Header.Get("If-None-Match")
	return sent != "" && Matches(sent, b.Tag)
}

// Send writes the body in the form that the client likes best. An Etag that is
// set becomes the weak one of a compressed form.
func (b *Body) Send(w http.ResponseWriter, r *http.Request, status int) {
	if b.parts != nil {
		b.sendParts(w, b.size >= minimumSize && accept.Best(r, accept.Gzip) == accept.Gzip, status)
		return
	}
	h := w.Header()
	if f := b.compressed(r); f != nil {
		h["Content-Encoding"], h["Content-Length"] = f.coding, f.length
		if len(h["Etag"]) > 0 {
			h["Etag"] = f.etag
		}
		w.WriteHeader(status)
		w.Write(f.bytes)
		return
	}
	h["Content-Length"] = b.length
	w.WriteHeader(status)
	w.Write(b.Bytes)
}

// compressed is the form to send to a client; nil for the bytes as they are.
func (b *Body) compressed(r *http.Request) *form {
	if len(b.Bytes) < minimumSize || b.effort == Raw {
		return nil
	}
	best, f := accept.Plain, &b.gzip
	if b.effort == Small {
		best = accept.Best(r, accept.Brotli, accept.Gzip)
	} else {
		best = accept.Best(r, accept.Gzip)
	}
	switch best {
	case accept.Plain:
		return nil
	case accept.Brotli:
		f = &b.brotli
	}
	f.once.Do(func() { f.fill(b, best) })
	if f.bytes == nil {
		return nil
	}
	return f
}

// fill compresses a body.
func (f *form) fill(b *Body, c accept.Coding) {
	var short bytes.Buffer
	if c == accept.Brotli {
		z := brotlis.Get().(*brotli.Writer)
		defer brotlis.Put(z)
		z.Reset(&short)
		z.Write(b.Bytes) // to memory: it cannot fail
		z.Close()
	} else {
		level := gzip.BestSpeed
		if b.effort == Small {
			level = gzip.DefaultCompression
		}
		z, _ := gzip.NewWriterLevel(&short, level)
		z.Write(b.Bytes)
		z.Close()
	}
	if short.Len() < len(b.Bytes) {
		f.bytes = bytes.Clone(short.Bytes())
		f.coding, f.length, f.etag = []string{string(c)}, []string{strconv.Itoa(short.Len())}, []string{"W/" + b.Tag}
	}
}

// brotliLevel makes a page about a tenth shorter than gzip does, in less time.
const brotliLevel = 5

// brotlis are writers, which are large, for the next body.
var brotlis = sync.Pool{New: func() any { return brotli.NewWriterLevel(nil, brotliLevel) }}

// Matches reports whether an If-None-Match or If-Match header names a tag. The
// weak form that compressed answers carry stands for the same answer.
func Matches(header, tag string) bool {
	for sent := range strings.SplitSeq(header, ",") {
		sent = strings.TrimSpace(sent)
		if sent == "*" || strings.TrimPrefix(sent, "W/") == tag {
			return true
		}
	}
	return false
}
