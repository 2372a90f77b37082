package hall_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"lectern/internal/hall"
)

// says is a handler that answers with a text.
func says(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { hall.Plain(w, http.StatusOK, text) }
}

func ask(h http.Handler, target string, headers ...string) *httptest.ResponseRecorder {
	method, target, _ := strings.Cut(target, " ")
	r := httptest.NewRequest(method, target, nil)
	r.RemoteAddr = "127.0.0.1:4711"
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// own is the key of a value of a door's own.
type own struct{}

var quiet = slog.New(slog.DiscardHandler)

func TestADoorIsFoundByMethodHostAndPathAndElseAsked(t *testing.T) {
	mine := func(text, prefix string) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, r *http.Request) bool {
			if strings.HasPrefix(r.URL.Path, prefix) {
				hall.Plain(w, http.StatusOK, text)
				return true
			}
			return false
		}
	}
	h := hall.New(hall.Options{Logger: quiet},
		hall.Door{Serve: mine("first", "/a")},
		hall.Door{Serve: mine("second", "/a/b")},
		hall.Door{Routes: []hall.Route{{"GET /things/{id}", says("a thing")}, {"studio.example.com/", says("studio")}, {"/mcp", says("mcp")}}},
		hall.Door{Serve: mine("third", "/a/b/c"), Routes: []hall.Route{{"DELETE /things/{id}", says("gone")}}},
		hall.Door{Serve: mine("last", "/z")},
	)
	for target, want := range map[string]string{
		"GET http://x/a/b/c": "first", "GET http://x/z": "last", "POST http://x/mcp": "mcp", "GET http://x/mcp/": "mcp", "GET http://x/things/7": "a thing",
		"DELETE http://x/things/7": "gone", "PUT http://x/things/7": "There is nothing here.\n", "GET http://studio.example.com/a": "studio",
		"GET http://studio.example.com/healthz": "studio", "GET http://x/healthz": "ok\n", "GET http://x/readyz": "ready\n", "GET http://x/": "There is nothing here.\n",
	} {
		if got := ask(h, target).Body.String(); got != want {
			t.Errorf("%s: %q, want %q", target, got, want)
		}
	}
}

func TestAPanicIsAnAnswerOfItsDoor(t *testing.T) {
	var log bytes.Buffer
	breaks := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("secret cause") })
	h := hall.New(hall.Options{Logger: slog.New(slog.NewJSONHandler(&log, nil))},
		hall.Door{Name: "teapot", Routes: []hall.Route{{"/tea", breaks}},
			Serve: func(w http.ResponseWriter, r *http.Request) bool {
				if r.URL.Path == "/begun" {
					w.WriteHeader(http.StatusAccepted)
					panic("too late")
				}
				if r.URL.Path == "/else" {
					panic("secret cause")
				}
				return false
			},
			Fault: func(w http.ResponseWriter, _ *http.Request) { hall.Plain(w, http.StatusTeapot, "cold") }},
		hall.Door{Name: "plain", Routes: []hall.Route{{"/plain", breaks}, {"/gone", http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })}}},
	)
	for path, want := range map[string]int{"/tea": 418, "/else": 418, "/plain": 500, "/begun": 202} {
		log.Reset()
		w := ask(h, "GET "+path)
		if w.Code != want || strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%s: %d %s, want %d", path, w.Code, w.Body, want)
		}
		if n := strings.Count(log.String(), w.Header().Get("X-Request-Id")); n != 2 || !strings.Contains(log.String(), "panicked") {
			t.Errorf("%s: its ID is in %d lines of the log: %s", path, n, &log)
		}
	}
	defer func() {
		if recover() != http.ErrAbortHandler {
			t.Error("a connection that is to be cut is not")
		}
	}()
	ask(h, "GET /gone")
}

