package card

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"slices"

	"golang.org/x/image/vector"

	"lectern/internal/site/fan"
)

// shape is how the fan lies on a card: below and to the right of the words, the
// lit leaf clear of them.
var shape = fan.Shape{
	Width: Width, Height: Height, X: 790, Y: Height + 120, Curves: 31, Length: 690, Bend: 48, From: 4, To: 170,
	LitFrom: 0.6, LitTo: 0.86,
}

// drawFan draws the fan that belongs to a seed.
func drawFan(m draw.Image, shape fan.Shape, c color.NRGBA, seed uint64) {
	d := fan.Draw(shape, seed)
	z := vector.NewRasterizer(m.Bounds().Dx(), m.Bounds().Dy())
	for _, strength := range strengths(d) {
		for _, leaf := range d.Leaves {
			if leaf.Strength == strength {
				addLeaf(z, leaf)
			}
		}
		paint(m, z, c, strength)
	}
	for _, e := range d.Edges {
		addEdge(z, e)
	}
	paint(m, z, c, fan.Edge)
}

// strengths are those that leaves are painted in, in order.
func strengths(d fan.Drawing) []float64 {
	var list []float64
	for _, leaf := range d.Leaves {
		if leaf.Strength > 0 {
			list = append(list, leaf.Strength)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// addLeaf adds what lies between two edges.
func addLeaf(z *vector.Rasterizer, l fan.Leaf) {
	move(z.MoveTo, l.Left.Spine)
	cube(z, l.Left.Near, l.Left.Far, l.Left.Tip)
	move(z.LineTo, l.Right.Tip)
	cube(z, l.Right.Far, l.Right.Near, l.Right.Spine)
	z.ClosePath()
}

func move(to func(x, y float32), p fan.Point) { to(float32(p.X), float32(p.Y)) }

func cube(z *vector.Rasterizer, a, b, c fan.Point) {
	z.CubeTo(float32(a.X), float32(a.Y), float32(b.X), float32(b.Y), float32(c.X), float32(c.Y))
}

// addEdge adds a curve as a line a little over a pixel wide.
func addEdge(z *vector.Rasterizer, c fan.Curve) {
	const steps, half = 24, 0.6
	var left, right [steps + 1]fan.Point
	for i := range steps + 1 {
		p, d := along(c, float64(i)/steps)
		n := math.Hypot(d.X, d.Y)
		x, y := -d.Y/n*half, d.X/n*half
		left[i], right[steps-i] = fan.Point{X: p.X + x, Y: p.Y + y}, fan.Point{X: p.X - x, Y: p.Y - y}
	}
	move(z.MoveTo, left[0])
	for _, p := range left[1:] {
		move(z.LineTo, p)
	}
	for _, p := range right {
		move(z.LineTo, p)
	}
	z.ClosePath()
}

// along is the place on a curve at t, 0 to 1, and the direction it runs in.
func along(c fan.Curve, t float64) (p, d fan.Point) {
	u := 1 - t
	mix := func(spine, near, far, tip float64) fan.Point {
		return fan.Point{
			X: spine*c.Spine.X + near*c.Near.X + far*c.Far.X + tip*c.Tip.X,
			Y: spine*c.Spine.Y + near*c.Near.Y + far*c.Far.Y + tip*c.Tip.Y,
		}
	}
	return mix(u*u*u, 3*u*u*t, 3*u*t*t, t*t*t), mix(-u*u, u*u-2*u*t, 2*u*t-t*t, t*t)
}

// paint fills what was added, and empties z.
func paint(m draw.Image, z *vector.Rasterizer, c color.NRGBA, strength float64) {
	c.A = uint8(math.Round(255 * strength))
	z.Draw(m, m.Bounds(), image.NewUniform(c), image.Point{})
	z.Reset(Width, Height)
}
