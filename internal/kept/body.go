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

	"lectern/internal/accept"
)

// minimumGzip is below how many bytes compressing does not pay.
const minimumGzip = 1 << 10

// Header values that every body shares.
var gzipCoding = []string{"gzip"}

// A Body is the bytes of an answer with what is sent along with them. It does
// not change once it is made, but for the compressed form that the first client
// to ask for it brings about.
type Body struct {
	Bytes []byte // nil for one that parts were joined to
	Tag   string // the strong entity tag, quoted

	parts []*Part // of a joined body
	size  int

	etag, length []string // header values
	level        int
	zip          sync.Once
	gzip         []byte // nil when compressing does not pay; the trailer of a joined body
}

// NewBody returns the body of these bytes. Level is how hard gzip tries, as in
// compress/gzip; gzip.NoCompression leaves the bytes as they are.
func NewBody(b []byte, level int) *Body {
	sum := sha256.Sum256(b)
	tag := `"` + hex.EncodeToString(sum[:10]) + `"`
	return &Body{Bytes: b, size: len(b), Tag: tag, etag: []string{tag}, length: []string{strconv.Itoa(len(b))}, level: level}
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

// Send writes the body in the form that the client understands. An Etag that is
// set becomes the weak one of the compressed form.
func (b *Body) Send(w http.ResponseWriter, r *http.Request, status int) {
	if b.parts != nil {
		b.sendParts(w, b.size >= minimumGzip && accept.Gzip(r), status)
		return
	}
	h := w.Header()
	if accept.Gzip(r) {
		if body := b.compressed(); body != nil {
			h["Content-Encoding"], h["Content-Length"] = gzipCoding, []string{strconv.Itoa(len(body))}
			if len(h["Etag"]) > 0 {
				h["Etag"] = []string{"W/" + b.Tag}
			}
			w.WriteHeader(status)
			w.Write(body)
			return
		}
	}
	h["Content-Length"] = b.length
	w.WriteHeader(status)
	w.Write(b.Bytes)
}

func (b *Body) compressed() []byte {
	if len(b.Bytes) < minimumGzip || b.level == gzip.NoCompression {
		return nil
	}
	b.zip.Do(func() {
		var short bytes.Buffer
		z, _ := gzip.NewWriterLevel(&short, b.level)
		z.Write(b.Bytes)
		z.Close()
		if short.Len() < len(b.Bytes) {
			b.gzip = bytes.Clone(short.Bytes())
		}
	})
	return b.gzip
}

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
