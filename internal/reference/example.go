package reference

import (
	"cmp"
	"encoding/json"
	"strings"

	"lectern/internal/apiversion"
)

// origin stands for the scheme and host of the server in pages, which are kept,
// until they are sent.
const origin = "https://lectern.invalid"

// usual are plausible values by the field's name, for fields whose schema gives
// no example. A name may begin with the kind of the object: "tag.name".
var usual = map[string]any{
	"id": "1042", "workspace_id": "x7k2m9qa", "created_at": 1767225600, "updated_at": 1767312000,
	"last_request_at": 1767312000, "applied_at": 1767312000, "created_at_after": 1767225600, "published_at": 1767312000,
	"scheduled_for": 1893456000, "publish_at": 1893456000, "scheduled_at": 1893456000,
	"author_id": 1002, "admin_id": 1002, "last_updated_by_id": 1002, "created_by_id": 1002, "updated_by_id": 1002, "owner_id": 1002, "parent_id": 1007, "help_center_id": 1004, "default_help_center_id": "1004",
	"content_id": "1043", "article_id": "1042", "article_content_id": "1043", "folder_id": 1051, "audience_id": 1061,
	"title": "Change your password", "description": "How to choose a new one", "body": "<p>Open the settings.</p>",
	"body_markdown": "Open the settings.", "markdown": "Open the settings.",
	"name": "Getting started", "display_name": "Help", "summary": "How to choose a new password",
	"tag_create_response.id": "1031", "tag_create_response.name": "Billing", "performed_by.id": "1002", "reference.id": "1002",
	"team_id": 1005, "primary_team_id": 1005, "secondary_team_id": 1006, "collection.parent_id": "1006", "away_mode_enabled": true,
	"away_status_reason_id": 1, "default_address_settings_id": "1", "tag_id": 1031, "collection_id": 1007, "source": "api",
	"tag.id": "1031", "tag_applied.id": "1031", "tag_applied.name": "Billing", "admin.id": "1002", "admin_with_app.id": "1002", "team.id": "1005",
	"collection.id": "1007", "help_center.id": "1004", "brand.id": "x7k2m9qa", "section.id": "1009", "type": "admin",
	"tag.name": "Billing", "admin.name": "Ada Byron", "admin_with_app.name": "Ada Byron", "team.name": "Support",
	"create_or_update_tag_request.name": "Billing", "brand.name": "Acme", "app.name": "Acme", "help_center.name": "Help",
	"audience.name": "Customers", "folder.name": "Handbook", "content_snippet.name": "Opening hours",
	"internal_article.title": "How refunds are approved", "ai_content_source.name": "Product manual",
	"email": "ada@example.com", "job_title": "Support lead", "identifier": "help", "slug": "change-your-password",
	"locale": "en", "default_locale": "en", "language": "en", "timezone": "Europe/Berlin", "region": "EU", "id_code": "x7k2m9qa",
	"url": origin + "/help/en/articles/1042-change-your-password", "website_url": origin + "/help",
	"collection.url": origin + "/help/en/collections/1007-getting-started", "help_center.url": origin + "/help",
	"next": origin + "/articles?page=2", "icon": "book-bookmark", "image_url": origin + "/avatar.png", "avatar_url": origin + "/avatar.png",
	"custom_domain": "help.example.com", "custom_domain_answers": false, "from_url": origin + "/help/old-page", "to_url": origin + "/help/en/articles/1042-change-your-password",
	"from_path": "/old-page", "source_url": "https://www.example.com/manual", "html": "<p>Open the settings.</p>",
	"page": 1, "per_page": 25, "total_pages": 1, "total_count": 1, "order": 0, "version": 1,
	"views": 128, "conversations": 4, "conversions": 4, "reactions": 20, "happy_reaction_percentage": 80,
	"neutral_reaction_percentage": 15, "sad_reaction_percentage": 5, "phrase": "password", "query": "password", "text": "password",
	"object": "article", "deleted": true, "email_verified": true, "website_turned_on": true, "has_inbox_seat": true,
	"performed_by.name": "Ada Byron", "activity_description": "Ada Byron updated an article", "ip": "198.51.100.7",
	"away_status_reason": "Lunch", "message": "Resource Not Found", "code": "not_found", "external_id": "manual-1",
	"phrases": []any{"invoice", "bill of sale"}, "finds": []any{},
}

// ids are those of the things at an address, by the part of it that stands
// before the ID.
var ids = map[string]string{
	"admins": "1002", "teams": "1005", "brands": "x7k2m9qa", "help_centers": "1004", "collections": "1007", "sections": "1009",
	"tags": "1031", "audiences": "1061", "folders": "1051",
}

