package richtext

import (
	"context"
	"errors"
	"strings"
	"testing"

	"lectern"
)

func TestMarkdownBeyondItsBoundsIsText(t *testing.T) {
	for name, x := range map[string]struct{ in, tag, text string }{
		"stars without end":      {repeat("*a ", 5000), "<i>", "*a"},
		"brackets":               {repeat("[a](", 5000), "<a ", "[a]("},
		"an address of brackets": {"[a](" + repeat("(", 33) + repeat(")", 33) + ")", "<a ", "[a](("},
		"a wide header":          {repeat("|a", 3000) + "|\n" + repeat("|-", 3000) + "|\n" + repeat("|b\n", 3000), "<table", "|b"},
	} {
		body, err := FromMarkdown(x.in)
		if err != nil || !strings.Contains(Text(body), x.text) || len(body) > 16*len(x.in)+64<<10 {
			t.Errorf("%s: %d bytes, %v: %.300s", name, len(body), err, body)
		}
		if n := strings.Count(body, x.tag); n > 100 {
			t.Errorf("%s: %d %s", name, n, x.tag)
		}
	}
	body, err := FromMarkdown("[a](" + repeat("(", 32) + repeat(")", 32) + ")\n\n" + repeat("*a* ", 400) + "`b``c`\n\n|a|\n|-|\n|`b\\|c`|")
	if err != nil || !strings.Contains(body, "<a ") || strings.Count(body, "<i>") != 400 || !strings.Contains(body, "<code>b``c</code>") ||
		!strings.Contains(body, "<code>b|c</code>") {
		t.Errorf("within its bounds: %v, %.300s", err, body)
	}
}

func TestMarkdownNestedTooDeepIsRefused(t *testing.T) {
	for _, in := range []string{repeat(">", 500) + "a", repeat("- ", 500) + "a", repeat("1. ", 300) + "a"} {
		_, err := FromMarkdown(in)
		var refusal *lectern.Error
		if !errors.As(err, &refusal) || refusal.Text != "body_markdown is nested deeper than 200 levels" {
			t.Errorf("%.20s: %v", in, err)
		}
	}
	if body, err := FromMarkdown(repeat("> ", 150) + "a"); err != nil || strings.Count(body, "<blockquote>") != 150 {
		t.Errorf("150 levels: %v", err)
	}
}

func TestManyDefinitionsDefine(t *testing.T) {
	var in strings.Builder
	for range 1000 {
		in.WriteString("[a]: /x\n")
	}
	in.WriteString("[b]: /y\ntext [b]\n" + repeat("[a]\n", 300))
	body, err := FromMarkdown(in.String())
	if err != nil || strings.Count(body, "<p ") != 1 || strings.Count(body, `href="/x"`) != 300 || strings.Count(body, `href="/y"`) != 1 {
		t.Errorf("%v: %.300s", err, body)
	}
}

func TestALongDefinitionIsNotRepeatedForEver(t *testing.T) {
	_, err := FromMarkdown("[a]: /" + repeat("b", 50_000) + "\n\n" + repeat("[a] ", 20_000))
	var refusal *lectern.Error
	if !errors.As(err, &refusal) || refusal.Field != "body_markdown" {
		t.Errorf("%v", err)
	}
}

func TestNobodyWaitsForMarkdown(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (Cleaner{}).FromMarkdown(ctx, repeat("*a* [b](c)\n\n", 1000)); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want that it was cancelled", err)
	}
}
