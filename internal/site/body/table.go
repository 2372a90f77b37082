package body

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A grid is a table taken apart.
type grid struct {
	caption *node
	stray   []*node // what stood between the cells
	rows    [][]*node
	spans   bool // some cell is larger than one
}

var spanNumber = regexp.MustCompile(`^[1-9][0-9]{0,2}$`)

// gridOf takes a table apart.
func gridOf(n *node) *grid {
	g := &grid{}
	g.take(n)
	return g
}

func (g *grid) take(n *node) {
	var cells []*node
	for _, k := range n.kids {
		switch {
		case k.tag == "td" || k.tag == "th":
			cells = append(cells, k)
			g.spans = g.spans || matching(k, "colspan", spanNumber) != "" || matching(k, "rowspan", spanNumber) != ""
		case k.tag == "thead" || k.tag == "tbody" || k.tag == "tr":
			g.take(k)
		case k.tag == "caption" && g.caption == nil:
			g.caption = k
		case !k.blank():
			g.stray = append(g.stray, k)
		}
	}
	if len(cells) > 0 {
		g.rows = append(g.rows, cells)
	}
}

// headed reports whether the first row is a head: all header cells, and rows
// follow it.
func (g *grid) headed() bool {
	if len(g.rows) < 2 {
		return false
	}
	for _, c := range g.rows[0] {
		if c.tag != "th" || c.attr("rowspan") != "" && c.attr("rowspan") != "1" {
			return false
		}
	}
	return true
}

const (
	// A table of more columns is as wide as it needs, and is printed in smaller
	// type; with many, in the smallest.
	fewColumns, manyColumns = 5, 10
	// A table of so few fits anywhere.
	fitColumns = 3
)

// columns returns how many columns there are.
func (g *grid) columns() int {
	most := 0
	for _, row := range g.rows {
		n := 0
		for _, c := range row {
			span, err := strconv.Atoi(matching(c, "colspan", spanNumber))
			if err != nil {
				span = 1
			}
			n += span
		}
		most = max(most, n)
	}
	return most
}

// class returns what the style sheet must know of a table: that cells have
// tones, that it is narrow.
func (g *grid) class() string {
	var list []string
	for _, row := range g.rows {
		if slices.ContainsFunc(row, func(c *node) bool { return toneOfCell(c) != "" }) {
			list = append(list, "toned")
			break
		}
	}
	if g.columns() <= fitColumns {
		list = append(list, "few")
	}
	return strings.Join(list, " ")
}

// toneOfCell returns the class for the background of a cell.
func toneOfCell(c *node) string {
	color, ok := parseColor(styled(c.attr("style"), "background-color", "background"))
	if !ok || color.white() {
		return ""
	}
	return toneOfColor(color).cell
}

// numeric returns which columns hold numbers: at least one, and beside numbers
// only dashes or nothing. With cells that span several nobody can say.
func (g *grid) numeric(rows [][]*node) map[int]bool {
	if g.spans {
		return nil
	}
	columns, others := map[int]bool{}, map[int]bool{}
	for _, row := range rows {
		for i, c := range row {
			switch kindOf(c.words()) {
			case isNumber:
				columns[i] = true
			case isText:
				others[i] = true
			}
		}
	}
	for i := range others {
		delete(columns, i)
	}
	return columns
}

type cellKind byte

const (
	isText cellKind = iota
	isNumber
	isNothing
)

// kindOf tells a number from text. A number has digits of any script, signs, and
// beside them at most a unit of four letters, which it does not begin with
// unless it is a currency.
func kindOf(s string) cellKind {
	if s == "" || s == "-" || s == "–" || s == "—" {
		return isNothing
	}
	if utf8.RuneCountInString(s) > 24 {
		return isText
	}
	digits, letters, words := 0, 0, 1
	for i, r := range s {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			if letters++; i == 0 {
				return isText
			}
		case r == ' ' || r == '\u00a0' || r == '\u202f':
			words++
		case unicode.In(r, unicode.Sc) || strings.ContainsRune("+-−–±.,:'’%‰/×٫٬≈<>~", r):
		default:
			return isText
		}
	}
	if digits == 0 || letters > 4 || letters > 0 && words > 2 {
		return isText
	}
	return isNumber
}

// table writes a table in a frame that scrolls sideways where it is too wide.
// The frame has a name and takes the focus, so that keys can scroll it.
func (w *writer) table(n *node) {
	g := gridOf(n)
	w.blocks(g.stray)
	if len(g.rows) == 0 {
		if g.caption != nil {
			w.blocks(g.caption.kids)
		}
		return
	}
	w.tables++
	framed := w.addControl()
	if framed {
		label := sayNumber(w.options.Words.Table, w.tables)
		if g.caption != nil && !g.caption.blank() {
			label = g.caption.words()
		}
		class := "scroll"
		if g.columns() > fewColumns {
			class = "scroll wide"
		}
		if g.columns() > manyColumns {
			class = "scroll wide many"
		}
		w.open("div", "class", class, "tabindex", "0", "role", "region", "aria-label", label)
	}
	w.open("table", "class", g.class(), "dir", dir(n), "lang", lang(n))
	if g.caption != nil && !g.caption.blank() { // HTML wants it first; the sheet shows it below
		w.raw("<caption>")
		w.inlines(trim(g.caption.kids))
		w.raw("</caption>")
		w.reading.gap()
	}
	rows := g.rows
	if g.headed() {
		rows = rows[1:]
	}
	numbers := g.numeric(rows)
	if len(rows) < len(g.rows) {
		w.raw("<thead>")
		w.row(g.rows[0], numbers, "col")
		w.raw("</thead>")
	}
	w.raw("<tbody>")
	for _, row := range rows {
		w.row(row, numbers, "row")
	}
	w.raw("</tbody></table>")
	if framed {
		w.raw("</div>")
	}
}

// row writes a row. Its header cells are for what scope says.
func (w *writer) row(cells []*node, numbers map[int]bool, scope string) {
	w.raw("<tr>")
	for i, c := range cells {
		undo := w.turn(c)
		class, of := align(c), ""
		if numbers[i] {
			class = "n"
		}
		class = strings.TrimSpace(class + " " + toneOfCell(c))
		if c.tag == "th" {
			of = scope
		}
		w.open(c.tag, "scope", of, "class", class, "colspan", matching(c, "colspan", spanNumber),
			"rowspan", matching(c, "rowspan", spanNumber), "dir", dir(c), "lang", lang(c))
		w.lines(c.kids)
		w.close(c.tag)
		w.reading.gap()
		undo()
	}
	w.raw("</tr>")
}
