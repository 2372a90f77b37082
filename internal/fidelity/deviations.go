package fidelity

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"lectern/internal/apiversion"
)

//go:embed deviations.txt
var deviationsText string

// A deviation is a place where the server rightly does not do what Intercom's
// published description says.
type deviation struct {
	versions  []string // none means every one
	operation string   // empty for every one
	rule      string   // of a finding; one that ends with * is of all that begin so
	line      string
	due, used bool // a case that could need it ran; one did need it
}

// covers reports whether the deviation is about an operation in a version.
func (d *deviation) covers(version, operation string) bool {
	return (d.operation == "" || d.operation == operation) && (d.versions == nil || slices.Contains(d.versions, version))
}

type deviations []*deviation

// readDeviations reads the list: a line each of versions, operation (or *),
// rule and reason, between bars. Versions are * or names and ranges: 2.11,
// ..2.9, 2.12..2.15, 2.16.. . A line that begins with # is a remark.
func readDeviations() (deviations, error) {
	var list deviations
	for line := range strings.Lines(deviationsText) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		parts := strings.Split(line, "|")
		if len(parts) != 4 || strings.TrimSpace(parts[3]) == "" {
			return nil, fmt.Errorf("deviations.txt: %q is not versions | operation | rule | reason", line)
		}
		d := &deviation{rule: strings.TrimSpace(parts[2]), line: line}
		for _, part := range strings.Fields(parts[0]) {
			names, err := versionsIn(part)
			if err != nil {
				return nil, fmt.Errorf("deviations.txt: %q: %w", line, err)
			}
			d.versions = append(d.versions, names...)
		}
		if operation := strings.TrimSpace(parts[1]); operation != "*" {
			d.operation = plain(operation)
		}
		list = append(list, d)
	}
	return list, nil
}

// versionsIn lists the versions that a word of the first column stands for;
// none at all for *.
func versionsIn(word string) ([]string, error) {
	if word == "*" {
		return nil, nil
	}
	var names []string
	for _, v := range slices.Backward(apiversion.Versions) {
		names = append(names, v.Name)
	}
	first, last, isRange := strings.Cut(word, "..")
	if !isRange {
		last = first
	}
	from, to := 0, len(names)-1
	if first != "" {
		from = slices.Index(names, first)
	}
	if last != "" {
		to = slices.Index(names, last)
	}
	if from < 0 || to < from {
		return nil, fmt.Errorf("%s is no range of versions", word)
	}
	return names[from : to+1], nil
}

// ran notes that all cases of an operation ran in a version.
func (list deviations) ran(version, operation string) {
	for _, d := range list {
		d.due = d.due || d.covers(version, operation)
	}
}

// explain reports whether a deviation explains a finding, and notes that it
// was needed.
func (list deviations) explain(version, operation, rule string) bool {
	explained := false
	for _, d := range list {
		begin, isBegin := strings.CutSuffix(d.rule, "*")
		if (d.rule == rule || isBegin && strings.HasPrefix(rule, begin)) && d.covers(version, operation) {
			d.used, explained = true, true
		}
	}
	return explained
}

// unused tells of the deviations that no case needed.
func (list deviations) unused() []string {
	var lines []string
	for _, d := range list {
		if d.due && !d.used {
			lines = append(lines, "no case needs this deviation: "+d.line)
		}
	}
	return lines
}
