// Package accept reads what a client says it can take, with the weights that
// RFC 9110 gives it (12.4.2): a weight of zero is a refusal.
package accept

import (
	"net/http"
	"strconv"
	"strings"
)

// Gzip reports whether the answer to r may be compressed with gzip.
func Gzip(r *http.Request) bool {
	sent := r.Header["Accept-Encoding"]
	switch {
	case len(sent) == 0:
		return false
	case len(sent) == 1 && sent[0] == "gzip": // what most programs send
		return true
	}
	return Coding(strings.Join(sent, ","), "gzip")
}

// Coding reports whether a content coding may be used, by the values of
// Accept-Encoding: it is named, or all that are not named are, with a weight
// above zero.
func Coding(header, coding string) bool {
	any := false
	for item := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(item, ";")
		switch name = strings.ToLower(strings.TrimSpace(name)); name {
		case coding, "x-" + coding:
			return weight(params) > 0
		case "*":
			any = weight(params) > 0
		}
	}
	return any
}

// weight is the weight among the parameters of an item: 1 where there is none,
// and 0 where it cannot be read.
func weight(params string) float64 {
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
