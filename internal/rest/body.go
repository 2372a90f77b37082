package rest

import (
	"context"
	"errors"
	"slices"

	"lectern"
	"lectern/internal/richtext"
	"lectern/internal/wire"
)

// bodies are the two forms in which a request may hold one body. Answers hold
// both, so a client that sends an answer back has changed the one that differs.
type bodies struct {
	html, markdown *sentBody
	emptied        bool // neither is given, and one is null
	nullMarkdown   bool // and that is the Markdown alone, which answers have as null for what has none
	putBack        bool // they stand in an answer that was sent back
}

// A sentBody is a body as it was sent, and in the normal form.
type sentBody struct {
	raw, clean string
	refused    error // that it has no normal form; what is stored may be such a body all the same
}

// A form brings HTML and Markdown into the normal form.
type form struct{ html, markdown func(string) (string, error) }

// form returns the form of bodies, which takes no longer than the request lasts.
func (s *Server) form(ctx context.Context) form {
	return form{s.cleaner.Clean, func(markdown string) (string, error) { return s.cleaner.FromMarkdown(ctx, markdown) }}
}

// read brings the bodies of a request into the normal form.
func (f form) read(html, markdown wire.Opt[string]) (b bodies, err error) {
	if b.html, err = readBody(f.html, html); err != nil {
		return b, err
	}
	b.markdown, err = readBody(f.markdown, markdown)
	b.emptied = b.html == nil && b.markdown == nil && (html.Null || markdown.Null)
	b.nullMarkdown = b.emptied && !html.Null
	return b, err
}

func readBody(clean func(string) (string, error), sent wire.Opt[string]) (*sentBody, error) {
	raw := sent.Pointer()
	if raw == nil {
		return nil, nil
	}
	body, err := clean(*raw)
	if refusal, ok := errors.AsType[*lectern.Error](err); ok && refusal.Kind == lectern.Invalid {
		return &sentBody{raw: *raw, refused: err}, nil
	}
	return &sentBody{raw: *raw, clean: body}, err
}

// of returns the body that the request asks for, nil if it asks for none.
// Stored are the bodies that the client may have read, the one that the request
// is about first; what repeats one of them, as HTML or as Markdown, is that one.
// Two bodies that both differ from it are refused, unless they are the two of an
// older answer. A body that cannot be kept is refused unless it is stored: what
// was accepted once does not stand in the way of other changes.
func (b bodies) of(stored ...string) (*string, error) {
	if b.nullMarkdown && slices.ContainsFunc(stored, hasNoMarkdown) {
		return nil, nil
	}
	if b.emptied {
		return new(""), nil
	}
	for _, is := range stored {
		html := b.html == nil || b.html.repeats(is)
		if !html && b.markdown == nil {
			continue
		}
		markdown := b.markdown == nil || b.markdown.repeatsMarkdown(is)
		switch {
		case b.html == nil && b.markdown == nil:
			return nil, nil
		case html && markdown:
			return &is, nil
		case b.html != nil && html:
			return b.markdown.asked()
		case b.markdown != nil && markdown:
			return b.html.asked()
		}
	}
	switch {
	case b.html == nil && b.markdown == nil:
		return nil, nil
	case b.html == nil:
		return b.markdown.asked()
	case b.markdown == nil, b.html.refused != nil, b.putBack && b.markdown.repeatsMarkdown(b.html.clean):
		return b.html.asked()
	case b.markdown.refused != nil:
		return b.markdown.asked()
	}
	return nil, errBothBodies
}

// hasNoMarkdown reports whether answers show the Markdown of a stored body as
// null: it is one from before such bodies were refused.
func hasNoMarkdown(is string) bool {
	_, err := richtext.Markdown(is)
	return err != nil
}

// repeats reports whether HTML is what is stored.
func (s *sentBody) repeats(is string) bool { return s.raw == is || s.cleanIs(is) }

func (s *sentBody) cleanIs(is string) bool { return s.refused == nil && s.clean == is }

// asked returns the body in the normal form, or why it has none.
func (s *sentBody) asked() (*string, error) { return &s.clean, s.refused }

// repeatsMarkdown reports whether Markdown is what is stored, as answers show it.
func (s *sentBody) repeatsMarkdown(is string) bool {
	if s.cleanIs(is) {
		return true
	}
	shown, err := richtext.Markdown(is)
	return err == nil && s.raw == shown
}
