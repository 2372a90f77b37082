// Package blocks turns the json_blocks of content snippets into HTML and back.
//
// A block is a JSON object with a type. These have a meaning here; texts and
// items are HTML within a line:
//
//	{"type": "paragraph", "text": "Press <b>Save</b>."}
//	{"type": "heading", "text": "…"}          and subheading, subheading3, subheading4
//	{"type": "unorderedList", "items": ["…"]} and orderedList
//	{"type": "code", "text": "plain text"}
//	{"type": "image", "url": "https://…", "altText": "…"}
//	{"type": "horizontalRule"}
//	{"type": "html", "content": "<table>…"}   whatever has no block of its own
//
// Of a block of another type the text, the items or the content count. Blocks
// that clients send are kept as they are; what is derived from them is HTML in
// the normal form of package richtext, and from that Markdown.
package blocks

import (
	"context"
	"encoding/json"
	"html"
	"regexp"
	"strings"

	"lectern"
	"lectern/internal/richtext"
)

// FromJSON returns the content that blocks are, as they are and as HTML. The
// error is a *lectern.Error of kind Invalid.
func FromJSON(list []json.RawMessage) (lectern.SnippetContent, error) {
	body, err := HTML(list)
	if err != nil {
		return lectern.SnippetContent{}, err
	}
	text := "[]"
	if len(list) > 0 {
		text, err = encode(list)
	}
	return lectern.SnippetContent{Blocks: text, Body: body}, err
}

// FromMarkdown returns the content that Markdown is. If it starts with a
// heading of the first level, it returns the words of that, too, and the
// content without it. The error is a *lectern.Error of kind Invalid, or that of
// ctx.
func FromMarkdown(ctx context.Context, markdown string) (content lectern.SnippetContent, heading string, rest lectern.SnippetContent, err error) {
	body, err := richtext.Cleaner{}.FromMarkdown(ctx, markdown)
	if err != nil {
		return content, "", rest, err
	}
	content.Body = headingIDs.ReplaceAllString(body, "$1")
	list := FromHTML(content.Body)
	if content.Blocks, err = encode(list); err != nil {
		return content, "", rest, err
	}
	if len(list) > 0 && list[0].Type == "heading" {
		heading = richtext.Text(list[0].Text)
		_, rest.Body, _ = strings.Cut(content.Body, "</h1>")
		rest.Blocks, err = encode(list[1:])
	}
	return content, heading, rest, err
}

// encode writes JSON on one line, with markup in it as it is.
func encode(v any) (string, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return strings.TrimSuffix(b.String(), "\n"), err
}

// headings are the blocks of each level.
var headings = map[string]string{"heading": "h1", "subheading": "h2", "subheading3": "h3", "subheading4": "h4"}

// HTML returns blocks in the normal form of package richtext, but headings
// without ids: a snippet has no page on which something could lead to them. The
// error is a *lectern.Error of kind Invalid about json_blocks: something is no
// object, has no type, or lacks what its type calls for.
func HTML(list []json.RawMessage) (string, error) {
	var all strings.Builder
	for _, raw := range list {
		var b map[string]any
		if err := json.Unmarshal(raw, &b); err != nil || b == nil {
			return "", lectern.Invalidf("json_blocks", "json_blocks must be a list of objects")
		}
		var one strings.Builder
		if err := write(&one, b); err != nil {
			return "", err
		}
		// By itself first, so that a tag left open ends with its block.
		clean, err := richtext.Clean(one.String())
		if err != nil {
			return "", richtext.RefusalOf("json_blocks", err)
		}
		all.WriteString(clean)
	}
	clean, err := richtext.Clean(all.String())
	return headingIDs.ReplaceAllString(clean, "$1"), richtext.RefusalOf("json_blocks", err)
}

// headingIDs are the ids of headings in the normal form, in which no text or
// attribute holds a "<".
var headingIDs = regexp.MustCompile(`(<h[1-6]) id="[^"]*"`)

// write writes a block as HTML that is not clean yet.
func write(w *strings.Builder, b map[string]any) error {
	kind, ok := b["type"].(string)
	if !ok || kind == "" {
		return lectern.Invalidf("json_blocks", "json_blocks must each have a type")
	}
	text, hasText := b["text"].(string)
	items, hasItems := b["items"].([]any)
	content, hasContent := b["content"].(string)
	address, hasAddress := b["url"].(string)
	lacks := func(field string) error {
		return lectern.Invalidf("json_blocks", "json_blocks of type %s must have %s", kind, field)
	}
	switch tag := headings[kind]; {
	case kind == "horizontalRule":
		w.WriteString("<hr>")
	case (tag != "" || kind == "paragraph" || kind == "code") && !hasText:
		return lacks("a text")
	case tag != "":
		w.WriteString("<" + tag + ">" + text + "</" + tag + ">")
	case kind == "code":
		w.WriteString("<pre><code>" + html.EscapeString(text) + "</code></pre>")
	case kind == "image" && !hasAddress:
		return lacks("a url")
	case kind == "image":
		w.WriteString(`<img src="` + html.EscapeString(address) + `"`)
		if alt, ok := b["altText"].(string); ok {
			w.WriteString(` alt="` + html.EscapeString(alt) + `"`)
		}
		w.WriteString(">")
	case kind == "html" && !hasContent:
		return lacks("a content")
	case (kind == "unorderedList" || kind == "orderedList") && !hasItems:
		return lacks("items")
	case hasItems:
		return writeList(w, kind, items)
	case hasText:
		w.WriteString("<p>" + text + "</p>")
	case hasContent:
		w.WriteString(content)
	}
	return nil
}

// writeList writes a list of texts, or of blocks.
func writeList(w *strings.Builder, kind string, items []any) error {
	tag := "ul"
	if kind == "orderedList" {
		tag = "ol"
	}
	w.WriteString("<" + tag + ">")
	for _, item := range items {
		w.WriteString("<li>")
		switch item := item.(type) {
		case string:
			w.WriteString(item)
		case map[string]any:
			if err := write(w, item); err != nil {
				return err
			}
		default:
			return lectern.Invalidf("json_blocks", "items in json_blocks must be texts or blocks")
		}
		w.WriteString("</li>")
	}
	w.WriteString("</" + tag + ">")
	return nil
}
