package site

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"regexp"
	"slices"

	"lectern/internal/design"
)

//go:embed templates static
var files embed.FS

// pages are the templates, by the name of their file. All but suggestions stand
// in the frame of frame.html.
type pages map[string]*template.Template

func readPages() (pages, error) {
	frame, err := template.New("").Funcs(template.FuncMap{
		"icon": icon, "lang": langAttributes, "in": textIn, "langName": langName, "list": func(v ...any) []any { return v },
	}).ParseFS(files, "templates/frame.html")
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(files, "templates/*.html")
	if err != nil {
		return nil, err
	}
	all := pages{}
	for _, name := range names {
		if name == "templates/frame.html" {
			continue
		}
		own, err := frame.Clone()
		if err != nil {
			return nil, err
		}
		if all[path.Base(name)], err = own.ParseFS(files, name); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func newAssets() (*design.Assets, error) {
	static, err := fs.Sub(files, "static")
	if err != nil {
		return nil, err
	}
	return design.New("", static)
}

// render makes the page of a template. The sprite at its top gets the icons
// that it turned out to use.
func (s *Site) render(status int, name string, data any) (*answer, error) {
	var b bytes.Buffer
	if err := s.pages[name].ExecuteTemplate(&b, "frame", data); err != nil {
		return nil, fmt.Errorf("render %s: %w", name, err)
	}
	return page(status, withSprite(b.Bytes())), nil
}

var (
	emptySprite = []byte(`<svg class="sprite" aria-hidden="true" width="0" height="0">`)
	suggesting  = []byte(" data-suggest=") // suggestions, which come later, use the page's sprite
	usedIcon    = regexp.MustCompile(`<use href="#i-([a-z0-9-]+)"/>`)
)

// withSprite puts the symbols that a page uses into its sprite. Text is escaped
// in a page, so only our own markup can use one.
func withSprite(html []byte) []byte {
	before, after, ok := bytes.Cut(html, emptySprite)
	if !ok {
		return html
	}
	var names []string
	if bytes.Contains(after, suggesting) {
		names = append(names, "corner-down-left", "file-text", "folder")
	}
	for _, m := range usedIcon.FindAllSubmatch(after, -1) {
		names = append(names, string(m[1]))
	}
	slices.Sort(names)
	return slices.Concat(before, emptySprite, []byte(design.Symbols(slices.Compact(names))), after)
}

// icon draws an icon of the page's sprite. Arrows carry the class flip: they
// point the other way where text runs from right to left.
func icon(name string, classes ...string) template.HTML {
	class := "i"
	for _, c := range classes {
		class += " " + c
	}
	return template.HTML(`<svg class="` + class + `" aria-hidden="true"><use href="#i-` + name + `"/></svg>`)
}
