package picture

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"lectern"
	"lectern/internal/growth"
)

// tower returns a drawing of levels, each of which shows the one below n times
// in the given way; %d stands for its number.
func tower(levels, n int, show string) string {
	var b strings.Builder
	b.WriteString(head + `><defs><g id="l0"><path d="M0 0"/></g>`)
	for i := range levels {
		fmt.Fprintf(&b, `<g id="l%d">%s</g>`, i+1, strings.Repeat(strings.ReplaceAll(show, "%d", fmt.Sprint(i)), n))
	}
	fmt.Fprintf(&b, `</defs><use href="#l%d"/></svg>`, levels)
	return b.String()
}

func TestADrawingThatDrawsItsPartsTooOftenIsRefused(t *testing.T) {
	use := `<use href="#l%d"/>`
	pattern := `<pattern id="l%d"><rect fill="url(#l0)"/></pattern>`
	for says, in := range map[string]string{
		"uses of uses":            tower(9, 10, use),
		"masks":                   tower(9, 10, `<g mask="url(#l%d)"/>`),
		"clip paths in a style":   tower(9, 10, `<g style="clip-path: url( '#l%d' )"/>`),
		"old references":          strings.Replace(tower(9, 10, `<use xlink:href="#l%d"/>`), "<svg", `<svg xmlns:xlink="http://www.w3.org/1999/xlink"`, 1),
		"itself":                  head + `><g id="a"><use href="#a"/></g></svg>`,
		"one another":             head + `><g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g></svg>`,
		"a pattern within itself": head + `>` + strings.ReplaceAll(pattern, "%d", "0") + `</svg>`,
	} {
		if len(in) > 4<<10 {
			t.Fatalf("%s: %d bytes", says, len(in))
		}
		_, err := Clean([]byte(in), Logo)
		var refusal *lectern.Error
		if !errors.As(err, &refusal) || refusal.Field != "logo" || !strings.Contains(refusal.Text, "parts more than") {
			t.Errorf("%s: %v", says, err)
		}
	}
	for says, in := range map[string]string{
		"a few uses":             tower(3, 10, use),
		"many elements":          head + ">" + strings.Repeat("<g/>", 30_000) + "</svg>",
		"a reference to nothing": head + `><use href="#x"/><rect fill="url(#y)"/></svg>`,
	} {
		if _, err := Clean([]byte(in), Logo); err != nil {
			t.Errorf("%s: %v", says, err)
		}
	}
}

func TestGrowthOfDrawings(t *testing.T) {
	clean := func(s string) { _, _ = cleanSVG([]byte(s)) }
	for _, piece := range []string{
		`<g/>`, `<g id="a"/>`, `<use href="#a"/>`, `<g fill="url(#a)"/>`, `<g style="fill:red;`, `<g style="fill:red;fill:red"/>`, `<!-- -->`, `<![CDATA[`, `&amp;`, `<a `, `<g a="b`,
	} {
		growth.Check(t, piece, func(size int) string { return head + ">" + growth.Repeat(piece)(size) + "</svg>" }, clean)
	}
	growth.Check(t, "attributes", func(size int) string { return head + " " + growth.Repeat(`fill="red" `)(size) + "/>" }, clean)
	growth.Check(t, "a chain", func(size int) string { return tower(size/64, 1, `<use href="#l%d"/>`) }, clean)
}
