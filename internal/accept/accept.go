// Package accept reads what a client says it can take, with the weights that
// RFC 9110 gives it (12.4.2): a weight of zero is a refusal.
package accept

import (
	"net/http"
	"strconv"
	"strings"
)

// A Coding is a form in which a body may be sent.
type Coding string

// The forms that bodies are kept in.
const (
	Plain  Coding = "" // as it is
	Gzip   Coding = "gzip"
	Brotli Coding = "br"
)

// Best returns the form in which the answer to r is to be sent, of those that
// there are beside Plain, the shortest first: the one that the client likes best
// and, of those it likes equally well, the first. It is Plain if the client takes
// none of them, or likes it better.
func Best(r *http.Request, codings ...Coding) Coding {
	sent := r.Header["Accept-Encoding"]
	switch {
	case len(sent) == 0:
		return Plain
	case len(sent) > 1:
		sent = []string{strings.Join(sent, ",")}
	}
	weights := weightsOf(sent[0])
	best, most := Plain, max(weights.plain, 0)
	for _, c := range codings {
		if w := weights.of(c); w > 0 && w >= most && (best == Plain || w > most) {
			best, most = c, w
		}
	}
	return best
}

// weights are those of codings in a header; below zero where it does not say.
type weights struct{ gzip, brotli, plain, any float64 }

func (w *weights) of(c Coding) float64 {
	named := w.gzip
	if c == Brotli {
		named = w.brotli
	}
	if named < 0 {
		return w.any
	}
	return named
}

func weightsOf(header string) weights {
	w := weights{-1, -1, -1, -1}
	for item := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(item, ";")
		name = strings.TrimSpace(name)
		switch {
		case strings.EqualFold(name, "gzip"), strings.EqualFold(name, "x-gzip"):
			w.gzip = max(w.gzip, weight(params))
		case strings.EqualFold(name, "br"):
			w.brotli = max(w.brotli, weight(params))
		case strings.EqualFold(name, "identity"):
			w.plain = weight(params)
		case name == "*":
			w.any = weight(params)
		}
	}
	return w
}

// weight is the weight among the parameters of an item: 1 where there is none,
// and 0 where it cannot be read.
func weight(params string) float64 {
	if params == "" {
		return 1
	}
	for p := range strings.SplitSeq(params, ";") {
		name, value, _ := strings.Cut(p, "=")
		if !strings.EqualFold(strings.TrimSpace(name), "q") {
			continue
		}
		q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil || !(q >= 0 && q <= 1) {
			return 0
		}
		return q
	}
	return 1
}