func TestNotNowSaysWhen(t *testing.T) {
	status := 0
	h := hall.New(hall.Options{Logger: quiet}, hall.Door{Serve: func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/named" {
			w.Header().Set("Retry-After", "77")
		}
		w.WriteHeader(status)
		return true
	}})
	for s, want := range map[int]string{429: "5", 503: "5", 500: "", 200: ""} {
		status = s
		if got := ask(h, "GET /").Header().Get("Retry-After"); got != want {
			t.Errorf("%d: Retry-After %q, want %q", s, got, want)
		}
	}
	status = 429
	if got := ask(h, "GET /named").Header().Get("Retry-After"); got != "77" {
		t.Errorf("what the door said became %q", got)
	}
}

// A request is known by where it comes from, what it speaks and an ID of its own.
func TestADoorLearnsWhatTheHallKnows(t *testing.T) {
	var x *hall.Exchange
	h := hall.New(hall.Options{Logger: quiet}, hall.Door{Serve: func(w http.ResponseWriter, r *http.Request) bool {
		x = hall.Of(r.WithContext(context.WithoutCancel(r.Context())))
		return true
	}})
	w := ask(h, "GET /", "X-Forwarded-For", "198.51.100.7", "X-Forwarded-Proto", "https")
	if x.Client.String() != "198.51.100.7" || !x.Secure || len(x.ID()) != 20 || x.ID() != w.Header().Get("X-Request-Id") {
		t.Errorf("%+v, %v", x, w.Header())
	}
	if first := x.ID(); ask(h, "GET /") == nil || x.ID() == first || x.Secure || x.Client.String() != "127.0.0.1" {
		t.Errorf("%+v", x)
	}
}

// Whatever a door does, it has to be done with by a time.
func TestEveryRequestHasADeadline(t *testing.T) {
	var left time.Duration
	look := func(_ http.ResponseWriter, r *http.Request) {
		at, ok := r.Context().Deadline()
		if left = time.Until(at); !ok {
			t.Errorf("%s %s has no deadline", r.Method, r.URL.Path)
		}
	}
	h := hall.New(hall.Options{Logger: quiet, Timeout: time.Hour},
		hall.Door{Routes: []hall.Route{{"GET /route", http.HandlerFunc(look)}}},
		hall.Door{Serve: func(w http.ResponseWriter, r *http.Request) bool { look(w, r); return true }})
	for _, target := range []string{"GET /route", "GET /else", "POST /route"} {
		if ask(h, target); left > time.Hour || left < 59*time.Minute {
			t.Errorf("%s: %v are left", target, left)
		}
	}
	r := httptest.NewRequest("POST", "/else", strings.NewReader("a body that has to arrive first"))
	if h.ServeHTTP(httptest.NewRecorder(), r); left < time.Hour+50*time.Second {
		t.Errorf("with a body: %v are left", left)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil).WithContext(ctx)); left > time.Minute {
		t.Errorf("of a server that has a minute: %v are left", left)
	}
}

func TestWhoWaitsPastTheDeadlineIsToldSo(t *testing.T) {
	for name, wait := range map[string]func(context.Context) error{
		"itself": func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() },
		"with a value": func(ctx context.Context) error {
			ctx = context.WithValue(ctx, own{}, 2)
			<-ctx.Done()
			return ctx.Err()
		},
		"without waiting": func(ctx context.Context) error {
			for ctx.Err() == nil {
				time.Sleep(time.Millisecond)
			}
			return ctx.Err()
		},
		"by a child": func(ctx context.Context) error {
			child, cancel := context.WithCancel(ctx)
			defer cancel()
			<-child.Done()
			return child.Err()
		},
		"by a function": func(ctx context.Context) error {
			done := make(chan bool)
			context.AfterFunc(ctx, func() { close(done) })
			<-done
			return ctx.Err()
		},
	} {
		var err error
		expired := false
		h := hall.New(hall.Options{Logger: quiet, Timeout: 20 * time.Millisecond}, hall.Door{Serve: func(w http.ResponseWriter, r *http.Request) bool {
			err, expired = wait(r.Context()), hall.Expired(r.Context())
			return true
		}})
		ask(h, "GET /")
		if !errors.Is(err, context.DeadlineExceeded) || !expired {
			t.Errorf("who waits %s gets %v, expired is %v", name, err, expired)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil).WithContext(ctx))
		if !errors.Is(err, context.Canceled) || expired {
			t.Errorf("of a client that left, who waits %s gets %v, expired is %v", name, err, expired)
		}
	}
}

