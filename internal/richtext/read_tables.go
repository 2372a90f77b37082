package richtext

import "golang.org/x/net/html"

// startTable opens a table. What stands in it outside of any cell goes before
// it, as in browsers; so does its caption.
func (r *reader) startTable(t html.Token) {
	r.beforeBlock()
	if f := r.top(); f.table != nil { // a table in a table, but in no cell
		r.popTo(r.find("table"))
	}
	r.intoItem(false)
	into := r.top().flow
	tb := &table{attrs: attrsOf(t, r.top().attrs)}
	r.push(frame{tag: "table", flow: &tb.before, attrs: tb.within(), table: tb, done: func() {
		*into = append(*into, tb.before...)
		if len(tb.rows) > 0 {
			*into = append(*into, tb)
		}
	}})
}

// inTable closes what is open inside the innermost table and reports whether
// there is one.
func (r *reader) inTable() bool {
	r.beforeBlock()
	i := r.find("table")
	if i < 0 {
		return false
	}
	r.popTo(i + 1)
	return true
}

func (r *reader) startRows(html.Token) { r.inTable() }

func (r *reader) startRow(t html.Token) {
	if !r.inTable() {
		return
	}
	tb, w := r.top().table, &row{}
	r.push(frame{tag: "tr", flow: &tb.before, attrs: attrsOf(t, r.top().attrs), table: tb, row: w, color: cellColor(t), done: func() {
		if len(w.cells) > 0 {
			tb.rows = append(tb.rows, w)
		}
	}})
}

func (r *reader) startCell(t html.Token) {
	r.beforeBlock()
	if i := r.find("tr"); i > 0 {
		r.popTo(i + 1)
	} else if r.startRow(html.Token{}); r.top().row == nil {
		return // a cell without a table is just text
	}
	w, up := r.top().row, r.top().attrs
	c := &cell{attrs: attrsOf(t, up), header: t.Data == "th", scope: matching(t, "scope", scopeValue)}
	c.colspan, c.rowspan = span(t, "colspan"), span(t, "rowspan")
	c.color = firstOf(cellColor(t), r.top().color)
	w.cells = append(w.cells, c)
	r.push(frame{tag: "td", flow: &c.blocks, attrs: c.within(), inline: true, alone: true, marks: r.marks, done: func() {
		if len(c.blocks) == 0 {
			c.blocks = append(c.blocks, &paragraph{attrs: c.within()})
		}
	}})
}

func (r *reader) startCaption(t html.Token) {
	if !r.inTable() {
		return
	}
	tb := r.top().table
	r.push(frame{tag: "caption", flow: &tb.before, attrs: attrsOf(t, attrs{}), alone: true, marks: r.marks})
}

// cellColor returns the background of a cell or row, "" for that of paper.
func cellColor(t html.Token) string {
	color := firstOf(lookOf(t).background, colorOf(attr(t, "bgcolor")))
	if isWhite(color) {
		return ""
	}
	return color
}

// span returns a cell's span if it is one: from 2 to 999 cells.
func span(t html.Token, name string) string {
	v := matching(t, name, numberValue)
	if len(v) > 3 || v == "" || v[0] == '-' || v[0] == '0' || v == "1" {
		return ""
	}
	return v
}
