// Package standin is a small service with OpenAI's embeddings API, for tests
// over real HTTP. Its model knows a few things that people call by several
// names: a text's vector says how often it speaks of each, and a little of which
// other words it has.
package standin

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// Key is what the service asks for.
const Key = "standin-key"

// things are what the model knows, each under all of its names.
var things = [][]string{
	{"refund", "reimburse", "money back", "rembours"},
	{"print", "paper", "imprim"},
	{"password", "credential", "sign in", "log in"},
	{"parcel", "shipment", "delivery", "colis"},
}

// others is how many numbers of a vector are about other words.
const others = 32

// A Server is the service.
type Server struct {
	URL string // of the embeddings

	mu     sync.Mutex
	asked  []string // every text
	answer func(w http.ResponseWriter, texts []string) bool
}

// New starts a service that ends with the test.
func New(t testing.TB) *Server {
	s := &Server{}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.URL = server.URL + "/v1/embeddings"
	return s
}

// Instead has requests answered by a function, unless it reports false; nil for
// none.
func (s *Server) Instead(answer func(w http.ResponseWriter, texts []string) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = answer
}

// Asked returns the texts that the service was asked for since it was last
// called.
func (s *Server) Asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	asked := s.asked
	s.asked = nil
	return asked
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var req struct {
		Model string
		Input []string
	}
	if r.Method != http.MethodPost || r.Header.Get("Authorization") != "Bearer "+Key {
		http.Error(w, `{"error":{"message":"Incorrect API key provided: `+r.Header.Get("Authorization")+`"}}`, http.StatusUnauthorized)
		return
	}
	if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	s.asked = append(s.asked, req.Input...)
	answer := s.answer
	s.mu.Unlock()
	if answer != nil && answer(w, req.Input) {
		return
	}
	Write(w, req.Input)
}

// Write answers with the vectors of texts, the last one first: the order is told
// by indexes.
func Write(w http.ResponseWriter, texts []string) {
	var data []string
	for i := len(texts) - 1; i >= 0; i-- {
		v, _ := json.Marshal(Vector(texts[i]))
		data = append(data, fmt.Sprintf(`{"object":"embedding","index":%d,"embedding":%s}`, i, v))
	}
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"object":"list","data":[%s],"model":"standin","usage":{"prompt_tokens":1}}`, strings.Join(data, ","))
}

// Vector is what the model makes of a text.
func Vector(text string) []float32 {
	v := make([]float32, len(things)+others)
	text = strings.ToLower(text)
	for i, names := range things {
		for _, name := range names {
			v[i] += float32(strings.Count(text, name))
		}
	}
	v[len(v)-1] = 0.01 // a text without words has a direction, too
	for w := range strings.FieldsSeq(text) {
		h := fnv.New32a()
		h.Write([]byte(w))
		v[len(things)+int(h.Sum32()%others)] += 0.2
	}
	return v
}
