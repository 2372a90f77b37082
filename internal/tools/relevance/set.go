package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"lectern"
)

// A document is a line of corpus.jsonl.
type document struct {
	ID, Group   string
	Locale      lectern.Locale
	Title       string
	Description string
	Body        string `json:"body_html"`
}

// A question is a line of queries.jsonl. Those of a group mean the same.
type question struct {
	ID, Group, Text string
	Locale          lectern.Locale
}

// A set is documents, questions and how well the ones answer the others.
type set struct {
	name      string
	documents []document
	questions []question
	grades    map[string]map[string]float64 // by question and document
}

// readSets reads a set's folder, or every set in a folder of them.
func readSets(dir, split string, locale lectern.Locale) ([]*set, error) {
	dirs := []string{dir}
	if files, err := corpora(dir, locale); err != nil || len(files) == 0 {
		if err != nil {
			return nil, err
		}
		if dirs, err = filepath.Glob(filepath.Join(dir, "*")); err != nil {
			return nil, err
		}
		dirs = slices.DeleteFunc(dirs, func(dir string) bool {
			files, err := corpora(dir, "")
			return err != nil || len(files) == 0
		})
	}
	if len(dirs) == 0 {
		return nil, fmt.Errorf("%s has no corpus.jsonl.gz, nor has any folder in it", dir)
	}
	var sets []*set
	for _, dir := range dirs {
		s, err := readSet(dir, split, locale)
		if err != nil {
			return nil, err
		}
		sets = append(sets, s)
	}
	return sets, nil
}

// corpora are the files with the documents of a set: corpus.jsonl.gz, or
// corpus.LOCALE.jsonl.gz for each locale, of which only the one asked for is
// read.
func corpora(dir string, locale lectern.Locale) ([]string, error) {
	name := filepath.Join(dir, "corpus.jsonl.gz")
	if _, err := os.Stat(name); err == nil {
		return []string{name}, nil
	}
	if locale == "" {
		locale = "*"
	}
	return filepath.Glob(filepath.Join(dir, "corpus."+string(locale)+".jsonl.gz"))
}

func readSet(dir, split string, locale lectern.Locale) (s *set, err error) {
	if split != "" {
		split = "." + split
	}
	s = &set{name: filepath.Base(dir), grades: map[string]map[string]float64{}}
	files, err := corpora(dir, locale)
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		list, err := readLines[document](name)
		if err != nil {
			return nil, err
		}
		s.documents = append(s.documents, list...)
	}
	if s.questions, err = readLines[question](filepath.Join(dir, "queries"+split+".jsonl")); err != nil {
		return nil, err
	}
	if err := s.readGrades(filepath.Join(dir, "qrels"+split+".tsv")); err != nil {
		return nil, err
	}
	if s.translated() { // an article has only our languages
		s.documents = slices.DeleteFunc(s.documents, func(d document) bool { return !slices.Contains(lectern.Locales, d.Locale) })
		s.questions = slices.DeleteFunc(s.questions, func(q question) bool { return !slices.Contains(lectern.Locales, q.Locale) })
	}
	if locale != "" {
		s.documents = slices.DeleteFunc(s.documents, func(d document) bool { return d.Locale != locale })
		s.questions = slices.DeleteFunc(s.questions, func(q question) bool { return q.Locale != locale })
	}
	return s, nil
}

// readGrades reads lines of question, 0, document and grade.
func (s *set) readGrades(name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(f) != 4 {
			return fmt.Errorf("%s: %q is no judgment", name, line)
		}
		grade, err := strconv.ParseFloat(f[3], 64)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if s.grades[f[0]] == nil {
			s.grades[f[0]] = map[string]float64{}
		}
		s.grades[f[0]][f[2]] = grade
	}
	return nil
}

// translated tells whether documents of a group are one article in several
// languages.
func (s *set) translated() bool {
	return !slices.ContainsFunc(s.documents, func(d document) bool { return d.Group == "" }) &&
		slices.ContainsFunc(s.documents, func(d document) bool { return d.Locale != s.documents[0].Locale })
}

// readLines reads a file of JSON lines, plain or gzip. A plain file with the
// name of a gzip one says where that is.
func readLines[T any](name string) ([]T, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			link, readErr := os.ReadFile(name)
			to := filepath.Join(filepath.Dir(name), strings.TrimSpace(string(link)))
			if readErr != nil || to == name || !strings.HasSuffix(to, ".gz") {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			return readLines[T](to)
		}
	}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 64<<20)
	var list []T
	for lines.Scan() {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		list = append(list, v)
	}
	return list, lines.Err()
}
