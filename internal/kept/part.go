package kept

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash/crc32"
	"io"
	"net/http"
	"slices"
	"strconv"
	"sync"

	"lectern/internal/accept"
)

// A Part is bytes that several answers have in common, such as one article among
// others. It does not change once it is made. Its compressed form is made once,
// whatever answers it is in.
type Part struct {
	Bytes []byte

	sum  [sha256.Size]byte
	zip  sync.Once
	flat []byte // DEFLATE blocks that end on a byte and refer to nothing before them
}

// NewPart returns a part with these bytes.
func NewPart(b []byte) *Part { return &Part{Bytes: b, sum: sha256.Sum256(b)} }

// writers are flate.Writers, which are large, for the next part.
var writers = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, gzip.BestSpeed)
	if err != nil {
		panic(err) // the level is wrong
	}
	return w
}}

func (p *Part) deflated() []byte {
	p.zip.Do(func() {
		var b bytes.Buffer
		w := writers.Get().(*flate.Writer)
		defer writers.Put(w)
		w.Reset(&b)
		w.Write(p.Bytes) // to memory: it cannot fail
		w.Flush()
		p.flat = bytes.Clone(b.Bytes())
	})
	return p.flat
}

// What a gzip file has around its DEFLATE blocks: a header that names neither a
// file nor a time, and the empty block that is marked as the last one.
var (
	gzipHeader = []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff}
	lastBlock  = []byte{1, 0, 0, 0xff, 0xff}
)

// Join returns the body that parts are together. It holds on to them and makes
// no copy. Its tag follows from what the parts say and how they are cut.
func Join(parts ...*Part) *Body {
	b := &Body{parts: parts}
	all := sha256.New()
	for _, p := range parts {
		b.size += len(p.Bytes)
		all.Write(p.sum[:])
	}
	b.Tag = `"` + hex.EncodeToString(all.Sum(nil)[:10]) + `"`
	b.etag, b.length = []string{b.Tag}, []string{strconv.Itoa(b.size)}
	return b
}

// sendParts writes a joined body, part after part.
func (b *Body) sendParts(w http.ResponseWriter, zip bool, status int) {
	pieces := make([][]byte, 0, len(b.parts)+3)
	size := 0
	if zip {
		pieces = append(pieces, gzipHeader)
		for _, p := range b.parts {
			pieces = append(pieces, p.deflated())
		}
		pieces = append(pieces, lastBlock, b.trailer())
		for _, p := range pieces {
			size += len(p)
		}
		h := w.Header()
		h["Content-Encoding"], h["Content-Length"] = []string{string(accept.Gzip)}, []string{strconv.Itoa(size)}
		if len(h["Etag"]) > 0 {
			h["Etag"] = []string{"W/" + b.Tag}
		}
	} else {
		for _, p := range b.parts {
			pieces = append(pieces, p.Bytes)
		}
		w.Header()["Content-Length"] = b.length
	}
	w.WriteHeader(status)
	writeTogether(w, pieces)
}

// gathered is how much is written at once of a body that is in pieces: each write
// of a small one would be a call of the system.
const gathered = 64 << 10

var buffers = sync.Pool{New: func() any { b := make([]byte, 0, gathered); return &b }}

// writeTogether writes pieces, many small ones at once.
func writeTogether(w io.Writer, pieces [][]byte) {
	buffer := buffers.Get().(*[]byte)
	defer buffers.Put(buffer)
	b := (*buffer)[:0]
	for _, p := range pieces {
		if len(b) > 0 && len(b)+len(p) > gathered {
			if _, err := w.Write(b); err != nil {
				return // the client is gone
			}
			b = b[:0]
		}
		if len(p) > gathered {
			if _, err := w.Write(p); err != nil {
				return
			}
			continue
		}
		b = append(b, p...)
	}
	w.Write(b)
}

// trailer is the end of the gzip file: checksum and length.
func (b *Body) trailer() []byte {
	b.end.Do(func() {
		sum := uint32(0)
		for _, p := range b.parts {
			sum = crc32.Update(sum, crc32.IEEETable, p.Bytes)
		}
		b.trailed = binary.LittleEndian.AppendUint32(nil, sum)
		b.trailed = binary.LittleEndian.AppendUint32(b.trailed, uint32(b.size))
	})
	return b.trailed
}

// Size is how many bytes the body has.
func (b *Body) Size() int { return b.size }

// All returns the bytes of the body, which for a joined one are a copy.
func (b *Body) All() []byte {
	if b.parts == nil {
		return b.Bytes
	}
	list := make([][]byte, len(b.parts))
	for i, p := range b.parts {
		list[i] = p.Bytes
	}
	return slices.Concat(list...)
}
