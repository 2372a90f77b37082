package design

import (
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"
)

func TestEveryIconIsADrawingWithoutStyleOrScript(t *testing.T) {
	allowed := []string{"path", "circle", "rect", "line", "polyline", "polygon", "ellipse"}
	if len(icons()) < 100 {
		t.Fatalf("there are %d icons", len(icons()))
	}
	for name, drawing := range icons() {
		d := xml.NewDecoder(strings.NewReader(drawing))
		for {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			e, ok := token.(xml.StartElement)
			if ok && !slices.Contains(allowed, e.Name.Local) {
				t.Errorf("%s has a %s", name, e.Name.Local)
			}
			for _, a := range e.Attr {
				if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "style" || strings.Contains(a.Value, ":") {
					t.Errorf("%s has %s=%q", name, a.Name.Local, a.Value)
				}
			}
		}
	}
}

func TestASpriteHoldsTheKnownIconsThatAreAskedFor(t *testing.T) {
	got := Symbols([]string{"check", "no-such-icon", "x"})
	if strings.Count(got, "<symbol ") != 2 || !strings.HasPrefix(got, `<symbol id="i-check" viewBox="0 0 24 24"><path d="`) {
		t.Errorf("Symbols = %s", got)
	}
	if HasIcon("no-such-icon") || !HasIcon("face-happy") {
		t.Error("HasIcon does not know the icons")
	}
}