// value is a plausible value of the field within an object of some kind. What
// the document gives as an example goes before everything.
func (f *field) value(kind string) any {
	switch {
	case f.example != nil:
		return f.example
	case f.base == "object":
		return f.exampleObject()
	case f.base == "array":
		return f.exampleList(kind)
	case len(f.Enum) > 0:
		return f.Enum[0]
	case f.format == "date-time":
		return "2026-01-01T00:00:00Z"
	}
	if v, ok := usualValue(kind, f.Name); ok {
		if v, ok = asType(v, f.base); ok {
			return v
		}
	}
	switch f.base {
	case "integer":
		switch {
		case strings.HasSuffix(f.Name, "_at"):
			return 1767225600
		case strings.HasSuffix(f.Name, "_id") || f.Name == "id":
			return 1042
		}
		return 1
	case "number":
		return 1
	case "boolean":
		return false
	}
	switch {
	case strings.HasSuffix(f.Name, "url"):
		return origin + "/help"
	case strings.HasSuffix(f.Name, "_id"):
		return "1042"
	case f.Nullable:
		return nil
	}
	return "text"
}

// exampleAnswer is what the example request may be answered with: it is about
// what the address names.
func (op *operation) exampleAnswer() any {
	answer, ok := op.Answer.value("").(*object)
	if !ok {
		return op.Answer.value("")
	}
	before, after, named := strings.Cut(op.Path, "/{id}")
	if !named || after != "" && op.Method == "GET" {
		return answer
	}
	noun := before[strings.LastIndexByte(before, '/')+1:]
	if answer.Has("deleted") && answer.Get("object") == "article" {
		answer.Set("object", strings.TrimSuffix(noun, "s"))
	}
	if _, isString := answer.Get("id").(string); isString && after == "" {
		answer.Set("id", idAt(noun))
	}
	return answer
}

func idAt(noun string) string { return cmp.Or(ids[noun], "1042") }

// usualValue finds a value by kind and name, else by name.
func usualValue(kind, name string) (any, bool) {
	if v, ok := usual[kind+"."+name]; ok {
		return v, true
	}
	for _, wrapped := range []string{"create_", "update_"} { // of a request
		if noun, ok := strings.CutPrefix(strings.TrimSuffix(kind, "_request"), wrapped); ok {
			if v, ok := usual[noun+"."+name]; ok {
				return v, true
			}
		}
	}
	v, ok := usual[name]
	return v, ok
}

// asType turns a value into one of a JSON type, if it can be.
func asType(v any, base string) (any, bool) {
	switch v := v.(type) {
	case string:
		switch {
		case base == "string":
			return v, true
		case base == "integer" && strings.Trim(v, "0123456789") == "":
			return json.Number(v), true
		}
	case int:
		switch base {
		case "integer", "number":
			return v, true
		case "string":
			raw, _ := json.Marshal(v)
			return string(raw), true
		}
	case bool:
		return v, base == "boolean"
	}
	return nil, false
}

// exampleObject has all fields of an answer's object, but for those that hold
// every language and may be missing.
func (f *field) exampleObject() any {
	o := apiversion.NewObject()
	for _, part := range f.Fields {
		switch {
		case part.Locales > 0:
			o.Set("en", part.value(f.Kind))
		case !part.Required && part.holdsLocales(), part.Name == "next":
		default:
			o.Set(part.Name, part.value(f.Kind))
		}
	}
	return o
}

func (f *field) exampleList(kind string) any {
	if list, ok := usual[f.Name].([]any); ok {
		return list
	}
	if strings.HasSuffix(f.Name, "_ids") && f.item.scalar() {
		one := &field{Name: strings.TrimSuffix(f.Name, "s"), base: f.item.base}
		return []any{one.value(kind)}
	}
	if f.item.base == "object" && len(f.item.Fields) == 0 {
		return []any{}
	}
	item := *f.item
	if item.scalar() && item.Name == "" {
		item.Name = strings.TrimSuffix(f.Name, "s")
	}
	return []any{item.value(kind)}
}

func (f *field) holdsLocales() bool {
	for _, part := range f.Fields {
		if part.Locales > 0 {
			return true
		}
	}
	return false
}

// exampleBody is what a request may send: what is required, what the document
// gives an example of, and the plain values that point at nothing else. A body
// of which all may be left out says a little all the same.
func (f *field) exampleBody() any {
	if f == nil {
		return nil
	}
	o := apiversion.NewObject()
	for _, part := range f.Fields {
		if plain, ok := strings.CutSuffix(part.Name, "_markdown"); ok && o.Has(plain) {
			continue // another way to say the same
		}
		points := strings.HasSuffix(part.Name, "_id") || strings.HasSuffix(part.Name, "_ids") || part.Name == "id" ||
			part.Name == "parent_type"
		switch {
		case part.Required && part.base == "object":
			o.Set(part.Name, part.exampleBody())
		case part.Required && part.base == "array" && part.item.base == "object":
			o.Set(part.Name, []any{part.item.exampleBody()})
		case part.Required || part.example != nil || part.Name == "author_id":
			o.Set(part.Name, part.value(f.Kind))
		case part.scalar() && !points && part.known(f.Kind):
			o.Set(part.Name, part.value(f.Kind))
		case part.Locales > 0:
			o.Set("en", part.exampleBody())
		}
	}
	if len(o.Keys()) == 0 {
		for _, part := range f.Fields {
			if part.scalar() {
				o.Set(part.Name, part.value(f.Kind))
			}
		}
	}
	return o
}

// known reports whether there is something better to say than a type's usual
// value.
func (f *field) known(kind string) bool {
	_, ok := usualValue(kind, f.Name)
	return ok || len(f.Enum) > 0
}
