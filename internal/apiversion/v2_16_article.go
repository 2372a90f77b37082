package apiversion

import "lectern/internal/wire"

// ArticlesSayMore brought nearly all that requests and answers about articles
// hold beside the text.
var ArticlesSayMore = Change{
	About: "Articles carry their body in Markdown, drafts, schedules, audiences, AI availability and who wrote them; " +
		"their collections are in parent_ids alone, which can be written.",
	Response: map[string][]Edit{
		"article":            {dropNewOfArticle, parentIDsAlone},
		"article_list_item":  {dropNewOfArticle, parentIDsAlone},
		"article_content":    {dropNewOfText, Drop("has_unpublished_changes", "draft_updated_at", "created_by_id", "updated_by_id")},
		"article_statistics": {Drop("fin_involvements", "fin_resolutions", "fin_resolution_rate")},
	},
	Request: map[string][]Edit{
		"create_article_request":  {dropNewOfText, dropNewOfRequest, inTexts(dropNewOfText)},
		"update_article_request":  {dropNewOfText, dropNewOfRequest, inTexts(dropNewOfText)},
		"article_content_request": {dropNewOfText},
	},
}

var (
	dropNewOfText = Drop("body_markdown", "audience_ids",
		"ai_chatbot_availability", "ai_copilot_availability", "ai_sales_agent_availability")
	dropNewOfArticle = Drop("body_markdown", "has_unpublished_changes", "draft_updated_at",
		"ai_chatbot_availability", "ai_copilot_availability", "ai_sales_agent_availability",
		"created_by_id", "updated_by_id", "exclude_from_article_suggestions", "help_center_audience",
		"scheduled_publish_at", "scheduled_unpublish_at", "audience_ids")
	dropNewOfRequest = Drop("parent_ids", "scheduled_publish_at", "scheduled_unpublish_at")
)

// parentIDsAlone: before it, parent_id and parent_type named the first of an
// article's collections.
var parentIDsAlone = Edit{
	Object: func(o *Object) {
		var id, kind any
		if parents, _ := o.Get("parent_ids").([]wire.ParentRef); len(parents) > 0 {
			id, kind = parents[0], "collection"
		}
		o.Insert("parent_ids", "parent_id", id)
		o.Insert("parent_ids", "parent_type", kind)
	},
	Schema: func(schema *Object) {
		properties := schema.Get("properties").(*Object)
		properties.Insert("parent_ids", "parent_id", NewObject("type", "integer", "format", "int64", "nullable", true,
			"description", "ID of the collection it is in; null when it stands alone"))
		properties.Insert("parent_ids", "parent_type", NewObject("type", "string", "nullable", true,
			"enum", []any{"collection", nil}, "description", "null when it stands alone"))
		schema.Set("required", append([]any{"parent_id", "parent_type"}, schema.Get("required").([]any)...))
	},
}

// inTexts applies an edit of a text to the texts by locale in a request. Their
// schema is edited by itself.
func inTexts(e Edit) Edit {
	return Edit{
		Object: func(o *Object) {
			texts, _ := o.Get("translated_content").(*Object)
			if texts == nil {
				return
			}
			for _, locale := range texts.Keys() {
				if text, _ := texts.Get(locale).(*Object); text != nil {
					e.Object(text)
				}
			}
		},
		Schema: func(*Object) {},
	}
}
