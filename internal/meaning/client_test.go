package meaning_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"lectern/internal/meaning"
	"lectern/internal/meaning/standin"
)

func client(t *testing.T, s *standin.Server, key string) *meaning.Client {
	t.Helper()
	c, err := meaning.NewClient(s.URL, "small", key)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestVectorsComeInTheOrderOfTheirTextsAndHaveLengthOne(t *testing.T) {
	c := client(t, standin.New(t), standin.Key)
	texts := []string{"How do I print?", "A refund, please", ""}
	vectors, err := c.Embed(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		if want := meaning.Normalize(standin.Vector(text)); !slices.Equal(meaning.Normalize(vectors[i]), want) {
			t.Errorf("the vector of %q is %v, want %v", text, vectors[i], want)
		}
	}
}

func TestOfALongTextTheBeginningIsSentInWholeCharacters(t *testing.T) {
	s := standin.New(t)
	if _, err := client(t, s, standin.Key).Embed(t.Context(), []string{strings.Repeat("€", meaning.MaxText)}); err != nil {
		t.Fatal(err)
	}
	if got := s.Asked()[0]; len(got) > meaning.MaxText || len(got) < meaning.MaxText-3 || strings.Trim(got, "€") != "" {
		t.Errorf("%d bytes were sent, %q at the end", len(got), got[len(got)-6:])
	}
}

func TestAnAnswerThatCannotBeIsAnError(t *testing.T) {
	vectors := func(list ...string) string { return `{"data":[` + strings.Join(list, ",") + `]}` }
	one, two := `{"index":0,"embedding":[1,2]}`, `{"index":1,"embedding":[3,4]}`
	for name, answer := range map[string]string{
		"no JSON":                 "<html>It works!</html>",
		"nothing":                 "",
		"another shape":           `{"data":{"index":0}}`,
		"too few":                 vectors(one),
		"too many":                vectors(one, two, `{"index":2,"embedding":[1,1]}`),
		"an index twice":          vectors(one, one),
		"an index out of range":   vectors(one, `{"index":7,"embedding":[3,4]}`),
		"an index below zero":     vectors(one, `{"index":-1,"embedding":[3,4]}`),
		"different lengths":       vectors(one, `{"index":1,"embedding":[3]}`),
		"no numbers":              vectors(`{"index":0,"embedding":[]}`, `{"index":1,"embedding":[]}`),
		"words":                   vectors(one, `{"index":1,"embedding":["a","b"]}`),
		"no direction":            vectors(one, `{"index":1,"embedding":[0,0]}`),
		"numbers beyond 32 bits":  vectors(one, `{"index":1,"embedding":[1e300,1]}`),
		"too many numbers":        vectors(one, `{"index":1,"embedding":[`+strings.Repeat("1,", meaning.MaxDimensions)+`1]}`),
		"more bytes than allowed": `{"data":"` + strings.Repeat("x", 17<<20) + `"}`,
	} {
		t.Run(name, func(t *testing.T) {
			s := standin.New(t)
			s.Instead(func(w http.ResponseWriter, _ []string) bool { fmt.Fprint(w, answer); return true })
			if v, err := client(t, s, standin.Key).Embed(t.Context(), []string{"a", "b"}); err == nil {
				t.Errorf("vectors %v", v)
			}
		})
	}
}

func TestARefusalOfATextIsToldFromOtherErrors(t *testing.T) {
	for status, refused := range map[int]bool{400: true, 413: true, 422: true, 401: false, 403: false, 404: false, 429: false, 500: false, 503: false, 301: false} {
		s := standin.New(t)
		s.Instead(func(w http.ResponseWriter, _ []string) bool { http.Error(w, "no", status); return true })
		_, err := client(t, s, standin.Key).Embed(t.Context(), []string{"a"})
		if err == nil || errors.Is(err, meaning.ErrRefused) != refused {
			t.Errorf("status %d: %v", status, err)
		}
	}
}

func TestAnErrorDoesNotRepeatTheKey(t *testing.T) {
	s := standin.New(t)
	_, err := client(t, s, "sk-secret-42").Embed(t.Context(), []string{"a"})
	if err == nil || !strings.Contains(err.Error(), "401") || strings.Contains(err.Error(), "sk-secret-42") {
		t.Errorf("error: %v", err)
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	elsewhere, s := standin.New(t), standin.New(t)
	s.Instead(func(w http.ResponseWriter, _ []string) bool {
		w.Header().Set("Location", elsewhere.URL)
		w.WriteHeader(http.StatusTemporaryRedirect)
		return true
	})
	if _, err := client(t, s, standin.Key).Embed(t.Context(), []string{"a"}); err == nil || !strings.Contains(err.Error(), "307") {
		t.Errorf("error: %v", err)
	}
	if asked := elsewhere.Asked(); len(asked) != 0 {
		t.Errorf("the other server was asked for %q", asked)
	}
}

func TestASlowServiceIsLeftWhenTheTimeIsOver(t *testing.T) {
	s := standin.New(t)
	left := make(chan struct{})
	s.Instead(func(http.ResponseWriter, []string) bool { <-left; return true })
	t.Cleanup(func() { close(left) })
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := client(t, s, standin.Key).Embed(ctx, []string{"a"}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error: %v", err)
	}
}

func TestAnAddressThatCannotBeIsRefused(t *testing.T) {
	for _, address := range []string{"", "models.example.com", "ftp://example.com/x", "https://", "https://user:secret@example.com/", "http://[::1"} {
		if _, err := meaning.NewClient(address, "small", ""); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v", address, err)
		}
	}
	for _, address := range []string{"http://127.0.0.1:11434/v1/embeddings", "http://10.0.0.7/v1/embeddings", "https://api.example.com/v1/embeddings"} {
		if _, err := meaning.NewClient(address, "small", ""); err != nil {
			t.Errorf("%q: %v", address, err)
		}
	}
}
