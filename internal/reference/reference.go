// Package reference is the API reference that a server shows to people, at
// /reference/{version}: every operation with its fields, errors, an example
// answer and a request in nine languages.
//
// It is made of the OpenAPI documents, so it says what they say: document.go
// and field.go read one, example.go makes up values, sample.go writes requests,
// search.go finds operations and fields, page.go and templates/ show them. The
// pages need no script, set no cookie and ask no other host for anything. They
// are made once, when they are first asked for, and kept as bytes.
package reference

import (
	"embed"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"sync"

	"lectern/internal/apiversion"
	"lectern/internal/design"
	"lectern/internal/hall"
	"lectern/internal/openapi"
)

// Path is where the reference begins.
const Path = "/reference"

//go:embed templates static
var files embed.FS

// Options say what a reference is of.
type Options struct {
	Operations []openapi.Operation        // in the order in which they are shown
	Default    *apiversion.Version        // that /reference leads to
	Origin     func(*http.Request) string // scheme and host that clients reach the server at
	Logger     *slog.Logger
}

// A Reference answers the addresses below Path.
type Reference struct {
	Options
	assets    *design.Assets
	templates *template.Template
	pages     made

	documents sync.Map // of *apiversion.Version to func() (*document, error)
}

// New returns the reference of a server.
func New(o Options) (*Reference, error) {
	static, err := fs.Sub(files, "static")
	if err != nil {
		return nil, err
	}
	r := &Reference{Options: o}
	if r.assets, err = design.New(Path+"/static/", static); err != nil {
		return nil, err
	}
	r.templates, err = template.New("").Funcs(template.FuncMap{"asset": r.assets.URL}).ParseFS(files, "templates/*.html")
	return r, err
}

// Door is the reference among the doors of a server.
func (ref *Reference) Door() hall.Door {
	return hall.Door{Name: "reference", Routes: []hall.Route{
		{Pattern: "GET " + Path, Handler: http.HandlerFunc(ref.start)},
		{Pattern: "GET " + Path + "/static/{file}", Handler: ref.assets},
		{Pattern: "GET " + Path + "/{version}", Handler: http.HandlerFunc(ref.overview)},
		{Pattern: "GET " + Path + "/{version}/{operation}", Handler: http.HandlerFunc(ref.operation)},
	}}
}

// start leads to the server's version.
func (ref *Reference) start(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, Path+"/"+ref.Default.Name, http.StatusFound)
}

// overview answers GET /reference/{version}, a search of it included.
func (ref *Reference) overview(w http.ResponseWriter, r *http.Request) {
	d, ok := ref.document(w, r)
	if !ok {
		return
	}
	if r.URL.Query().Has("q") {
		q := []rune(strings.TrimSpace(strings.ToValidUTF8(r.URL.Query().Get("q"), "")))
		ref.show(w, r, http.StatusOK, "search.html", newSearchPage(d, string(q[:min(len(q), maxQuery)])))
		return
	}
	ref.keep(w, r, d.version.Name, "overview.html", func() any { return newOverviewPage(d) })
}

// maxQuery bounds what is searched for, in characters.
const maxQuery = 100

// operation answers GET /reference/{version}/{operation}.
func (ref *Reference) operation(w http.ResponseWriter, r *http.Request) {
	d, ok := ref.document(w, r)
	if !ok {
		return
	}
	op := d.byID[r.PathValue("operation")]
	if op == nil {
		ref.show(w, r, http.StatusNotFound, "missing.html", newMissingPage(d, ref.versionsWith(r.PathValue("operation"))))
		return
	}
	ref.keep(w, r, d.version.Name+"/"+op.ID, "operation.html", func() any { return newOperationPage(d, op) })
}

// document returns the document of the version in the path, or answers itself.
func (ref *Reference) document(w http.ResponseWriter, r *http.Request) (*document, bool) {
	name := r.PathValue("version")
	v, err := apiversion.Parse(name)
	known := err == nil && !v.Unserved && v.Name == name
	if !known {
		v = ref.Default
	}
	d, err := ref.read(v)
	if err != nil {
		ref.fail(w, err)
		return nil, false
	}
	if !known {
		ref.show(w, r, http.StatusNotFound, "missing.html", newMissingPage(d, nil))
		return nil, false
	}
	return d, true
}

// read returns the document of a version, which is read once.
func (ref *Reference) read(v *apiversion.Version) (*document, error) {
	once, _ := ref.documents.LoadOrStore(v, sync.OnceValues(func() (*document, error) {
		return readDocument(v, ref.Operations)
	}))
	return once.(func() (*document, error))()
}

// versionsWith names the served versions that have an operation, newest first.
func (ref *Reference) versionsWith(id string) []link {
	var links []link
	for _, op := range ref.Operations {
		if op.ID != id {
			continue
		}
		for _, v := range apiversion.Versions {
			if !v.Unserved && v.Offers(op.Route) {
				links = append(links, link{Path + "/" + v.Name + "/" + id, op.Summary + " in version " + v.Name})
			}
		}
	}
	return links
}

func (ref *Reference) fail(w http.ResponseWriter, err error) {
	ref.Logger.Error("show the reference", "error", err)
	http.Error(w, "Something went wrong on our side.", http.StatusInternalServerError)
}
