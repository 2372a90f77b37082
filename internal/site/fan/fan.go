// Package fan draws the mark of a help center: pages that stand on a spine, one
// of them lit. The drawing follows from a seed, so that each help center has its
// own without anyone uploading a picture.
//
// It is inline SVG in the colour of the text around it, for places that the
// design names: the hero of the home page, and the pages of a site that has
// nothing to show. It carries no information and is hidden from screen readers.
package fan

import (
	"fmt"
	"hash/fnv"
	"html/template"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
)

// A Shape is how a fan lies in its place. Lengths are in units of the drawing,
// angles in degrees, counted from the right against the clock.
type Shape struct {
	Width, Height float64 // of the drawing
	X, Y          float64 // of the spine, which may lie outside
	Curves        int     // at least 2; between each two is a leaf
	Length        float64 // of a page
	Bend          float64 // how far a page falls under its weight
	From, To      float64 // the angles of the outermost curves
	Solid         bool    // for paper, where an empty leaf would look like a hole
	// The part of the fan that the lit leaf is in, counted from the left: 0 to 1.
	// The middle half, where it is seen at every width, if both are 0.
	LitFrom, LitTo float64
}

// The shapes of the design.
var (
	Home   = Shape{Width: 800, Height: 520, X: 468, Y: 590, Curves: 36, Length: 470, Bend: 50, From: 5, To: 168}
	Lost   = Shape{Width: 700, Height: 620, X: 420, Y: 668, Curves: 34, Length: 470, Bend: 48, From: 5, To: 160, Solid: true}
	Closed = Shape{Width: 1152, Height: 320, X: 576, Y: 420, Curves: 44, Length: 400, Bend: 46, From: 4, To: 176, Solid: true}
)

// How strongly a leaf is painted, in parts of the colour. Those that are not lit
// fall into groups; the last is an empty leaf, or the first on paper.
const (
	Lit  = 0.62
	Edge = 0.26 // the lines between
)

var groups = [...]float64{0.045, 0.085, 0.14, 0}

// Seed returns the seed for a help center by its ID.
func Seed(id int64) uint64 {
	h := fnv.New64a()
	h.Write(strconv.AppendInt(nil, id, 10))
	return h.Sum64()
}

// A Drawing is a fan before it is painted.
type Drawing struct {
	Leaves []Leaf
	Edges  []Curve // between the leaves and at both ends
}

// A Leaf is what lies between two edges.
type Leaf struct {
	Left, Right Curve
	Strength    float64 // in parts of the colour: 0, one of a few weak ones, or Lit
}

// Draw lays out a fan. The same shape and seed make the same drawing.
func Draw(s Shape, seed uint64) Drawing {
	random := rand.New(rand.NewPCG(seed, 0))
	leaves := max(s.Curves, 2) - 1
	first, room := leaves/4, leaves/2
	if s.LitTo > 0 {
		first, room = int(s.LitFrom*float64(leaves)), int((s.LitTo-s.LitFrom)*float64(leaves))
	}
	lit := first + random.IntN(max(room, 1))
	d := Drawing{Edges: s.curves(random, leaves, lit)}
	for i := range leaves {
		leaf := Leaf{d.Edges[i], d.Edges[i+1], groups[random.IntN(len(groups))]}
		if s.Solid && leaf.Strength == 0 {
			leaf.Strength = groups[0]
		}
		if i == lit {
			leaf.Strength = Lit
		}
		d.Leaves = append(d.Leaves, leaf)
	}
	return d
}

