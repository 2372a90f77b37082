package reference

import (
	"html"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"lectern/internal/apiversion"
)

// A frame is what all pages share.
type frame struct {
	Title    string
	Version  string
	Base     string // of the version's pages
	Document string // address of the OpenAPI document
	Query    string
	Groups   []*group
	Current  *operation // shown; nil on other pages
	Versions []versionLink
}

// A versionLink leads to another version, to the same operation if it has it.
type versionLink struct {
	Name    string
	URL     string
	Current bool
	Lacks   bool // the version does not have the operation that is shown
}

// A link is an address and the words for it.
type link struct{ URL, Text string }

func newFrame(d *document, title string, op *operation) frame {
	f := frame{
		Title: title, Version: d.version.Name, Base: Path + "/" + d.version.Name,
		Document: "/openapi/" + d.version.Name + ".json", Groups: d.groups, Current: op,
	}
	for _, v := range apiversion.Versions {
		if v.Unserved {
			continue
		}
		l := versionLink{Name: v.Name, URL: Path + "/" + v.Name, Current: v == d.version}
		if op != nil {
			if l.Lacks = !v.Offers(op.Route); !l.Lacks {
				l.URL += "/" + op.ID
			}
		}
		f.Versions = append(f.Versions, l)
	}
	return f
}

// Open reports whether the navigation shows what is in a group.
func (f frame) Open(g *group) bool { return f.Current != nil && f.Current.Group == g.Name }

// Here reports whether an operation is the one that is shown.
func (f frame) Here(op *operation) bool { return op == f.Current }

// An overviewPage introduces a version.
type overviewPage struct {
	frame
	Count   int
	New     *changeView  // what the version brought; nil for the oldest
	Earlier []changeView // what those before it brought
	Samples []sample
	Error   template.HTML // an example of an error
}

func newOverviewPage(d *document) overviewPage {
	p := overviewPage{frame: newFrame(d, "API "+d.version.Name, nil), Count: len(d.byID)}
	for _, c := range d.changes {
		view := changeView{c, p.Base}
		if c.Version == d.version.Name {
			p.New = &view
		} else {
			p.Earlier = append(p.Earlier, view)
		}
	}
	p.Samples = samplesOf(&request{Method: "GET", Version: d.version.Name, Path: "/me"})
	p.Error = highlight(pretty(apiversion.NewObject("type", "error.list", "request_id", "0024v9k2m1c3e5g7i9ko",
		"errors", []any{apiversion.NewObject("code", "not_found", "message", "Resource Not Found")})), "json")
	return p
}

// A changeView is what a version changed, with where its operations are shown.
type changeView struct {
	change
	Base string
}

// A sample is a request in one language.
type sample struct {
	ID, Name string
	Code     template.HTML
}

func samplesOf(r *request) []sample {
	var list []sample
	for _, l := range languages {
		list = append(list, sample{l.ID, l.Name, highlight(strings.TrimSuffix(l.write(r), "\n"), l.ID)})
	}
	return list
}

// An operationPage shows an operation.
type operationPage struct {
	frame
	*operation
	Text           template.HTML
	Samples        []sample
	Answers        template.HTML // the example answer; empty if it has no body
	Sections       []section
	Errors         []shownFailure
	Previous, Next *operation
}

// A section is a list of fields under a heading.
type section struct {
	ID, Title string
	Text      template.HTML
	Fields    []*shownField
}

// A shownField is a field as a template shows it.
type shownField struct {
	*field
	Text   template.HTML
	Sample string // an example that says more than the type
	Note   string // whether it must be there, where that says something
	Parts  []*shownField
}

// A shownFailure is an error as a template shows it.
type shownFailure struct {
	failure
	StatusText string
	JSON       template.HTML
}

