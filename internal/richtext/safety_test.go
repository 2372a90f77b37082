package richtext

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// allowedAttrs lists what may be in a clean body, written down independently of
// the code that makes it.
var allowedAttrs = map[string][]string{
	"a": {"href", "target", "class", "title"}, "b": nil, "blockquote": {"dir", "lang"}, "br": nil, "code": {"class"},
	"details": {"open", "dir", "lang"}, "div": {"class", "style", "dir", "lang"}, "hr": nil, "i": nil,
	"h1": {"id", "class", "dir", "lang"}, "h2": {"id", "class", "dir", "lang"}, "h3": {"id", "class", "dir", "lang"},
	"h4": {"id", "class", "dir", "lang"}, "h5": {"id", "class", "dir", "lang"}, "h6": {"id", "class", "dir", "lang"},
	"iframe": {"src", "title", "frameborder", "allowfullscreen"}, "img": {"src", "alt", "title", "width", "height"},
	"kbd": nil, "li": {"value", "dir", "lang"}, "mark": nil, "span": {"id"}, "ol": {"start", "type", "reversed", "dir", "lang"},
	"p": {"class", "dir", "lang"}, "pre": {"dir", "lang"}, "s": nil, "sub": nil, "summary": {"dir", "lang"}, "sup": nil,
	"table": {"role", "dir", "lang"}, "tbody": nil, "td": {"style", "colspan", "rowspan", "scope", "dir", "lang"},
	"th": {"style", "colspan", "rowspan", "scope", "dir", "lang"}, "tr": nil, "u": nil, "ul": {"dir", "lang"},
}

var (
	safeStyle  = regexp.MustCompile(`^(background-color: (#[0-9a-fA-F]{3,8}|[a-zA-Z]+|(?i:rgba?|hsla?)\([0-9., %/deg]+\));)?( ?border-color: (#[0-9a-fA-F]{3,8}|[a-zA-Z]+|(?i:rgba?|hsla?)\([0-9., %/deg]+\));)?$`)
	safeScheme = regexp.MustCompile(`^(https?|mailto|tel|intercom):`)
	anyScheme  = regexp.MustCompile(`^[a-z][a-z0-9+.-]*:`)
	ignorable  = regexp.MustCompile(`[\x00-\x20\x7f\x{a0}\x{2028}\x{2029}]`)
	videoHost  = regexp.MustCompile(`^https://([a-z0-9-]+\.)*(youtube\.com|youtube-nocookie\.com|youtu\.be|vimeo\.com|wistia\.(com|net)|loom\.com|vidyard\.com|stream\.io)(/|\?|#|$)`)
)

// dangers parses a clean body as a browser would and lists what should not be
// in it.
func dangers(body string) []string {
	var found []string
	say := func(what string) { found = append(found, what) }
	for _, n := range parse(body) {
		for n := range n.Descendants() {
			inspect(n, say)
		}
		inspect(n, say)
	}
	return found
}

func inspect(n *html.Node, say func(string)) {
	if n.Type == html.TextNode {
		return
	}
	if n.Type != html.ElementNode || n.Namespace != "" {
		say("a node that is not an HTML element: " + n.Data)
		return
	}
	attrs, ok := allowedAttrs[n.Data]
	if !ok {
		say("<" + n.Data + ">")
	}
	for _, a := range n.Attr {
		if !slices.Contains(attrs, a.Key) {
			say(n.Data + " " + a.Key)
		}
		address := strings.ToLower(ignorable.ReplaceAllString(html.UnescapeString(a.Val), ""))
		switch {
		case a.Key == "style" && !safeStyle.MatchString(a.Val),
			n.Data == "iframe" && a.Key == "src" && !videoHost.MatchString(a.Val),
			(a.Key == "src" || a.Key == "href") && anyScheme.MatchString(address) && !safeScheme.MatchString(address):
			say(n.Data + " " + a.Key + "=" + a.Val)
		}
	}
}

func parse(body string) []*html.Node {
	context := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(body), context)
	if err != nil {
		return []*html.Node{{Type: html.ErrorNode, Data: err.Error()}}
	}
	return nodes
}

// checkStable fails unless a clean body is safe, cleaned already, and means the
// same to a browser as to us.
func checkStable(t *testing.T, body string) {
	t.Helper()
	if found := dangers(body); len(found) > 0 {
		t.Errorf("unsafe: %q in\n%q", found, body)
	}
	again, err := Clean(body)
	if err != nil {
		t.Fatalf("cleaning %q again: %v", body, err)
	}
	if again != body {
		t.Errorf("not stable:\nonce  %q\ntwice %q", body, again)
	}
	if wrote, read := respell(body), serialize(parse(body)); wrote != read {
		t.Errorf("a browser reads it differently:\nwrote %q\nread  %q", wrote, read)
	}
}

// respell writes a body tag by tag as serialize does, without making a tree.
func respell(body string) string {
	var r renderer
	z := html.NewTokenizer(strings.NewReader(body))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return r.b.String()
		case html.TextToken:
			r.text(string(z.Text()))
		case html.EndTagToken:
			r.endTag(z.Token().Data)
		default:
			t := z.Token()
			writeTag(&r, t.Data, t.Attr)
		}
	}
}

// writeTag writes a start tag, its attributes in alphabetical order because the
// parser sorts some.
func writeTag(r *renderer, tag string, attrs []html.Attribute) {
	slices.SortFunc(attrs, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })
	r.b.WriteString("<" + tag)
	for _, a := range attrs {
		r.attr(a.Key, a.Val)
	}
	r.b.WriteString(">")
}

// serialize writes a parsed tree.
func serialize(nodes []*html.Node) string {
	var r renderer
	var write func(n *html.Node)
	write = func(n *html.Node) {
		if n.Type != html.ElementNode {
			r.text(n.Data)
			return
		}
		writeTag(&r, n.Data, n.Attr)
		for c := range n.ChildNodes() {
			write(c)
		}
		if !slices.Contains([]string{"br", "hr", "img"}, n.Data) {
			r.endTag(n.Data)
		}
	}
	for _, n := range nodes {
		write(n)
	}
	return r.b.String()
}

func TestThePolicyKnowsEveryTagTheReaderReads(t *testing.T) {
	for tag := range starts {
		if got := policy.Sanitize("<" + tag + ">"); got != "<"+tag+">" {
			t.Errorf("<%s> becomes %q", tag, got)
		}
	}
	for tag := range inlineTags {
		if got := policy.Sanitize("<" + tag + ">"); got != "<"+tag+">" {
			t.Errorf("<%s> becomes %q", tag, got)
		}
	}
}

func TestTheCheckFindsWhatItLooksFor(t *testing.T) {
	for _, body := range []string{
		"<script>x</script>", `<p onclick="x">a</p>`, `<a href="javascript:x">a</a>`, `<a href="java&#10;script:x">a</a>`,
		`<img src="data:image/svg+xml,x">`, `<iframe src="https://evil.example/"></iframe>`, `<div style="color: red">a</div>`,
		"<svg><b>x</b></svg>", "<form>x</form>", "<!-- x -->",
	} {
		if len(dangers(body)) == 0 {
			t.Errorf("nothing found in %q", body)
		}
	}
}

func TestManyMayCleanAtOnce(t *testing.T) {
	body := article(t)
	want, err := Clean(body)
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if got, err := Clean(body); err != nil || got != want {
				t.Errorf("Clean = %v, and another body than alone", err)
			}
		})
	}
	group.Wait()
}
