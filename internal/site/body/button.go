package body

const buttonClass = "intercom-h2b-button"

// A button is a link that stands as a block.
type button struct {
	link  *node
	align string
}

// buttonIn returns the button that is all there is in n, or nil.
func (w *writer) buttonIn(n *node) *node {
	for n != nil {
		switch {
		case n.tag == "a":
			if n.hasClass(buttonClass) && !n.blank() && w.address(n.attr("href")) != "" {
				return n
			}
			return nil
		case n.tag != "div" && n.tag != "p" || n.hasClass(calloutClass):
			return nil
		}
		n = n.only()
	}
	return nil
}

// buttons writes a row of buttons, the first of which stands out. An arrow marks
// those that leave the help center.
func (w *writer) buttons(list []button) {
	class := "act"
	if list[0].align == "center" || list[0].align == "end" {
		class += " " + list[0].align
	}
	w.open("p", "class", class)
	for i, b := range list {
		class := "btn"
		if i == 0 {
			class = "btn primary"
		}
		if i > 0 {
			w.raw(" ") // or their words would run into one when copied
		}
		href := w.address(b.link.attr("href"))
		w.open("a", "class", class, "href", href, "rel", rel(href), "title", b.link.attr("title"))
		w.inLink = true
		w.inlines(trim(flat(b.link.kids)))
		w.inLink = false
		if elsewhere(href) {
			w.raw(" ")
			w.icon("i flip", "arrow-up-right")
		}
		w.close("a")
		w.reading.gap()
	}
	w.close("p")
}