func newOperationPage(d *document, op *operation) operationPage {
	p := operationPage{frame: newFrame(d, op.Summary, op), operation: op,
		Text: prose(op.About), Samples: samplesOf(op.exampleRequest(d.version))}
	if op.Answer != nil {
		p.Answers = highlight(pretty(op.exampleAnswer()), "json")
	}
	p.addSection("path", "Path", "", op.PathParams)
	p.addSection("query", "Query", "", op.QueryParams)
	if op.Body != nil {
		p.addSection("body", "Body", introduction(op.Body.About), op.Body.Fields)
	}
	if op.Answer != nil {
		p.addSection("answer", "Answer", introduction(op.AnswerAbout), op.Answer.Fields)
	} else {
		p.Sections = append(p.Sections, section{ID: "answer", Title: "Answer", Text: prose(op.AnswerAbout)})
	}
	for _, f := range op.Failures {
		p.Errors = append(p.Errors, shownFailure{f, http.StatusText(f.Status), highlight(pretty(f.Example), "json")})
	}
	all := d.operations()
	at := slices.Index(all, op)
	if at > 0 {
		p.Previous = all[at-1]
	}
	if at+1 < len(all) {
		p.Next = all[at+1]
	}
	return p
}

func (p *operationPage) addSection(id, title, about string, fields []*field) {
	if len(fields) > 0 {
		p.Sections = append(p.Sections, section{id, title, prose(about), shown(fields, id == "answer")})
	}
}

// shown prepares fields for a template. Of a request it is worth saying what
// must be there, of an answer what may be missing.
func shown(fields []*field, answer bool) []*shownField {
	var list []*shownField
	for _, f := range fields {
		s := &shownField{field: f, Text: prose(sentence(f.About)), Parts: shown(f.Fields, answer)}
		if f.example != nil && f.scalar() {
			s.Sample = plain(f.example)
		}
		switch {
		case answer && !f.Required && f.Locales == 0:
			s.Note = "may be missing"
		case !answer && f.Required:
			s.Note = "required"
		}
		list = append(list, s)
	}
	return list
}

// A searchPage shows what was found.
type searchPage struct {
	frame
	Operations []*operationHit
	Fields     []*fieldHit
}

func newSearchPage(d *document, q string) searchPage {
	title := "Search"
	if q != "" {
		title = q + ": search"
	}
	p := searchPage{frame: newFrame(d, title, nil)}
	p.Query = q
	p.Operations, p.Fields = d.search(q)
	for _, h := range p.Operations {
		h.AboutText = ticked(h.AboutText)
	}
	for _, h := range p.Fields {
		h.AboutText = ticked(h.AboutText)
	}
	return p
}

// Total says in words how much was found.
func (p searchPage) Total() string {
	switch {
	case len(p.Operations) == 0:
		return count(len(p.Fields), "field")
	case len(p.Fields) == 0:
		return count(len(p.Operations), "operation")
	}
	return count(len(p.Operations), "operation") + " and " + count(len(p.Fields), "field")
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// A missingPage stands where there is nothing.
type missingPage struct {
	frame
	Elsewhere []link // versions that have what was looked for
}

func newMissingPage(d *document, elsewhere []link) missingPage {
	return missingPage{newFrame(d, "Nothing here", nil), elsewhere}
}

// prose shows a description: text in which `this` is code.
func prose(text string) template.HTML { return ticked(template.HTML(html.EscapeString(text))) }

// introduction turns the sentence that defines a type in the source, "An
// ArticleList is a page of articles.", into one for readers: "A page of
// articles." What does not say what the type is says nothing to them.
func introduction(text string) string {
	for _, verb := range []string{" is ", " are ", " holds "} {
		name, rest, ok := strings.Cut(text, verb)
		name = strings.TrimPrefix(strings.TrimPrefix(name, "An "), "A ")
		if ok && rest != "" && !strings.Contains(name, " ") {
			return strings.ToUpper(rest[:1]) + rest[1:]
		}
	}
	return ""
}

// sentence begins a field's description with a capital and ends it with a full
// stop. A first word that is code or a name stays as it is.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	first, _, _ := strings.Cut(text, " ")
	if strings.Trim(first, "abcdefghijklmnopqrstuvwxyz,;-") == "" {
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	if !strings.ContainsAny(text[len(text)-1:], ".!?…") {
		text += "."
	}
	return text
}

// ticked shows what stands between backticks in escaped text as code.
func ticked(escaped template.HTML) template.HTML {
	parts := strings.Split(string(escaped), "`")
	if len(parts)%2 == 0 {
		return escaped
	}
	var b strings.Builder
	for i, part := range parts {
		if i%2 == 1 {
			part = "<code>" + part + "</code>"
		}
		b.WriteString(part)
	}
	return template.HTML(b.String())
}
