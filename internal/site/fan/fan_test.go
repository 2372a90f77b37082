package fan

import (
	"encoding/xml"
	"flag"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what tests compare with")

var shapes = map[string]Shape{"home": Home, "lost": Lost, "closed": Closed}

func TestAFanIsAsPromised(t *testing.T) {
	for name, s := range shapes {
		got := string(SVG(s, Seed(1042))) + "\n"
		path := "testdata/" + name + ".svg"
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s differs (run with -update to accept)", path)
		}
	}
}

var moves = regexp.MustCompile(`M`)
var numbers = regexp.MustCompile(`-?[0-9.]+`)

func TestEveryFanHasItsLeavesAndOneIsLit(t *testing.T) {
	for name, s := range shapes {
		for id := range int64(300) {
			svg := string(SVG(s, Seed(id)))
			if err := xml.Unmarshal([]byte(svg), new(struct{})); err != nil {
				t.Fatalf("%s %d: %v", name, id, err)
			}
			leaves, curves, ok := strings.Cut(svg, "</g>")
			if !ok || strings.Count(leaves, `class="lit"`) != 1 || len(moves.FindAllString(curves, -1)) != s.Curves {
				t.Fatalf("%s %d: %s", name, id, svg)
			}
			if n := len(moves.FindAllString(leaves, -1)); n > s.Curves-1 || s.Solid && n != s.Curves-1 {
				t.Errorf("%s %d: %d leaves between %d curves", name, id, n, s.Curves)
			}
			if strings.Contains(svg, "style") || len(svg) > 6500 {
				t.Errorf("%s %d: %d bytes", name, id, len(svg))
			}
			for _, n := range numbers.FindAllString(curves[:strings.Index(curves, "fill")], -1) {
				if v, err := strconv.ParseFloat(n, 64); err != nil || v*2 != float64(int(v*2)) || v < -700 || v > 1900 {
					t.Fatalf("%s %d: coordinate %s", name, id, n)
				}
			}
		}
	}
}

func TestNoTwoHelpCentersLookAlike(t *testing.T) {
	seen := map[string]int64{}
	for id := range int64(2000) {
		svg := string(SVG(Home, Seed(id)))
		if other, ok := seen[svg]; ok {
			t.Fatalf("%d looks like %d", id, other)
		}
		seen[svg] = id
		if svg != string(SVG(Home, Seed(id))) {
			t.Fatalf("%d does not look the same twice", id)
		}
	}
}
