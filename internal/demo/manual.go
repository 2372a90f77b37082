package demo

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"lectern"
	"lectern/internal/apiversion"
	"lectern/internal/richtext"
)

//go:embed manual bicycles
var files embed.FS

// original is the locale the manual is whole in.
const original lectern.Locale = "en"

// about is the file that names the collection it lies in.
const about = "collection.md"

// A manual is what the embedded files say, in the order of their paths, which
// puts a collection before what is in it.
type manual struct {
	collections []page
	articles    []page
}

// A page is a collection or an article in every locale it is written in. Its
// path is relative to the locale's folder; a collection's is its folder's.
type page struct {
	path  string
	texts map[lectern.Locale]text
}

// A text is one file: its header and the Markdown below it.
type text struct {
	title       string
	description string
	icon        string // of a collection, in the original
	author      string // of an article, in the original; empty for who loads it
	markdown    string
	stored      bool // it is HTML as it is stored, no Markdown
}

// parent is the path of the collection the page is in; "." at the top level.
func (p page) parent() string { return path.Dir(p.path) }

// key is what links call an article: its file's name without number and ending.
func (p page) key() string {
	_, key, _ := strings.Cut(strings.TrimSuffix(path.Base(p.path), path.Ext(p.path)), "-")
	return key
}

// article finds an article by its key.
func (m *manual) article(key string) (page, bool) {
	i := slices.IndexFunc(m.articles, func(p page) bool { return p.key() == key })
	if i < 0 {
		return page{}, false
	}
	return m.articles[i], true
}

// readTree reads the embedded manual under root. Pages not written in locale get
// their English text for it.
func readTree(root string, locale lectern.Locale) (*manual, error) {
	collections, articles := map[string]page{}, map[string]page{}
	err := fs.WalkDir(files, root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		dir, rel, _ := strings.Cut(strings.TrimPrefix(name, root+"/"), "/")
		if dir == pictureFolder {
			return nil
		}
		l, ok := lectern.ParseLocale(dir)
		if !ok {
			return fmt.Errorf("%s: %q is no locale", name, dir)
		}
		data, err := files.ReadFile(name)
		if err != nil {
			return err
		}
		t, err := parseText(string(data))
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		t.stored = path.Ext(rel) == ".html"
		if path.Base(rel) == about {
			put(collections, path.Dir(rel), l, t)
		} else {
			put(articles, rel, l, t)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the manual: %w", err)
	}
	m := &manual{collections: inOrder(collections), articles: inOrder(articles)}
	for _, p := range slices.Concat(m.collections, m.articles) {
		if _, ok := p.texts[locale]; !ok {
			p.texts[locale] = p.texts[original]
		}
	}
	return m, nil
}

// put adds one locale's text to the page at path.
func put(pages map[string]page, path string, l lectern.Locale, t text) {
	p, ok := pages[path]
	if !ok {
		p = page{path: path, texts: map[lectern.Locale]text{}}
		pages[path] = p
	}
	p.texts[l] = t
}

// inOrder lists pages by path.
func inOrder(pages map[string]page) []page {
	var list []page
	for _, path := range slices.Sorted(maps.Keys(pages)) {
		list = append(list, pages[path])
	}
	return list
}

// changes lists what each version of the API changed, newest first: the manual
// says what the code does.
func changes() string {
	var b strings.Builder
	for _, v := range apiversion.Versions {
		if len(v.Changes) == 0 {
			continue
		}
		fmt.Fprintf(&b, "### %s\n\n", v.Name)
		for _, c := range v.Changes {
			fmt.Fprintf(&b, "- %s\n", c.About)
		}
		b.WriteByte('\n')
	}
	return strings.TrimSpace(b.String())
}

// parseText reads a file: lines "title: …" and "description: …", of a collection
// also "icon: …", of an article "author: …", an empty line, then its text, in
// which {changes} stands for what the API's versions changed.
func parseText(s string) (text, error) {
	header, markdown, _ := strings.Cut(s, "\n\n")
	t := text{markdown: strings.Replace(strings.TrimSpace(markdown), "{changes}", changes(), 1)}
	for line := range strings.Lines(header) {
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch name {
		case "title":
			t.title = value
		case "description":
			t.description = value
		case "icon":
			t.icon = value
		case "author":
			t.author = value
		default:
			return text{}, fmt.Errorf("unknown header line %q", strings.TrimSpace(line))
		}
	}
	if t.title == "" || t.description == "" {
		return text{}, fmt.Errorf("the header needs a title and a description")
	}
	return t, nil
}

// What stands for an address in a text: the target of a link to another article,
// in Markdown and in HTML, and a picture.
var (
	link       = regexp.MustCompile(`\]\(article:([^)]*)\)`)
	storedLink = regexp.MustCompile(`href="article:([^"]*)"`)
	pictured   = regexp.MustCompile(`{picture:([^}]*)}`)
)

// html returns the body of the article. address says where the article of a
// key is read, picture where the picture of a name is.
func (t text) html(address, picture func(name string) (string, error)) (string, error) {
	var failed error
	fill := func(text string, find *regexp.Regexp, before, after string, with func(string) (string, error)) string {
		return find.ReplaceAllStringFunc(text, func(s string) string {
			to, err := with(find.FindStringSubmatch(s)[1])
			if err != nil {
				failed = err
			}
			return before + to + after
		})
	}
	s := fill(t.markdown, link, "](", ")", address)
	s = fill(s, storedLink, `href="`, `"`, address)
	s = fill(s, pictured, "", "", picture)
	if failed != nil {
		return "", failed
	}
	if t.stored {
		return richtext.Clean(s)
	}
	return richtext.FromMarkdown(s)
}
