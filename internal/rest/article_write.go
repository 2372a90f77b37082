package rest

import (
	"strings"
	"time"

	"lectern"
	"lectern/internal/wire"
)

// createArticle answers POST /articles.
func (s *Server) createArticle(c *call) (any, error) {
	var req wire.CreateArticleRequest
	if err := decode(c, &req); err != nil {
		return nil, err
	}
	asked, err := readArticle(s.form(c.Context()), req)
	if err != nil {
		return nil, err
	}
	if err := asked.settle(&lectern.HelpCenter{}, func(lectern.Locale) []lectern.ArticleText { return nil }); err != nil {
		return nil, err
	}
	a, err := s.store.AddArticle(c.Context(), c.actor(), asked.edit)
	if err != nil {
		return nil, err
	}
	c.ignored(asked.edit.Ignored)
	return s.article(c, a)
}

// updateArticle answers PUT /articles/{id}.
func (s *Server) updateArticle(c *call) (any, error) {
	id, err := pathID[lectern.ArticleID](c)
	if err != nil {
		return nil, err
	}
	asked, err := c.articleUpdate(s.form(c.Context()))
	if err != nil {
		return nil, err
	}
	set, err := s.settingsOf(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	c.expect(func() (any, error) {
		a, err := s.store.Article(c.Context(), c.workspace(), id)
		if err != nil {
			return nil, err
		}
		return set.article(a, c.base), nil
	})
	a, err := s.store.UpdateArticle(c.Context(), c.actor(), id, asked.edit, func(a *lectern.Article, h *lectern.HelpCenter) error {
		if err := c.ifMatch(wire.FromArticle(set.workspace, h, a, c.base)); err != nil {
			return err
		}
		return asked.settle(h, a.Readable)
	})
	if err != nil {
		return nil, err
	}
	c.ignored(asked.edit.Ignored)
	return s.article(c, a)
}

// articleUpdate reads what the call's body asks of an article that exists.
func (c *call) articleUpdate(f form) (*articleRequest, error) {
	var req wire.UpdateArticleRequest
	body, err := decoded(c, &req)
	if err != nil {
		return nil, err
	}
	asked, err := readArticle(f, wire.CreateArticleRequest(req))
	if err == nil && isPutBack(body) {
		asked.putBack()
	}
	return asked, err
}

// deleteArticle answers DELETE /articles/{id}.
func (s *Server) deleteArticle(c *call) (any, error) {
	id, err := pathID[lectern.ArticleID](c)
	if err != nil {
		return nil, err
	}
	if err := s.store.DeleteArticle(c.Context(), c.actor(), id); err != nil {
		return nil, err
	}
	return wire.Deleted{ID: c.PathValue("id"), Object: "article", Deleted: true}, nil
}

// An articleRequest is what a request asks of an article, but for its bodies:
// what these ask depends on what is stored.
type articleRequest struct {
	edit  *lectern.ArticleEdit
	root  bodies
	texts map[lectern.Locale]bodies
}

// readArticle reads what a request asks of an article, its bodies brought into
// the normal form.
func readArticle(f form, req wire.CreateArticleRequest) (*articleRequest, error) {
	out := &articleRequest{edit: &lectern.ArticleEdit{Texts: map[lectern.Locale]lectern.ArticleTextEdit{}}, texts: map[lectern.Locale]bodies{}}
	edit := out.edit
	edit.ArticleTextEdit = textEdit(wire.ArticleContentRequest{
		Title: req.Title, Description: req.Description,
		AuthorID: req.AuthorID, State: req.State, AudienceIDs: req.AudienceIDs,
		AIChatbotAvailability: req.AIChatbotAvailability, AICopilotAvailability: req.AICopilotAvailability,
		AISalesAgentAvailability: req.AISalesAgentAvailability,
	})
	var err error
	if out.root, err = f.read(req.Body, req.BodyMarkdown); err != nil {
		return nil, err
	}
	for l, part := range req.TranslatedContent.Value {
		edit.Texts[l] = textEdit(part)
		if out.texts[l], err = f.read(part.Body, part.BodyMarkdown); err != nil {
			return nil, err
		}
	}
	if kind := req.ParentType.Pointer(); kind != nil && *kind != "" && *kind != "collection" && *kind != "section" {
		return nil, lectern.Invalidf("parent_type", "parent_type must be collection")
	}
	if req.ParentIDs.Given() {
		list := []lectern.CollectionID{}
		for _, id := range req.ParentIDs.Value {
			list = append(list, lectern.CollectionID(id))
		}
		edit.Parents = &list
	}
	if req.ParentID.Set {
		edit.Parent = new(lectern.CollectionID(req.ParentID.Value))
	}
	if req.FolderID.Set {
		edit.Folder = new(lectern.FolderID(req.FolderID.Value))
	}
	edit.PublishAt, edit.UnpublishAt = schedule(req.ScheduledPublishAt), schedule(req.ScheduledUnpublishAt)
	return out, nil
}

// putBack notes that the request is an answer that was sent back.
func (r *articleRequest) putBack() {
	r.edit.PutBack, r.root.putBack = true, true
	for l, b := range r.texts {
		b.putBack = true
		r.texts[l] = b
	}
}

// settle puts into the edit what the request's bodies ask of an article in help
// center h; read returns what clients can have read of a text, none for a new
// one. It may be called again.
func (r *articleRequest) settle(h *lectern.HelpCenter, read func(lectern.Locale) []lectern.ArticleText) error {
	var err error
	if r.edit.Body, err = r.root.of(bodiesOf(read(h.DefaultLocale))...); err != nil {
		return err
	}
	for l, b := range r.texts {
		t := r.edit.Texts[l]
		if t.Body, err = b.of(bodiesOf(read(l))...); err != nil {
			return err
		}
		r.edit.Texts[l] = t
	}
	return nil
}

func bodiesOf(texts []lectern.ArticleText) []string {
	list := make([]string, len(texts))
	for i, t := range texts {
		list[i] = t.Body
	}
	return list
}

// schedule returns the time of a schedule, the zero time for one to cancel.
func schedule(at wire.Opt[wire.Time]) *time.Time {
	if !at.Set {
		return nil
	}
	return &at.Value.Time
}

// textEdit turns what a request says of a text into an edit, its bodies left
// out.
func textEdit(req wire.ArticleContentRequest) lectern.ArticleTextEdit {
	edit := lectern.ArticleTextEdit{
		Title: req.Title.Pointer(), Description: textOrEmpty(req.Description),
		Availability: lectern.AvailabilityEdit{
			Chatbot: req.AIChatbotAvailability.Pointer(), Copilot: req.AICopilotAvailability.Pointer(),
			SalesAgent: req.AISalesAgentAvailability.Pointer(),
		},
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
	return edit
}

// ignored tells which locales of a request were left out because the help
// center's list of languages is fixed.
func (c *call) ignored(locales []lectern.Locale) {
	if len(locales) == 0 {
		return
	}
	names := make([]string, len(locales))
	for i, l := range locales {
		names[i] = string(l)
	}
	c.header.Set("Lectern-Ignored", strings.Join(names, ", "))
}
