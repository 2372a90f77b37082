package reference

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lectern"
	"lectern/internal/apiversion"
	"lectern/internal/openapi"
)

// object is a JSON object with its keys in order.
type object = apiversion.Object

// A document is one version's OpenAPI document, read for people.
type document struct {
	version *apiversion.Version
	groups  []*group
	byID    map[string]*operation
	fields  []*usedField
	changes []change // what the version changed, then what those before it did
}

// A group is the operations of one tag.
type group struct {
	Name       string
	Operations []*operation
}

// An operation is one operation in one version.
type operation struct {
	ID, Route, Method, Path string
	Group                   string
	Summary, About          string
	Scope                   lectern.Scope
	Since                   string // version that brought it; empty if no served one is without it
	PathParams, QueryParams []*field
	Body                    *field // nil for none
	Answer                  *field // nil for an empty one
	AnswerAbout             string
	Status                  int
	Failures                []failure
}

// A failure is an error that an operation may answer with.
type failure struct {
	Status              int
	Code, Message, When string
	Example             any
}

// A change is what a version changed.
type change struct {
	Version string
	Changes []*apiversion.Change
	Added   []*operation // those of the document that it brought
}

// readDocument describes version v and reads the description back: what people
// are shown is what programs are given. Ops adds what OpenAPI 3.0 has no place
// for, the permission.
func readDocument(v *apiversion.Version, ops []openapi.Operation) (*document, error) {
	raw, err := openapi.Document(v, ops, "/")
	if err != nil {
		return nil, err
	}
	var doc object
	if err := doc.UnmarshalJSON(raw); err != nil {
		return nil, fmt.Errorf("read the document of version %s: %w", v.Name, err)
	}
	d := &document{version: v, byID: map[string]*operation{}}
	r := reader{schemas: child(&doc, "components", "schemas")}
	for _, op := range ops {
		method, path, _ := strings.Cut(op.Route, " ")
		described := child(&doc, "paths", path, strings.ToLower(method))
		if described == nil {
			continue // not in this version
		}
		d.add(r.operation(op, described))
	}
	d.readFields()
	d.readChanges()
	return d, nil
}

// add puts an operation into its group, which the first one opens.
func (d *document) add(op *operation) {
	d.byID[op.ID] = op
	i := slices.IndexFunc(d.groups, func(g *group) bool { return g.Name == op.Group })
	if i < 0 {
		i = len(d.groups)
		d.groups = append(d.groups, &group{Name: op.Group})
	}
	d.groups[i].Operations = append(d.groups[i].Operations, op)
}

// operations are those of the document in the order in which they are shown.
func (d *document) operations() []*operation {
	var list []*operation
	for _, g := range d.groups {
		list = append(list, g.Operations...)
	}
	return list
}

// readChanges notes what this version and each one before it changed, as far
// as they are served.
func (d *document) readChanges() {
	for _, v := range apiversion.Versions[slices.Index(apiversion.Versions, d.version):] {
		if v.Unserved || len(v.Changes) == 0 {
			continue
		}
		c := change{Version: v.Name, Changes: v.Changes}
		for _, op := range d.operations() {
			if slices.ContainsFunc(v.Changes, func(c *apiversion.Change) bool { return slices.Contains(c.Added, op.Route) }) {
				c.Added = append(c.Added, op)
			}
		}
		d.changes = append(d.changes, c)
	}
}

// since names the version that brought a route, if a served one lacks it.
func since(route string) string {
	for i, v := range apiversion.Versions {
		if older := i + 1; older < len(apiversion.Versions) && !apiversion.Versions[older].Unserved &&
			v.Offers(route) && !apiversion.Versions[older].Offers(route) {
			return v.Name
		}
	}
	return ""
}

// operation reads one operation.
func (r reader) operation(op openapi.Operation, described *object) *operation {
	method, path, _ := strings.Cut(op.Route, " ")
	o := &operation{
		ID: op.ID, Route: op.Route, Method: method, Path: path, Group: op.Tag, Summary: op.Summary, About: op.About,
		Scope: op.Scope, Since: since(op.Route), Status: op.Success(),
	}
	for _, p := range list(described, "parameters") {
		p := p.(*object)
		switch p.Get("in") {
		case "path":
			o.PathParams = append(o.PathParams, r.parameter(p, "path"))
		case "query":
			o.QueryParams = append(o.QueryParams, r.parameter(p, "query"))
		}
	}
	if body := child(described, "requestBody", "content", "application/json", "schema"); body != nil {
		o.Body = r.field(body, "body", nil)
	}
	responses := child(described, "responses")
	for _, status := range responses.Keys() {
		number, err := strconv.Atoi(status)
		answer := child(responses, status)
		if err != nil || number >= 400 {
			o.Failures = append(o.Failures, failures(number, answer)...)
			continue
		}
		o.AnswerAbout = text(answer, "description")
		if schema := child(answer, "content", "application/json", "schema"); schema != nil {
			o.Answer = r.field(schema, "answer", nil)
		}
	}
	return o
}

func (r reader) parameter(p *object, in string) *field {
	f := r.field(child(p, "schema"), in+"-"+text(p, "name"), nil)
	f.Name, f.About, f.Required = text(p, "name"), text(p, "description"), p.Get("required") == true
	if p.Has("example") {
		f.example = p.Get("example")
	}
	if f.About == "" && in == "path" {
		f.About = "ID of what the request is about."
		if f.Name != "id" {
			f.About = ""
		}
	}
	return f
}

// failures reads the examples of an answer that is an error.
func failures(status int, answer *object) []failure {
	var found []failure
	examples := child(answer, "content", "application/json", "examples")
	if examples == nil {
		return nil
	}
	for _, when := range examples.Keys() {
		value := child(examples, when, "value")
		f := failure{Status: status, When: when, Example: value}
		if errors := list(value, "errors"); len(errors) > 0 {
			f.Code, f.Message = text(errors[0].(*object), "code"), text(errors[0].(*object), "message")
		}
		found = append(found, f)
	}
	return found
}

// child follows keys into an object. It returns nil where there is no object.
func child(o *object, keys ...string) *object {
	for _, k := range keys {
		if o == nil {
			return nil
		}
		o, _ = o.Get(k).(*object)
	}
	return o
}

func list(o *object, key string) []any {
	if o == nil {
		return nil
	}
	l, _ := o.Get(key).([]any)
	return l
}

func text(o *object, key string) string {
	if o == nil {
		return ""
	}
	s, _ := o.Get(key).(string)
	return s
}
