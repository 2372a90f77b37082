// Package design holds what every page of Lectern shares: the stylesheets, the
// fonts, and the way static files are served.
//
// The stylesheets under css/ are one sheet in the order of their names: tokens
// (colours, type, space), base, code, and the frame of a page. A front door
// adds its own sheet behind them and gets one file to link. Files are named
// after their content, so browsers may keep them for ever: a changed file is
// another address. The fonts are under the SIL Open Font License, fonts/OFL.txt;
// the icons that pages draw are Lucide's, icons/LUCIDE.txt. Both licences are
// served beside what they are for.
package design

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"

	"lectern/internal/kept"
)

//go:embed css/*.css fonts/*.woff2 fonts/OFL.txt icons/LUCIDE.txt
var shared embed.FS

// Sheet is the name of the one stylesheet of a front door.
const Sheet = "style.css"

// Assets are the static files of a front door: the stylesheet, the fonts and
// the files of its own. It is an http.Handler for the addresses that URL gives.
type Assets struct {
	prefix string
	urls   map[string]string // by plain name
	files  map[string]*File  // by the name in the address
	sheet  string            // the stylesheet
}

// A File is served as it is, or compressed to clients that understand that. It
// is an http.Handler for whatever address it is given.
type File struct {
	Name string // with a hash of its content: another content has another name
	kind string
	body *kept.Body
	raw  bool // it is compressed already
}

// New returns the static files of a front door, served under prefix, which
// ends in a slash. Its own stylesheets follow the shared ones in Sheet; any
// other file of own is served under its name. Folders are not looked into.
func New(prefix string, own fs.FS) (*Assets, error) {
	a := &Assets{prefix: prefix, urls: map[string]string{}, files: map[string]*File{}}
	for _, part := range []struct {
		fs.FS
		folder string
	}{{shared, "fonts"}, {shared, "icons"}, {own, "."}} {
		if err := a.addAll(part.FS, part.folder); err != nil {
			return nil, err
		}
	}
	var sheet bytes.Buffer
	for _, part := range []struct {
		fs.FS
		pattern string
	}{{shared, "css/*.css"}, {own, "*.css"}} {
		names, err := fs.Glob(part.FS, part.pattern)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			css, err := fs.ReadFile(part.FS, name)
			if err != nil {
				return nil, err
			}
			sheet.Write(css)
		}
	}
	a.sheet = a.resolve(minify(sheet.String()))
	a.add(Sheet, []byte(a.sheet))
	return a, nil
}

// Themed returns the stylesheet with the rules of a theme behind it, which set
// tokens. It finds the fonts only if it is served beside them.
func (a *Assets) Themed(rules string) *File {
	return newFile(Sheet, []byte(a.sheet+minify(rules)))
}

// addAll adds the files of a folder, but for stylesheets.
func (a *Assets) addAll(from fs.FS, folder string) error {
	entries, err := fs.ReadDir(from, folder)
	if err != nil {
		return fmt.Errorf("read static files: %w", err)
	}
	for _, e := range entries {
		if e.IsDir() || path.Ext(e.Name()) == ".css" {
			continue
		}
		body, err := fs.ReadFile(from, path.Join(folder, e.Name()))
		if err != nil {
			return err
		}
		a.add(e.Name(), body)
	}
	return nil
}

// kinds are the media types of what we serve; the system's table may differ.
var kinds = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".svg": "image/svg+xml", ".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8",
}

// add serves a file under its name with a hash of its content in it.
func (a *Assets) add(name string, body []byte) {
	f := newFile(name, body)
	a.urls[name] = a.prefix + f.Name
	a.files[f.Name] = f
}

func newFile(name string, body []byte) *File {
	sum := sha256.Sum256(body)
	ext := path.Ext(name)
	f := &File{Name: strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:5]) + ext, kind: kinds[ext], raw: ext == ".woff2"}
	if f.kind == "" {
		f.kind = mime.TypeByExtension(ext)
	}
	f.body = kept.NewBody(body, kept.Small)
	if f.raw {
		f.body = kept.NewBody(body, kept.Raw)
	}
	return f
}

// resolve turns the addresses of fonts in a stylesheet into hashed ones, which
// lie beside the sheet.
func (a *Assets) resolve(css string) string {
	var pairs []string
	for name, url := range a.urls {
		pairs = append(pairs, "fonts/"+name, path.Base(url))
	}
	return strings.NewReplacer(pairs...).Replace(css)
}

// Has reports whether there is a file under the name in an address.
func (a *Assets) Has(hashed string) bool { return a.files[hashed] != nil }

// URL returns the address of a file by its plain name, or "" if there is none.
func (a *Assets) URL(name string) string { return a.urls[name] }

// Names lists the plain names of the files, in order.
func (a *Assets) Names() []string {
	var names []string
	for name := range a.urls {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// ServeHTTP answers with the file that the last part of the path names. Every
// address stands for its content for ever.
func (a *Assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f := a.files[path.Base(r.URL.Path)]
	if f == nil {
		http.NotFound(w, r)
		return
	}
	f.ServeHTTP(w, r)
}

// ServeHTTP answers with the file, to be kept for ever.
func (f *File) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox") // of a drawing that is opened by itself
	if !f.raw {
		h.Set("Vary", "Accept-Encoding")
	}
	f.body.Send(w, r, http.StatusOK)
}
