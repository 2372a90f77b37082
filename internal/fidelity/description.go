package fidelity

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// A description is an OpenAPI document that answers are judged by.
type description struct {
	doc        *openapi3.T
	operations map[string]*openapi3.Operation // by plain route
	patterns   []string                       // their routes as they are written
}

// pathParameter matches a parameter of a path, whatever its name.
var pathParameter = regexp.MustCompile(`\{[^}]*\}`)

// plain writes a route with all its parameters called {id}: their names differ
// between descriptions and never show on the wire.
func plain(route string) string { return pathParameter.ReplaceAllString(route, "{id}") }

func readDescription(raw []byte) (*description, error) {
	doc, err := openapi3.NewLoader().LoadFromData(raw)
	if err != nil {
		return nil, err
	}
	d := &description{doc: doc, operations: map[string]*openapi3.Operation{}}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			d.operations[plain(method+" "+path)] = op
			d.patterns = append(d.patterns, method+" "+path)
		}
	}
	return d, nil
}

// ourDescription asks a server for its own description of a version.
func ourDescription(ctx context.Context, c *client, version string) (*description, error) {
	x, err := c.send(ctx, version, "GET", "/openapi/"+version+".json", "", map[string]string{"Authorization": ""})
	if err != nil {
		return nil, err
	}
	if x.status != http.StatusOK {
		return nil, fmt.Errorf("our own description of version %s is answered %d", version, x.status)
	}
	d, err := readDescription(x.raw)
	if err == nil {
		err = d.doc.Validate(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("our own description of version %s: %w", version, err)
	}
	return d, nil
}

// publishedDescription reads Intercom's own description of a version.
//
// Two slips of it are put right first, as they say nothing about the wire:
// times are called integers in the format of a string; and nullable beside
// $ref, where it counts for nothing, is meant.
func publishedDescription(folder, version string) (*description, error) {
	raw, err := os.ReadFile(filepath.Join(folder, "intercom-"+strings.ToLower(version)+".json"))
	if err != nil {
		return nil, err
	}
	var doc map[string]any
	if err := json.Unmarshal(raw, &doc); err != nil {
		return nil, fmt.Errorf("published description of version %s: %w", version, err)
	}
	components, _ := doc["components"].(map[string]any)
	schemas, _ := components["schemas"].(map[string]any)
	mend(doc, func(ref string) {
		if schema, ok := schemas[strings.TrimPrefix(ref, "#/components/schemas/")].(map[string]any); ok {
			schema["nullable"] = true
		}
	})
	if raw, err = json.Marshal(doc); err != nil {
		return nil, err
	}
	d, err := readDescription(raw)
	if err != nil {
		return nil, fmt.Errorf("published description of version %s: %w", version, err)
	}
	return d, nil
}

func mend(v any, nullable func(ref string)) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			mend(item, nullable)
		}
	case map[string]any:
		if v["type"] == "integer" && v["format"] == "date-time" {
			delete(v, "format")
		}
		if ref, ok := v["$ref"].(string); ok && v["nullable"] == true {
			nullable(ref)
		}
		for _, inner := range v {
			mend(inner, nullable)
		}
	}
}

// routes lists the operations described, plain.
func (d *description) routes() []string { return slices.Sorted(maps.Keys(d.operations)) }

// An example is an error that a description shows.
type example struct {
	status        int
	code, message string
}

func (e example) String() string { return fmt.Sprintf("%d %s %q", e.status, e.code, e.message) }

// examples lists the errors shown for an operation.
func (d *description) examples(route string) []example {
	var list []example
	for status, response := range d.operations[route].Responses.Map() {
		n, err := strconv.Atoi(status)
		if err != nil || n < 400 {
			continue
		}
		for _, media := range response.Value.Content {
			for _, shown := range media.Examples {
				raw, _ := json.Marshal(shown.Value.Value)
				var body any
				if json.Unmarshal(raw, &body) == nil {
					list = append(list, example{n, at(body, "errors.0.code"), at(body, "errors.0.message")})
				}
			}
		}
	}
	slices.SortFunc(list, func(a, b example) int { return strings.Compare(a.String(), b.String()) })
	return slices.Compact(list)
}