// The lines that are written by hand are those that slog writes.
func TestALineSaysWhoAskedForWhat(t *testing.T) {
	door := hall.Door{Serve: func(w http.ResponseWriter, r *http.Request) bool {
		if x := hall.Of(r); r.Header.Get("Known") != "" {
			x.Workspace, x.Token = 7, 9
		}
		w.WriteHeader(http.StatusNotFound)
		w.Write([]byte("text"))
		return true
	}}
	var lines, slogs bytes.Buffer
	byHand := hall.New(hall.Options{Logger: quiet, Lines: &lines}, door)
	bySlog := hall.New(hall.Options{Logger: slog.New(slog.NewJSONHandler(&slogs, nil))}, door)
	for path, headers := range map[string][]string{
		"/articles/1":                 {"Known", "yes"},
		"/help/de/gr%C3%B6%C3%9Fe":    nil,
		"/%22%5C%3Cx%3E&%00%0A%7F":    nil,
		"/%FF%C3":                     nil,
		"/a?phrase=what+I+look+for":   nil,
		"/from":                       {"X-Forwarded-For", "2001:db8::7"},
		"/from/a/zone":                {"X-Forwarded-For", `fe80::1%"},`},
		"/from/a/reader":              {"X-Forwarded-For", "198.51.100.77"},
		"/from/somebody/who/hides/it": {"X-Forwarded-For", "unknown"},
	} {
		lines.Reset()
		slogs.Reset()
		ask(byHand, "GET "+path, headers...)
		ask(bySlog, "GET "+path, headers...)
		var got, want map[string]any
		if err := json.Unmarshal(lines.Bytes(), &got); err != nil || strings.Count(lines.String(), "\n") != 1 {
			t.Errorf("%s: %v in %q", path, err, &lines)
			continue
		}
		if err := json.Unmarshal(slogs.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		if _, err := time.Parse(time.RFC3339Nano, got["time"].(string)); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		if took, ok := got["took_ms"].(float64); !ok || took < 0 {
			t.Errorf("%s took %v", path, got["took_ms"])
		}
		if client := map[string]string{
			"/articles/1": "127.0.0.1", "/from": "2001:db8::/48", "/from/a/zone": "fe80::/48", "/from/a/reader": "198.51.100.0/24",
		}[path]; client != "" && got["client"] != client {
			t.Errorf("%s: the client is %v, want %s", path, got["client"], client)
		}
		for _, m := range []map[string]any{got, want} {
			for _, name := range []string{"time", "took", "took_ms", "request_id"} {
				delete(m, name)
			}
		}
		if !reflect.DeepEqual(got, want) || strings.Contains(lines.String(), "phrase") {
			t.Errorf("%s:\n%v, want\n%v", path, got, want)
		}
	}
}

func TestWhatIsNotToBeLoggedIsNot(t *testing.T) {
	var lines bytes.Buffer
	h := hall.New(hall.Options{Logger: quiet, Lines: &lines, Unlogged: func(status int) bool { return status < 400 }},
		hall.Door{Routes: []hall.Route{{"/fine", says("fine")}}})
	ask(h, "GET /fine")
	if lines.Len() > 0 {
		t.Errorf("%s", &lines)
	}
	if ask(h, "GET /missing"); lines.Len() == 0 {
		t.Error("what failed is not logged")
	}
}
