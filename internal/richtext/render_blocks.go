package richtext

import "strings"

// classes joins class names, leaving out empty ones.
func classes(names ...string) string { return words(strings.Join(names, " ")) }

// alignClass returns the class for an alignment.
func alignClass(align string) string {
	if align == "" {
		return ""
	}
	return "intercom-align-" + align
}

func (p *paragraph) render(r *renderer) {
	r.tag("p", "class", classes(alignClass(p.align), "no-margin"), "dir", p.dir, "lang", p.lang)
	r.runs(p.runs)
	r.endTag("p")
}

func (h *heading) render(r *renderer) {
	tag := "h" + h.level
	r.open(tag, "id", h.id, "class", alignClass(h.align), "dir", h.dir, "lang", h.lang)
	r.runs(h.runs)
	r.close(tag)
}

func (l *list) render(r *renderer) {
	tag := "ul"
	if l.ordered {
		tag = "ol"
	}
	r.open(tag, "start", l.start, "type", l.kind, "reversed", boolean("reversed", l.reversed), "dir", l.dir, "lang", l.lang)
	for _, n := range l.items {
		r.open("li", "value", n.value, "dir", n.dir, "lang", n.lang)
		r.blocks(n.blocks)
		r.close("li")
	}
	r.close(tag)
}

// boolean returns the value of a boolean attribute: its name, if it is set.
func boolean(name string, set bool) string {
	if set {
		return name
	}
	return ""
}

func (t *table) render(r *renderer) {
	r.open("div", "class", "intercom-interblocks-table-container")
	r.open("table", "role", "presentation", "dir", t.dir, "lang", t.lang)
	r.open("tbody")
	for _, w := range t.rows {
		r.open("tr")
		for _, c := range w.cells {
			c.render(r)
		}
		r.close("tr")
	}
	r.close("tbody")
	r.close("table")
	r.close("div")
}

func (c *cell) render(r *renderer) {
	tag := "td"
	if c.header {
		tag = "th"
	}
	style := ""
	if c.color != "" {
		style = "background-color: " + c.color + ";"
	}
	r.open(tag, "style", style, "colspan", c.colspan, "rowspan", c.rowspan, "scope", c.scope, "dir", c.dir, "lang", c.lang)
	r.blocks(c.blocks)
	r.close(tag)
}

func (q *quote) render(r *renderer) {
	r.open("blockquote", "dir", q.dir, "lang", q.lang)
	r.blocks(q.blocks)
	r.close("blockquote")
}

func (c *callout) render(r *renderer) {
	var style []string
	if c.color.background != "" {
		style = append(style, "background-color: "+c.color.background+";")
	}
	if c.color.border != "" {
		style = append(style, "border-color: "+c.color.border+";")
	}
	r.open("div", "class", "intercom-interblocks-callout", "style", strings.Join(style, " "), "dir", c.dir, "lang", c.lang)
	r.blocks(c.blocks)
	r.close("div")
}

func (d *details) render(r *renderer) {
	r.open("details", "dir", d.dir, "lang", d.lang, "open", boolean("open", d.open))
	switch s := d.summary.(type) {
	case *paragraph:
		r.open("summary", "dir", s.dir, "lang", s.lang)
		r.runs(s.runs)
		r.close("summary")
	case *heading:
		r.open("summary")
		s.render(r)
		r.close("summary")
	}
	r.open("div", "class", "collapsible-section-content")
	r.blocks(d.blocks)
	r.close("div")
	r.close("details")
}

func (c *codeBlock) render(r *renderer) {
	r.open("pre", "dir", c.dir, "lang", c.lang)
	r.tag("code", "class", c.language)
	r.runs(c.runs)
	r.endTag("code")
	r.close("pre")
}

func (i *imageBlock) render(r *renderer) {
	r.open("div", "class", classes("intercom-container", alignClass(i.align)))
	if i.link != nil {
		r.link(i.link)
	}
	r.image(i.image)
	if i.link != nil {
		r.endTag("a")
	}
	r.close("div")
}

func (b *button) render(r *renderer) {
	r.open("div", "class", classes("intercom-container", alignClass(b.align)))
	r.tag("a", "class", "intercom-h2b-button", "target", b.link.target(), "href", b.link.href, "title", b.link.title)
	r.runs(b.runs)
	r.endTag("a")
	r.close("div")
}

func (v *video) render(r *renderer) {
	r.open("div", "class", "intercom-h2b-video")
	r.tag("iframe", "src", v.src, "title", v.title, "frameborder", "0", "allowfullscreen", "allowfullscreen")
	r.endTag("iframe")
	r.close("div")
}

func (*rule) render(r *renderer) { r.tag("hr") }
