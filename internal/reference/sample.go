package reference

import (
	"encoding/json"
	"net/url"
	"strings"

	"lectern/internal/apiversion"
)

// A language is one that samples are shown in.
type language struct {
	ID    string // in addresses and classes: "csharp"
	Name  string // for people: "C#"
	write func(*request) string
}

// languages in the order in which they are offered. Their samples need nothing
// but the standard library, but for R, which has no HTTP in it.
var languages = []language{
	{"curl", "curl", curlSample},
	{"node", "Node.js", nodeSample},
	{"ruby", "Ruby", rubySample},
	{"php", "PHP", phpSample},
	{"python", "Python", pythonSample},
	{"java", "Java", javaSample},
	{"go", "Go", goSample},
	{"csharp", "C#", csharpSample},
	{"r", "R", rSample},
}

// A request is an example of a call.
type request struct {
	Method, Version string
	Path            string // with values in the place of its parameters
	Query           [][2]string
	Body            any // nil for none
}

// TokenVariable is where samples read the access token from.
const TokenVariable = "LECTERN_TOKEN"

// exampleRequest is the call that samples of an operation make: with what the
// operation cannot do without, and a phrase to look for where there is one.
func (op *operation) exampleRequest(v *apiversion.Version) *request {
	r := &request{Method: op.Method, Version: v.Name, Path: op.Path}
	for _, p := range op.PathParams {
		r.Path = strings.ReplaceAll(r.Path, "{"+p.Name+"}", url.PathEscape(plain(op.pathValue(p))))
	}
	for _, p := range op.QueryParams {
		if p.Required || p.Name == "phrase" {
			r.Query = append(r.Query, [2]string{p.Name, plain(p.value(""))})
		}
	}
	if op.Body != nil {
		r.Body = op.Body.exampleBody()
	}
	return r
}

// pathValue is the value of a path parameter, the one that the example answer
// has.
func (op *operation) pathValue(p *field) any {
	before, _, _ := strings.Cut(op.Path, "/{"+p.Name+"}")
	if v, ok := usual[p.Name]; ok && p.Name != "id" {
		return v
	}
	return idAt(before[strings.LastIndexByte(before, '/')+1:])
}

// plain spells a value as it stands in an address.
func plain(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	raw, _ := json.Marshal(v)
	return string(raw)
}

// URL is the address that the request goes to.
func (r *request) URL() string {
	address := origin + r.Path
	for i, pair := range r.Query {
		address += string("?&"[min(i, 1)]) + url.QueryEscape(pair[0]) + "=" + url.QueryEscape(pair[1])
	}
	return address
}

// headers are those that every sample sends, but for the token's.
func (r *request) headers() [][2]string {
	list := [][2]string{{"Intercom-Version", r.Version}}
	if r.Body != nil {
		list = append(list, [2]string{"Content-Type", "application/json"})
	}
	return list
}

// pretty writes a value as JSON for people to read.
func pretty(v any) string { return jsonNotation.write(v, "") }
