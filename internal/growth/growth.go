// Package growth tells whether reading a text takes time in proportion to its
// length. Whoever can send a text can send one that is made to be hard; a reader
// that looks again and again at what it has seen then works for minutes on a
// megabyte.
//
// A test measures one kind of text at doubling sizes (Check), or looks for a kind
// that is hard among random ones (Search). Both measure processor time, which
// tests do not do by themselves: they are skipped unless LECTERN_GROWTH says for
// how many seconds a search looks. "./check fuzz" runs them.
package growth

import (
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

const (
	small = 4 << 10   // bytes to begin with
	large = 128 << 10 // bytes that are measured at most at first; then four times as many

	enough = 4 * time.Millisecond  // what is measured when it takes that long
	slack  = 15 * time.Millisecond // that a collection of garbage may take
	// A text four times as long takes 4 times as long, 16 times if the time grows
	// with the square.
	limit = 8
	// tries is how often a text must look hard, for machines are busy.
	tries = 4
)

// Check fails t if reading texts made by repeat takes more time than in
// proportion to their length. Repeat returns a text of about size bytes.
func Check(t *testing.T, name string, repeat func(size int) string, read func(string)) {
	t.Helper()
	seconds(t)
	check(t, name, repeat, read)
}

func check(t *testing.T, name string, repeat func(size int) string, read func(string)) bool {
	t.Helper()
	var one, four time.Duration
	size := small
	for range tries {
		for one = cost(repeat(size), read); one < enough && size < large; one = cost(repeat(size), read) {
			size *= 2
		}
		four = cost(repeat(4*size), read)
		if four <= limit*one+slack {
			return true
		}
	}
	t.Errorf("%.100q: %v for %d kB, %v for %d kB", name, one, size>>10, four, size>>8)
	return false
}

// Search repeats random rows of pieces and fails t at the first of them whose
// reading takes more time than in proportion.
func Search(t *testing.T, pieces []string, read func(string)) {
	t.Helper()
	end := time.Now().Add(seconds(t))
	for _, p := range pieces {
		check(t, p, Repeat(p), read)
	}
	for tried := 0; time.Now().Before(end) && !t.Failed(); tried++ {
		var row strings.Builder
		for range 2 + rand.IntN(4) {
			row.WriteString(pieces[rand.IntN(len(pieces))])
		}
		unit, rest := row.String(), pieces[rand.IntN(len(pieces))]
		if tried%2 == 0 {
			check(t, unit, Repeat(unit), read)
			continue
		}
		check(t, unit+" … "+rest, func(size int) string { return Repeat(unit)(size/2) + Repeat(rest)(size/2) }, read)
	}
}

// Repeat returns what makes texts of a piece that is repeated.
func Repeat(piece string) func(size int) string {
	return func(size int) string { return strings.Repeat(piece, size/len(piece)+1) }
}

// cost returns the least time of two readings.
func cost(text string, read func(string)) time.Duration {
	least := time.Duration(1 << 62)
	for range 2 {
		begun := Spent()
		read(text)
		least = min(least, Spent()-begun)
	}
	return least
}

// seconds returns for how long a search looks, or skips t.
func seconds(t *testing.T) time.Duration {
	t.Helper()
	n, err := strconv.Atoi(os.Getenv("LECTERN_GROWTH"))
	if err != nil {
		t.Skip("how time grows is measured by ./check fuzz, with LECTERN_GROWTH")
	}
	return time.Duration(n) * time.Second
}
