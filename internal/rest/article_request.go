package rest

import (
	"time"

	"lectern"
	"lectern/internal/richtext"
	"lectern/internal/wire"
)

// articleEdit turns a request into an edit, its bodies into the normal form.
func articleEdit(req wire.CreateArticleRequest) (*lectern.ArticleEdit, error) {
	root, err := textEdit(wire.ArticleContentRequest{
		Title: req.Title, Description: req.Description, Body: req.Body, BodyMarkdown: req.BodyMarkdown,
		AuthorID: req.AuthorID, State: req.State, AudienceIDs: req.AudienceIDs,
		AIChatbotAvailability: req.AIChatbotAvailability, AICopilotAvailability: req.AICopilotAvailability,
		AISalesAgentAvailability: req.AISalesAgentAvailability,
	})
	if err != nil {
		return nil, err
	}
	edit := &lectern.ArticleEdit{ArticleTextEdit: root, Texts: map[lectern.Locale]lectern.ArticleTextEdit{}}
	for l, part := range req.TranslatedContent.Value {
		if edit.Texts[l], err = textEdit(part); err != nil {
			return nil, err
		}
	}
	if edit.Parents, err = parents(req); err != nil {
		return nil, err
	}
	if req.FolderID.Set {
		edit.Folder = new(lectern.FolderID(req.FolderID.Value))
	}
	edit.PublishAt, edit.UnpublishAt = schedule(req.ScheduledPublishAt), schedule(req.ScheduledUnpublishAt)
	return edit, nil
}

// schedule returns the time of a schedule, the zero time for one to cancel.
func schedule(at wire.Opt[wire.Time]) *time.Time {
	if !at.Set {
		return nil
	}
	return &at.Value.Time
}

// parents returns the collections a request puts the article in, nil if it says
// nothing of them. A list goes before a single one.
func parents(req wire.CreateArticleRequest) (*[]lectern.CollectionID, error) {
	if kind := req.ParentType.Pointer(); kind != nil && *kind != "" && *kind != "collection" && *kind != "section" {
		return nil, lectern.Invalidf("parent_type", "parent_type must be collection")
	}
	list := []lectern.CollectionID{}
	switch {
	case req.ParentIDs.Set && !req.ParentIDs.Null:
		for _, id := range req.ParentIDs.Value {
			list = append(list, lectern.CollectionID(id))
		}
	case !req.ParentID.Set:
		return nil, nil
	case req.ParentID.Value != 0:
		list = append(list, lectern.CollectionID(req.ParentID.Value))
	}
	return &list, nil
}

func textEdit(req wire.ArticleContentRequest) (lectern.ArticleTextEdit, error) {
	edit := lectern.ArticleTextEdit{
		Title: req.Title.Pointer(), Description: textOrEmpty(req.Description),
		Availability: lectern.AvailabilityEdit{
			Chatbot: req.AIChatbotAvailability.Pointer(), Copilot: req.AICopilotAvailability.Pointer(),
			SalesAgent: req.AISalesAgentAvailability.Pointer(),
		},
	}
	var err error
	if edit.Body, err = articleBody(req.Body, req.BodyMarkdown); err != nil {
		return edit, err
	}
	if id := req.AuthorID.Pointer(); id != nil {
		edit.Author = new(lectern.AdminID(*id))
	}
	if state := req.State.Pointer(); state != nil {
		edit.State = new(lectern.State(*state))
	}
	if req.AudienceIDs.Set {
		edit.Audiences = new(audienceIDs(req.AudienceIDs.Value))
	}
	return edit, nil
}

// articleBody returns the body that a request asks for in the normal form, nil
// if it asks for none.
func articleBody(html, markdown wire.Opt[string]) (*string, error) {
	h, m := html.Pointer(), markdown.Pointer()
	var body string
	var err error
	switch {
	case h != nil && m != nil:
		return nil, errBothBodies
	case h != nil:
		body, err = richtext.Clean(*h)
	case m != nil:
		body, err = richtext.FromMarkdown(*m)
	case !html.Null && !markdown.Null:
		return nil, nil
	}
	return &body, err
}
