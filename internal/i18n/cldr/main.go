// The cldr command reads the facts about Lectern's locales that package i18n
// needs out of Unicode's locale data (CLDR) and writes them as one small file.
//
// It wants the folder in which npm has put cldr-dates-full, cldr-numbers-full,
// cldr-localenames-full and cldr-misc-full, all of one version:
//
//	go run ./internal/i18n/cldr node_modules > internal/i18n/cldr.json
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"lectern"
)

// source names CLDR's data of a locale where the name is not our own. English
// is dated the way most readers outside one country write it, "12 November
// 2026", which nobody misreads.
var source = map[lectern.Locale]string{
	"en": "en-GB", "pt": "pt-PT", "pt-BR": "pt", "zh-CN": "zh", "zh-TW": "zh-Hant",
}

// Facts are what CLDR says about a locale.
type Facts struct {
	Dir       string                    `json:"dir"`       // "ltr" or "rtl"
	Date      string                    `json:"date"`      // CLDR's long pattern
	Months    []string                  `json:"months"`    // as they stand in a date
	Group     string                    `json:"group"`     // between thousands
	Grouping  int                       `json:"grouping"`  // digits before the first group, at least
	List      map[string]string         `json:"list"`      // patterns: 2, start, middle, end
	Languages map[lectern.Locale]string `json:"languages"` // what it calls the others
}

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "cldr:", err)
		os.Exit(1)
	}
}

func run(args []string, w io.Writer) error {
	if len(args) != 1 {
		return fmt.Errorf("name the folder that holds the cldr packages")
	}
	all := map[lectern.Locale]Facts{}
	for _, l := range lectern.Locales {
		f, err := read(args[0], l)
		if err != nil {
			return fmt.Errorf("%s: %w", l, err)
		}
		all[l] = f
	}
	return write(w, all)
}

// write puts one locale on a line, so that a change reads well.
func write(w io.Writer, all map[lectern.Locale]Facts) error {
	out := bufio.NewWriter(w)
	for i, l := range slices.Sorted(maps.Keys(all)) {
		line, err := json.Marshal(all[l])
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%s%q: %s", map[bool]string{true: "{\n", false: ",\n"}[i == 0], l, line)
	}
	fmt.Fprint(out, "\n}\n")
	return out.Flush()
}

func read(root string, l lectern.Locale) (Facts, error) {
	name := string(l)
	if s := source[l]; s != "" {
		name = s
	}
	r := reader{root: root, name: name}
	f := Facts{
		Dir:       "ltr",
		Date:      r.text("dates", "ca-gregorian", "dates", "calendars", "gregorian", "dateFormats", "long"),
		Group:     r.text("numbers", "numbers", "numbers", "symbols-numberSystem-latn", "group"),
		List:      map[string]string{},
		Languages: map[lectern.Locale]string{},
	}
	if r.text("misc", "layout", "layout", "orientation", "characterOrder") == "right-to-left" {
		f.Dir = "rtl"
	}
	for m := range 12 {
		f.Months = append(f.Months,
			r.text("dates", "ca-gregorian", "dates", "calendars", "gregorian", "months", "format", "wide", strconv.Itoa(m+1)))
	}
	f.Grouping, _ = strconv.Atoi(r.text("numbers", "numbers", "numbers", "minimumGroupingDigits"))
	for _, p := range []string{"2", "start", "middle", "end"} {
		f.List[p] = r.text("misc", "listPatterns", "listPatterns", "listPattern-type-standard", p)
	}
	for _, other := range lectern.Locales {
		// Vietnamese has "Tiếng Đức" in a menu, "tiếng Đức" in a sentence.
		f.Languages[other] = strings.Replace(r.language(other), "Tiếng ", "tiếng ", 1)
	}
	return f, r.err
}

// A reader reads the files of one locale. It keeps the first error.
type reader struct {
	root, name string
	files      map[string]any
	err        error
}

// text is the string at the end of steps in a file of a package; "" if there
// is none, which is an error that the reader keeps.
func (r *reader) text(pkg, file string, steps ...string) string {
	s, ok := r.find(pkg, file, steps...)
	if !ok && r.err == nil {
		r.err = fmt.Errorf("no %v in %s of cldr-%s-full", steps, file, pkg)
	}
	return s
}

func (r *reader) find(pkg, file string, steps ...string) (string, bool) {
	path := filepath.Join(r.root, "cldr-"+pkg+"-full", "main", r.name, file+".json")
	if r.files[path] == nil {
		data, err := os.ReadFile(path)
		var v any
		if err == nil {
			err = json.Unmarshal(data, &v)
		}
		if err != nil {
			r.err = err
			return "", false
		}
		if r.files == nil {
			r.files = map[string]any{}
		}
		r.files[path] = v
	}
	at := r.files[path]
	for _, step := range append([]string{"main", r.name}, steps...) {
		m, _ := at.(map[string]any)
		at = m[step]
	}
	s, ok := at.(string)
	return s, ok
}

// regional are the locales that CLDR names by language and script or country,
// where it has no name of one word for them.
var regional = map[lectern.Locale]struct{ whole, base, kind, part string }{
	"pt-BR": {"pt-BR", "pt", "territories", "BR"},
	"zh-CN": {"zh-Hans", "zh", "scripts", "Hans"},
	"zh-TW": {"zh-Hant", "zh", "scripts", "Hant"},
}

// language is what r's locale calls another.
func (r *reader) language(l lectern.Locale) string {
	const pkg, file, names = "localenames", "languages", "localeDisplayNames"
	x, split := regional[l]
	if !split {
		return r.text(pkg, file, names, "languages", string(l))
	}
	if s, ok := r.find(pkg, file, names, "languages", x.whole); ok && l != "pt-BR" {
		return s
	}
	return r.text(pkg, file, names, "languages", x.base) +
		" (" + r.text(pkg, x.kind, names, x.kind, x.part) + ")"
}
