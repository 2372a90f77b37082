package design

import (
	_ "embed"
	"strings"
	"sync"
)

// iconList holds a line an icon: its name, a space, and what is drawn on 24 by
// 24 units. All are Lucide's, but for the three faces, which are ours.
//
//go:embed icons/icons.txt
var iconList string

var icons = sync.OnceValue(func() map[string]string {
	list := map[string]string{}
	for line := range strings.Lines(iconList) {
		name, drawing, _ := strings.Cut(strings.TrimSpace(line), " ")
		list[name] = drawing
	}
	return list
})

// HasIcon reports whether there is an icon of that name.
func HasIcon(name string) bool {
	_, ok := icons()[name]
	return ok
}

// Symbols returns the icons as SVG symbols, i-{name} each, for the sprite of a
// page, which then draws one with <use href="#i-{name}"/>. Names that are not
// known are left out.
func Symbols(names []string) string {
	var b strings.Builder
	for _, name := range names {
		if drawing, ok := icons()[name]; ok {
			b.WriteString(`<symbol id="i-` + name + `" viewBox="0 0 24 24">` + drawing + `</symbol>`)
		}
	}
	return b.String()
}