// SVG draws a fan. The same shape and seed make the same drawing.
func SVG(s Shape, seed uint64) template.HTML {
	d := Draw(s, seed)
	paint := map[float64]string{}
	for _, leaf := range d.Leaves {
		paint[leaf.Strength] += leaf.Left.there() + leaf.Right.back()
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="fan" viewBox="0 0 %s %s" aria-hidden="true" focusable="false"><g fill="currentColor">`,
		number(s.Width), number(s.Height))
	for _, opacity := range groups {
		if opacity > 0 && paint[opacity] != "" {
			fmt.Fprintf(&b, `<path opacity="%g" d="%s"/>`, opacity, paint[opacity])
		}
	}
	fmt.Fprintf(&b, `<path class="lit" opacity="%g" d="%s"/></g><path d="`, Lit, paint[Lit])
	for _, c := range d.Edges {
		b.WriteString(c.there())
	}
	fmt.Fprintf(&b, `" fill="none" stroke="currentColor" stroke-opacity="%g"/></svg>`, Edge)
	return template.HTML(b.String())
}

// A Curve is the edge of a page: a cubic Bézier from the spine outwards.
type Curve struct{ Spine, Near, Far, Tip Point }

// A Point is a place in the drawing; Y grows downwards.
type Point struct{ X, Y float64 }

// curves returns the edges of the leaves. The gaps between them differ, and the
// one of the lit leaf is wider.
func (s Shape) curves(random *rand.Rand, leaves, lit int) []Curve {
	gaps := make([]float64, leaves)
	sum := 0.0
	for i := range gaps {
		gaps[i] = 0.7 + 0.6*random.Float64()
		if i == lit {
			gaps[i] *= 1.5
		}
		sum += gaps[i]
	}
	curves := make([]Curve, 0, leaves+1)
	t := 0.0
	for i := range leaves + 1 {
		curves = append(curves, s.curve(t))
		if i < leaves {
			t += gaps[i] / sum
		}
	}
	return curves
}

// curve returns the edge at t, which is 0 at the left end and 1 at the right. A
// page bends the more the flatter it lies.
func (s Shape) curve(t float64) Curve {
	a := s.To - (s.To-s.From)*t
	length := s.Length * (0.93 + 0.09*math.Sin(math.Pi*t))
	c := math.Cos(radians(a))
	side := 1.0
	if c < 0 {
		side = -1
	}
	bend := s.Bend * c * math.Abs(0.4*c+0.6*side)
	spine := Point{s.X, s.Y}
	near := spine.toward(a, 0.36*length)
	far := near.toward(a-bend/2, 0.34*length)
	return Curve{spine, near, far, far.toward(a-1.1*bend, 0.34*length)}
}

func radians(degrees float64) float64 { return degrees * math.Pi / 180 }

// toward returns the point that lies so far in a direction. In a drawing, y
// grows downwards.
func (p Point) toward(degrees, length float64) Point {
	return Point{p.X + length*math.Cos(radians(degrees)), p.Y - length*math.Sin(radians(degrees))}
}

// there draws the curve from the spine to the tip.
func (c Curve) there() string { return "M" + c.Spine.String() + "C" + join(c.Near, c.Far, c.Tip) }

// back draws on from the tip of the curve before to this one's, and along it
// to the spine.
func (c Curve) back() string { return "L" + c.Tip.String() + "C" + join(c.Far, c.Near, c.Spine) }

func (p Point) String() string { return number(p.X) + " " + number(p.Y) }

func join(points ...Point) string {
	var list []string
	for _, p := range points {
		list = append(list, p.String())
	}
	return strings.Join(list, " ")
}

// number writes a coordinate to the half unit, which nobody sees.
func number(v float64) string { return strconv.FormatFloat(math.Round(v*2)/2+0, 'f', -1, 64) }

// Mark is the mark of Lectern: a fan of five leaves, in the colour of the text
// around it.
const Mark template.HTML = `<svg viewBox="0 0 32 32" aria-hidden="true" focusable="false" fill="currentColor">` +
	`<path opacity=".45" d="M16 23C9.8 21.9 3.9 23.2-.7 27v-9.4C5.3 17.3 10.9 19.2 16 23M16 23C14.5 16.9 12.5 11.2 9.8 5.8` +
	`l11.5-.3C19 11.1 17.3 16.8 16 23"/><path opacity=".7" d="M16 23C11.4 18.7 6 16 0 15.4L7.4 7C11 11.8 13.8 17 16 23M16 23` +
	`c5.1-3.8 10.7-5.7 16.7-5.4V27C28.1 23.2 22.2 21.9 16 23"/><path d="M16 23c2-6 4.5-11.4 7.8-16.4l8.2 8.8` +
	`C26 16 20.6 18.7 16 23"/></svg>`
