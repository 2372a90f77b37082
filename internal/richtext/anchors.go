package richtext

import (
	"net/url"
	"slices"
	"strings"
)

// dropAnchors takes out the places that no link leads to after all: one without
// words is not kept.
func (d *document) dropAnchors() {
	linked := map[string]bool{}
	anchors := false
	note := func(l *link) {
		if l == nil {
			return
		}
		if name, within := strings.CutPrefix(l.href, "#"); within {
			linked[name] = true
			if decoded, err := url.PathUnescape(name); err == nil {
				linked[decoded] = true
			}
		}
	}
	eachRuns(d.blocks, func(runs []run) []run {
		for _, r := range runs {
			note(linkOf(r))
			anchors = anchors || r.anchor != ""
		}
		return runs
	}, note)
	if !anchors {
		return
	}
	eachRuns(d.blocks, func(runs []run) []run {
		return slices.DeleteFunc(runs, func(r run) bool { return r.anchor != "" && !linked[r.anchor] })
	}, func(*link) {})
}

// eachRuns replaces the runs of every block by what do makes of them, and shows
// the links that stand around a block.
func eachRuns(blocks []block, do func([]run) []run, around func(*link)) {
	for _, b := range blocks {
		switch b := b.(type) {
		case *paragraph:
			b.runs = do(b.runs)
		case *heading:
			b.runs = do(b.runs)
		case *codeBlock:
			b.runs = do(b.runs)
		case *button:
			around(b.link)
			b.runs = do(b.runs)
		case *imageBlock:
			around(b.link)
		case *list:
			for _, i := range b.items {
				eachRuns(i.blocks, do, around)
			}
		case *table:
			for _, w := range b.rows {
				for _, c := range w.cells {
					eachRuns(c.blocks, do, around)
				}
			}
		case *quote:
			eachRuns(b.blocks, do, around)
		case *callout:
			eachRuns(b.blocks, do, around)
		case *details:
			if b.summary != nil {
				eachRuns([]block{b.summary}, do, around)
			}
			eachRuns(b.blocks, do, around)
		}
	}
}
