package fidelity

import (
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// compareDescriptions checks that our description of an operation has what the
// published one has: each status of success, each parameter of the query, each
// key of the body asked for and of the answer. An answer that lacks a key which
// need not be there would pass otherwise.
func (r *run) compareDescriptions(c *Cell) {
	if r.published == nil || c.Own {
		return
	}
	ours, theirs := r.ours.operations[c.Operation], r.published.operations[c.Operation]
	var found []string
	for _, p := range theirs.Parameters {
		if p.Value.In == openapi3.ParameterInQuery && ours.Parameters.GetByInAndName(openapi3.ParameterInQuery, p.Value.Name) == nil {
			found = append(found, "unread ?"+p.Value.Name)
		}
	}
	if theirs.RequestBody != nil && ours.RequestBody == nil {
		found = append(found, "unread $")
	}
	if theirs.RequestBody != nil && ours.RequestBody != nil {
		for _, key := range lacking(ours.RequestBody.Value.Content, theirs.RequestBody.Value.Content) {
			found = append(found, "unread "+key)
		}
	}
	for _, status := range slices.Sorted(maps.Keys(theirs.Responses.Map())) {
		if status[0] != '2' {
			continue
		}
		answer := ours.Responses.Value(status)
		if answer == nil {
			found = append(found, "unsent status "+status)
			continue
		}
		for _, key := range lacking(answer.Value.Content, theirs.Responses.Value(status).Value.Content) {
			found = append(found, "unsent "+key)
		}
	}
	for _, rule := range found {
		if !r.deviations.explain(r.version.Name, c.Operation, rule) {
			c.differ("descriptions", "published, and not in ours: "+rule, nil)
		}
	}
}

// lacking lists the places in published content that ours says nothing of.
func lacking(ours, published openapi3.Content) []string {
	theirs, mine := published.Get("application/json"), ours.Get("application/json")
	switch {
	case theirs == nil || theirs.Schema == nil:
		return nil
	case mine == nil || mine.Schema == nil:
		return []string{"$"}
	}
	var list []string
	unknownKeys([]*openapi3.SchemaRef{mine.Schema}, []*openapi3.SchemaRef{theirs.Schema}, "$", &list)
	slices.Sort(list)
	return slices.Compact(list)
}

// unknownKeys adds the keys that the published schemas name and ours do not.
// Of texts in every language it looks at none: all are alike.
func unknownKeys(ours, published []*openapi3.SchemaRef, path string, list *[]string) {
	named, items := map[string][]*openapi3.SchemaRef{}, []*openapi3.SchemaRef{}
	for _, s := range flat(ours) {
		for key, property := range s.Properties {
			named[key] = append(named[key], property)
		}
		if s.Items != nil {
			items = append(items, s.Items)
		}
	}
	for _, s := range flat(published) {
		for key, property := range s.Properties {
			switch {
			case named[key] == nil:
				*list = append(*list, path+"."+key)
			case !strings.HasSuffix(path, ".translated_content"):
				unknownKeys(named[key], []*openapi3.SchemaRef{property}, path+"."+key, list)
			}
		}
		switch {
		case s.Items != nil && len(items) == 0:
			*list = append(*list, path+"[]")
		case s.Items != nil:
			unknownKeys(items, []*openapi3.SchemaRef{s.Items}, path+"[]", list)
		}
	}
}
