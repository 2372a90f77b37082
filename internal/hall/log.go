package hall

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"time"

	"lectern/internal/client"
)

// logRequest writes the line of a request: who asked, for what and what became
// of it, and nothing of what was said.
func (h *Hall) logRequest(x *Exchange, r *http.Request) {
	if h.Unlogged != nil && h.Unlogged(x.status) {
		return
	}
	now := time.Now()
	if h.Lines != nil {
		buffer := lines.Get().(*[]byte)
		*buffer = h.appendLine((*buffer)[:0], x, r, now)
		h.Lines.Write(*buffer) // there is nobody to tell of an error
		lines.Put(buffer)
		return
	}
	if !h.Logger.Enabled(r.Context(), slog.LevelInfo) {
		return
	}
	line := []slog.Attr{
		slog.String("method", r.Method), slog.String("path", r.URL.Path), slog.Int("status", x.status), slog.Int("bytes", x.bytes),
		slog.Duration("took", now.Sub(x.start)), slog.String("request_id", x.ID()),
	}
	if x.Client.IsValid() {
		line = append(line, slog.String("client", string(x.appendClient(nil))))
	}
	if x.Workspace != 0 {
		line = append(line, slog.Int64("workspace_id", int64(x.Workspace)))
	}
	if x.Token != 0 {
		line = append(line, slog.Int64("token_id", int64(x.Token)))
	}
	h.Logger.LogAttrs(r.Context(), slog.LevelInfo, "request", line...)
}

// lines are buffers that lines are written in.
var lines = sync.Pool{New: func() any { b := make([]byte, 0, 512); return &b }}

// appendLine appends the line of a request as slog's JSON handler writes it. It
// is written by hand because every request has one: slog's own takes a third of
// what a kept answer costs.
func (h *Hall) appendLine(b []byte, x *Exchange, r *http.Request, now time.Time) []byte {
	b = append(b, `{"time":"`...)
	b = h.appendTime(b, now)
	b = append(b, `","level":"INFO","msg":"request","method":`...)
	b = appendString(b, r.Method)
	b = append(b, `,"path":`...)
	b = appendString(b, r.URL.Path)
	b = append(b, `,"status":`...)
	b = strconv.AppendInt(b, int64(x.status), 10)
	b = append(b, `,"bytes":`...)
	b = strconv.AppendInt(b, int64(x.bytes), 10)
	b = append(b, `,"took_ms":`...)
	b = appendMillis(b, now.Sub(x.start))
	b = append(b, `,"request_id":"`...)
	b = append(b, x.id[0]...)
	b = append(b, '"')
	if x.Client.IsValid() {
		b = append(b, `,"client":"`...)
		b = x.appendClient(b)
		b = append(b, '"')
	}
	if x.Workspace != 0 {
		b = append(b, `,"workspace_id":`...)
		b = strconv.AppendInt(b, int64(x.Workspace), 10)
	}
	if x.Token != 0 {
		b = append(b, `,"token_id":`...)
		b = strconv.AppendInt(b, int64(x.Token), 10)
	}
	return append(b, "}\n"...)
}

// appendClient appends where a request comes from: the address of who has a token,
// and for everybody else, readers above all, only the network that Network keeps.
func (x *Exchange) appendClient(b []byte) []byte {
	if x.Token == 0 {
		return client.Network(x.Client).AppendTo(b)
	}
	return x.Client.WithZone("").AppendTo(b) // a zone may be any text
}

// A second is how the time of a second begins and ends in the log.
type second struct {
	unix        int64
	begin, zone string
}

// appendTime appends a time with milliseconds, as RFC 3339 has it. All but these
// is written once a second.
func (h *Hall) appendTime(b []byte, t time.Time) []byte {
	s := h.second.Load()
	if s == nil || s.unix != t.Unix() {
		s = &second{t.Unix(), t.Format("2006-01-02T15:04:05."), t.Format("Z07:00")}
		h.second.Store(s)
	}
	ms := t.Nanosecond() / int(time.Millisecond)
	b = append(b, s.begin...)
	b = append(b, byte('0'+ms/100), byte('0'+ms/10%10), byte('0'+ms%10))
	return append(b, s.zone...)
}

// appendMillis appends a duration as milliseconds, to the microsecond.
func appendMillis(b []byte, d time.Duration) []byte {
	us := d.Round(time.Microsecond).Microseconds()
	b = strconv.AppendInt(b, us/1000, 10)
	if us %= 1000; us != 0 {
		b = append(b, '.', byte('0'+us/100), byte('0'+us/10%10), byte('0'+us%10))
	}
	return b
}

// appendString appends a string of JSON.
func appendString(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			quoted, _ := json.Marshal(s) // a string that is none is mended
			return append(b, quoted...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}
