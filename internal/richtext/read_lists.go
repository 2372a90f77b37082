package richtext

import "golang.org/x/net/html"

func (r *reader) startList(t html.Token) {
	r.beforeBlock()
	r.intoItem(true)
	into := r.top().flow
	l := &list{attrs: attrsOf(t, r.top().attrs), ordered: t.Data == "ol"}
	l.start, l.kind = matching(t, "start", numberValue), matching(t, "type", listTypeValue)
	l.setKind(lookOf(t).listKind)
	_, l.reversed = lookup(t, "reversed")
	r.push(frame{tag: "ul", flow: into, attrs: l.within(), list: l, done: func() {
		if len(l.items) > 0 {
			*into = append(*into, l)
		}
	}})
}

// setKind sets the numbers or letters that a style names; bullets say nothing.
func (l *list) setKind(kind string) {
	switch {
	case kind == "" || kind == "disc":
		return
	case kind == "1" && l.kind == "":
		l.ordered = true
		return
	}
	l.ordered, l.kind = true, kind
	if kind == "1" {
		l.kind = ""
	}
}

// startItem opens a list item. Items outside of any list make a list of their
// own.
func (r *reader) startItem(t html.Token) {
	r.beforeBlock()
	if i := r.find("li"); i > 0 {
		r.popTo(i)
	}
	l := r.top().list
	if l == nil {
		l = r.strayList()
	}
	n := &item{attrs: attrsOf(t, r.top().attrs), value: matching(t, "value", numberValue)}
	l.items = append(l.items, n)
	if len(l.items) == 1 && l.kind == "" && !l.implied {
		l.setKind(lookOf(t).listKind)
	}
	r.pushItem(n)
}

// strayList returns the list for an item that stands in none.
func (r *reader) strayList() *list {
	flow := r.top().flow
	if n := len(*flow); n > 0 {
		if l, ok := (*flow)[n-1].(*list); ok && l.implied {
			return l
		}
	}
	l := &list{implied: true}
	*flow = append(*flow, l)
	return l
}

// pushItem opens an item, new or continued. An item is never without a
// paragraph: its bullet is there to see.
func (r *reader) pushItem(n *item) {
	inherited := n.within()
	if inherited.align == "" {
		inherited = r.top().attrs.within()
	}
	r.push(frame{tag: "li", flow: &n.blocks, attrs: inherited, inline: true, done: func() {
		if len(n.blocks) == 0 {
			n.blocks = append(n.blocks, &paragraph{attrs: inherited})
		}
	}})
}
