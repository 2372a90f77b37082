package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// A fakeServer answers the operations a load uses from memory, and misbehaves
// on demand: what the real server does only in bad moments.
type fakeServer struct {
	*httptest.Server
	mu          sync.Mutex
	articles    []*fakeArticle
	collections []string
	largest     int // bytes of the largest body received
	requests    int

	loseAnswers int  // so many creations are carried out, and the connection is cut
	failFirst   int  // so many creations are refused with 503 and not carried out
	limitEvery  int  // every so many requests is refused with 429; 0 for none
	dropWords   bool // bodies lose what is between brackets
	atArticle   int  // when so many articles exist, then is called
	then        func()
}

// A fakeArticle is an article with its translations decoded.
type fakeArticle struct {
	article
	translated map[string]content
}

func (a *fakeArticle) titles() []string {
	titles := []string{a.Title}
	for _, c := range a.translated {
		titles = append(titles, c.Title)
	}
	return titles
}

func newFakeServer(t *testing.T) *fakeServer {
	f := &fakeServer{}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /me", f.answer(func(*http.Request, []byte) (int, any) {
		return 200, map[string]any{"type": "admin", "id": "5", "app": map[string]string{"id_code": "abcd1234"}}
	}))
	mux.HandleFunc("GET /help_center/collections", f.answer(f.listCollections))
	mux.HandleFunc("POST /help_center/collections", f.answer(f.addCollection))
	mux.HandleFunc("GET /articles/search", f.answer(f.search))
	mux.HandleFunc("POST /articles", f.answer(f.addArticle))
	mux.HandleFunc("PUT /articles/{id}", f.answer(f.updateArticle))
	mux.HandleFunc("GET /articles/{id}", f.answer(f.readArticle))
	f.Server = httptest.NewServer(mux)
	t.Cleanup(f.Close)
	return f
}

// count is how many articles there are.
func (f *fakeServer) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.articles)
}

// answer serializes requests, counts them and limits their rate.
func (f *fakeServer) answer(h func(*http.Request, []byte) (int, any)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		f.mu.Lock()
		defer f.mu.Unlock()
		f.requests++
		f.largest = max(f.largest, len(body))
		if f.limitEvery > 0 && f.requests%f.limitEvery == 0 {
			w.Header().Set("X-RateLimit-Reset", strconv.FormatInt(time.Now().Unix(), 10))
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		status, v := h(r, body)
		if status == 0 {
			panic(http.ErrAbortHandler) // cuts the connection
		}
		w.WriteHeader(status)
		json.NewEncoder(w).Encode(v)
	}
}

func (f *fakeServer) listCollections(r *http.Request, _ []byte) (int, any) {
	list := []map[string]any{}
	if r.FormValue("page") == "1" {
		for i, name := range f.collections {
			list = append(list, map[string]any{"id": strconv.Itoa(i + 1), "name": name, "parent_id": nil})
		}
	}
	return 200, map[string]any{"data": list}
}

func (f *fakeServer) addCollection(_ *http.Request, body []byte) (int, any) {
	var c collection
	json.Unmarshal(body, &c)
	f.collections = append(f.collections, c.Name)
	return 200, map[string]any{"id": strconv.Itoa(len(f.collections)), "name": c.Name}
}

func (f *fakeServer) addArticle(_ *http.Request, body []byte) (int, any) {
	if f.failFirst > 0 {
		f.failFirst--
		return 503, nil
	}
	a := &fakeArticle{article: article{ID: fmt.Sprint(100 + len(f.articles))}, translated: map[string]content{}}
	f.articles = append(f.articles, a)
	f.apply(a, body)
	if len(f.articles) == f.atArticle {
		f.then()
	}
	if f.loseAnswers > 0 {
		f.loseAnswers--
		return 0, nil
	}
	return 200, a.article
}

func (f *fakeServer) apply(a *fakeArticle, body []byte) {
	var r request
	if err := json.Unmarshal(body, &r); err != nil {
		panic(err)
	}
	if f.dropWords {
		before, _, _ := strings.Cut(r.Body, "[")
		r.Body = before
	}
	a.Title, a.Body = cmp.Or(r.Title, a.Title), cmp.Or(r.Body, a.Body)
	a.ParentID = cmp.Or(r.ParentID, a.ParentID)
	for l, t := range r.Translated {
		a.translated[l] = content{Title: t.Title, Body: t.Body}
	}
}

func (f *fakeServer) find(r *http.Request) *fakeArticle {
	i := slices.IndexFunc(f.articles, func(a *fakeArticle) bool { return a.ID == r.PathValue("id") })
	if i < 0 {
		return nil
	}
	return f.articles[i]
}

func (f *fakeServer) updateArticle(r *http.Request, body []byte) (int, any) {
	a := f.find(r)
	if a == nil {
		return 404, nil
	}
	f.apply(a, body)
	return 200, a.article
}

func (f *fakeServer) readArticle(r *http.Request, _ []byte) (int, any) {
	a := f.find(r)
	if a == nil {
		return 404, nil
	}
	answer := map[string]any{"type": "article_translated_content"}
	for l, c := range a.translated {
		answer[l] = c
	}
	return 200, map[string]any{"id": a.ID, "title": a.Title, "body": a.Body, "translated_content": answer}
}

// search finds titles that contain the phrase.
func (f *fakeServer) search(r *http.Request, _ []byte) (int, any) {
	found := []article{}
	limit, _ := strconv.Atoi(r.FormValue("per_page"))
	for _, a := range f.articles {
		if len(found) < limit && slices.ContainsFunc(a.titles(), func(s string) bool { return strings.Contains(s, r.FormValue("phrase")) }) {
			found = append(found, a.article)
		}
	}
	return 200, map[string]any{"data": map[string]any{"articles": found}}
}
