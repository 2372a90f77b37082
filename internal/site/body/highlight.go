package body

import (
	"embed"
	"io/fs"
	"strings"
	"sync"
	"time"

	"github.com/alecthomas/chroma/v2"
)

// The grammars are Chroma's, under the licence in grammar/COPYING. We take
// those that help centers need: all of them would add 3.6 MB to the program.
// TestGrammarsAreThoseOfChroma compares them and, with -update, writes them.
//
//go:embed grammar/*.xml
var grammars embed.FS

// languages returns the languages we colour, by their names in lower case.
var languages = sync.OnceValue(func() map[string]chroma.Lexer {
	known := map[string]chroma.Lexer{}
	registry := chroma.NewLexerRegistry() // where a language finds one that it embeds
	paths, _ := fs.Glob(grammars, "grammar/*.xml")
	for _, path := range paths {
		lexer, err := chroma.NewXMLLexer(grammars, path)
		if err != nil { // a test reads them all
			continue
		}
		registry.Register(lexer)
		for _, name := range append(lexer.Config().Aliases, lexer.Config().Name) {
			known[strings.ToLower(name)] = lexer
		}
	}
	return known
})

const (
	// maxColored is the longest code that is coloured, in bytes, and maxEffort
	// how long a body's code may take. Grammars are regular expressions of the
	// kind that can go astray, so code is coloured as far as the time lasts. Code
	// people write takes a few milliseconds for a kilobyte.
	maxColored = 16 << 10
	maxEffort  = 250 * time.Millisecond
)

// budget is the time that is spent on colouring a body's code.
type budget struct{ spent time.Duration }

// colored writes code with the four classes of the design: k for words of the
// language and names of values, s for text, n for numbers, c for comments.
func (w *writer) colored(name string, language chroma.Lexer, code string) {
	if language == nil || len(code) > maxColored {
		w.fixed(code)
		return
	}
	key := name + "\x00" + code
	markup, ok := recent.get(key)
	if !ok {
		begin := time.Now()
		var whole bool
		markup, whole = color(language, code, begin.Add(maxEffort-w.highlight.spent))
		w.highlight.spent += time.Since(begin)
		if whole {
			recent.put(key, markup)
		}
	}
	w.b.WriteString(markup)
}

// color returns code as markup, coloured up to the deadline, and whether that
// was all of it.
func color(language chroma.Lexer, code string, deadline time.Time) (markup string, whole bool) {
	var b strings.Builder
	rest, class := code, ""
	put := func(next, text string) {
		if next != class && blank(text) {
			next = class // spaces need no colour of their own
		}
		if next != class {
			if class != "" {
				b.WriteString("</span>")
			}
			if class = next; class != "" {
				b.WriteString(`<span class="` + class + `">`)
			}
		}
		_, _ = textEscapes.WriteString(&b, text)
	}
	next := tokens(language, code)
	for rest != "" && time.Now().Before(deadline) {
		token, ok := next()
		if !ok || !strings.HasPrefix(rest, token.Value) { // the line feed it adds at the end
			whole = ok && strings.TrimSuffix(token.Value, "\n") == rest
			if whole {
				put(classOf(token.Type), rest)
				rest = ""
			}
			break
		}
		put(classOf(token.Type), token.Value)
		rest = rest[len(token.Value):]
	}
	whole = whole || rest == ""
	put("", rest)
	if class != "" {
		b.WriteString("</span>")
	}
	return b.String(), whole
}

// tokens returns the tokens of code one by one. The library panics on grammars
// it finds at fault, which is no reason to lose a page.
func tokens(language chroma.Lexer, code string) func() (chroma.Token, bool) {
	iterator, err := language.Tokenise(nil, code)
	return func() (token chroma.Token, ok bool) {
		if err != nil {
			return chroma.EOF, false
		}
		defer func() {
			if recover() != nil {
				token, ok = chroma.EOF, false
			}
		}()
		token = iterator()
		return token, token != chroma.EOF
	}
}

// classOf returns the class for a token, "" for the colour of text.
func classOf(t chroma.TokenType) string {
	switch {
	case t == chroma.NameTag || t == chroma.NameAttribute || t.InCategory(chroma.Keyword) || t == chroma.CommentPreproc:
		return "k"
	case t.InSubCategory(chroma.LiteralString) || t == chroma.GenericInserted:
		return "s"
	case t.InSubCategory(chroma.LiteralNumber) || t == chroma.GenericDeleted:
		return "n"
	case t.InCategory(chroma.Comment) || t == chroma.GenericPrompt || t == chroma.GenericSubheading:
		return "c"
	}
	return ""
}

// recent keeps coloured code, since pages are made again more often than their
// code changes. A cache keeps two generations: what was not asked for while the
// younger filled up goes with the older.
var recent = &cache{limit: 4 << 20}

type cache struct {
	mu         sync.Mutex
	young, old map[string]string
	size       int // of young, in bytes
	limit      int // of a generation
}

func (c *cache) get(key string) (string, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if v, ok := c.young[key]; ok {
		return v, true
	}
	v, ok := c.old[key]
	if ok {
		c.keep(key, v)
	}
	return v, ok
}

func (c *cache) put(key, value string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keep(key, value)
}

// keep adds to the younger generation. The caller holds mu.
func (c *cache) keep(key, value string) {
	if c.young == nil || c.size > c.limit {
		c.old, c.young, c.size = c.young, map[string]string{}, 0
	}
	if _, ok := c.young[key]; !ok {
		c.young[key] = value
		c.size += len(key) + len(value)
	}
}
