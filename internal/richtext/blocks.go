package richtext

// A block is one piece of a body: a paragraph, a list, a table. The types below
// are all there are; what they cannot say, a body does not keep.
type block interface {
	render(*renderer)
}

// attrs are what any block may carry besides its content.
type attrs struct {
	align string // left, center, right, justify, or ""
	dir   string // ltr, rtl, auto, or ""
	lang  string // a BCP 47 tag, or ""
}

// A document is a whole body.
type document struct {
	blocks   []block
	headings []*heading
	links    []*link
	targets  map[string]*heading // where a fragment of the original leads
}

type paragraph struct {
	attrs
	runs []run
}

type heading struct {
	attrs
	level string // "1" to "6"
	id    string // h_ and ten hex digits
	runs  []run
}

type list struct {
	attrs
	ordered     bool
	implied     bool // made for items that stood in no list
	start, kind string
	reversed    bool
	items       []*item
}

type item struct {
	attrs
	value  string // its number, when given
	blocks []block
}

type table struct {
	attrs
	before []block // caption, and whatever stood between the cells
	rows   []*row
}

type row struct {
	cells []*cell
}

type cell struct {
	attrs
	header                  bool
	color                   string // of its background, as it was written
	colspan, rowspan, scope string
	blocks                  []block
}

type quote struct {
	attrs
	blocks []block
}

type callout struct {
	attrs
	color  calloutColor
	blocks []block
}

// A calloutColor is the pair of colours of a callout, as recorded or as written.
type calloutColor struct {
	background, border string
}

var gray = calloutColor{"#e8e8e880", "#73737633"}

// calloutColors are the recorded pairs, by background.
var calloutColors = map[string]calloutColor{
	"#e8e8e880": gray,
	"#feedaf80": {"#feedaf80", "#fbc91633"}, // yellow
	"#e3e7fa80": {"#e3e7fa80", "#334bfa33"}, // blue
	"#d7efdc80": {"#d7efdc80", "#1bb15733"}, // green
	"#fed9db80": {"#fed9db80", "#fd3a5733"}, // red
}

// details is a section that readers open. Its summary is a paragraph, a heading
// or nothing.
type details struct {
	attrs
	open    bool
	summary block
	blocks  []block
}

// A codeBlock keeps its white space exactly.
type codeBlock struct {
	attrs
	language string // as in class="language-go"
	runs     []run
}

// An imageBlock is an image that stands alone, perhaps inside a link.
type imageBlock struct {
	align string
	link  *link
	image *image
}

type button struct {
	align string
	link  *link
	runs  []run
}

type video struct {
	src, title string
}

type rule struct{}
