package meaning

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	// MaxText is how many bytes of a text are sent: about the 2,000 tokens that
	// small models take.
	MaxText = 8 << 10
	// MaxDimensions is how many numbers a vector may have.
	MaxDimensions = 8192
	// maxAnswer bounds what is read of an answer, in bytes. 16 vectors of
	// MaxDimensions numbers of 20 characters are less.
	maxAnswer = 16 << 20
	// maxComplaint is how much of a service's words goes into an error.
	maxComplaint = 200
)

// A Client asks a service that speaks OpenAI's embeddings API.
type Client struct {
	url, model, key string
	http            *http.Client
}

// NewClient returns a client for the service at an address such as
// https://models.example.com/v1/embeddings. The key may be empty. The address is
// the operator's, so it may be on a private network; where it redirects to is
// not, so redirects are not followed.
func NewClient(address, model, key string) (*Client, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return nil, errors.New("must be an address such as https://models.example.com/v1/embeddings")
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.ResponseHeaderTimeout = time.Minute
	return &Client{address, model, key, &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// Model implements Embedder.
func (c *Client) Model() string { return c.model }

// A request and an answer of the embeddings API, as far as we need them.
type (
	request struct {
		Model    string   `json:"model"`
		Input    []string `json:"input"`
		Encoding string   `json:"encoding_format"`
	}
	response struct {
		Data []struct {
			Index     int       `json:"index"`
			Embedding []float32 `json:"embedding"`
		} `json:"data"`
	}
)

// Embed implements Embedder. Of long texts it sends the beginnings.
func (c *Client) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	r := request{Model: c.model, Encoding: "float"}
	for _, t := range texts {
		r.Input = append(r.Input, cut(t))
	}
	body, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	answer, err := c.post(ctx, body)
	if err != nil {
		return nil, err
	}
	return read(answer, len(texts))
}

// cut returns the beginning of a text, whole characters only.
func cut(text string) string {
	if len(text) <= MaxText {
		return text
	}
	end := MaxText
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

// post sends a request and returns the body of a good answer.
func (c *Client) post(ctx context.Context, body []byte) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	if c.key != "" {
		req.Header.Set("Authorization", "Bearer "+c.key)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("ask for vectors: %w", err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read vectors: %w", err)
	case len(answer) > maxAnswer:
		return nil, fmt.Errorf("the answer has more than %d bytes", maxAnswer)
	}
	switch res.StatusCode {
	case http.StatusOK:
		return answer, nil
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity:
		return nil, fmt.Errorf("%w: status %d: %s", ErrRefused, res.StatusCode, c.complaint(answer))
	}
	return nil, fmt.Errorf("the service answers with status %d: %s", res.StatusCode, c.complaint(answer))
}

// complaint is the beginning of what a service says, without the key.
func (c *Client) complaint(answer []byte) string {
	text := strings.ToValidUTF8(string(answer[:min(len(answer), maxComplaint)]), "")
	if c.key != "" {
		text = strings.ReplaceAll(text, c.key, "…")
	}
	return strings.Join(strings.Fields(text), " ")
}

// read takes n vectors out of an answer.
func read(answer []byte, n int) ([][]float32, error) {
	var r response
	if err := json.Unmarshal(answer, &r); err != nil {
		return nil, fmt.Errorf("read vectors: %w", err)
	}
	if len(r.Data) != n {
		return nil, fmt.Errorf("the service made %d vectors of %d texts", len(r.Data), n)
	}
	vectors := make([][]float32, n)
	for _, d := range r.Data {
		switch {
		case d.Index < 0 || d.Index >= n || vectors[d.Index] != nil:
			return nil, fmt.Errorf("the service numbers a vector %d of %d", d.Index, n)
		case len(d.Embedding) == 0 || len(d.Embedding) > MaxDimensions || len(d.Embedding) != len(r.Data[0].Embedding):
			return nil, fmt.Errorf("the service made vectors of %d and %d numbers", len(r.Data[0].Embedding), len(d.Embedding))
		case Normalize(d.Embedding) == nil:
			return nil, errors.New("the service made a vector without a direction")
		}
		vectors[d.Index] = d.Embedding
	}
	return vectors, nil
}

// Normalize returns v with length one, or nil if it has no direction.
func Normalize(v []float32) []float32 {
	sum := 0.0
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	length := math.Sqrt(sum)
	if length == 0 || math.IsNaN(length) || math.IsInf(length, 0) {
		return nil
	}
	out := make([]float32, len(v))
	for i, x := range v {
		out[i] = float32(float64(x) / length)
	}
	return out
}
