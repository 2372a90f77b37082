package fidelity

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
)

// Matrix writes the report for a terminal: a line for each operation, a column
// for each version, then what differs, then the score as the last line.
func (r *Report) Matrix() []byte {
	var b bytes.Buffer
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "operation\t%s\n", strings.Join(r.Versions, "\t"))
	notes := r.notes()
	for _, operation := range r.Operations {
		fmt.Fprint(t, operation)
		for _, version := range r.Versions {
			fmt.Fprintf(t, "\t%s", r.word(operation, version, notes))
		}
		fmt.Fprintln(t)
	}
	t.Flush()
	for i, note := range notes {
		fmt.Fprintf(&b, "\n#%d %s\n", i+1, note)
	}
	for _, problem := range r.Problems {
		fmt.Fprintf(&b, "\n%s\n", problem)
	}
	fmt.Fprintf(&b, "\n%s\n", r.judges())
	fmt.Fprintf(&b, "\n%s\n", r.Score())
	return b.Bytes()
}

// Markdown writes the report as the page that is kept in the repository. It says
// nothing that another run of the same build would say differently.
func (r *Report) Markdown() []byte {
	var b bytes.Buffer
	passed, all := r.Count()
	fmt.Fprintf(&b, `# Fidelity

What this build does of Intercom's knowledge API, operation by operation and version by version: %d of %d.
Every operation is sent good and bad requests in every version that has it. Status, headers, body and errors of each
answer are held against Lectern's own description of that version and against recorded behaviour; where Intercom's
published descriptions are at hand, against these as well, which the command says. Where those disagree, [deviations.txt](../internal/fidelity/deviations.txt) says what was followed and why.

A check mark: every answer is as it must be. 501: the version has the operation and this build does not yet. Nothing: the
version does not have it, and says so. What is under `+"`/lectern/`"+` is Lectern's own and does not count.

Made by `+"`go run ./cmd/fidelity --markdown docs/fidelity.md`"+`; a test keeps it true.

| operation | %s |
|---|%s
`, passed, all, strings.Join(r.Versions, " | "), strings.Repeat(":-:|", len(r.Versions)))
	notes := r.notes()
	for _, operation := range r.Operations {
		fmt.Fprintf(&b, "| `%s` |", operation)
		for _, version := range r.Versions {
			word := r.word(operation, version, notes)
			switch State(word) {
			case Pass:
				word = "✓"
			case Absent:
				word = ""
			}
			fmt.Fprintf(&b, " %s |", word)
		}
		b.WriteByte('\n')
	}
	if len(notes) > 0 {
		b.WriteString("\n## What differs\n\n")
	}
	for i, note := range notes {
		fmt.Fprintf(&b, "- **#%d** %s\n", i+1, note)
	}
	return b.Bytes()
}

// judges says which descriptions answers were held against.
func (r *Report) judges() string {
	if r.Descriptions == "" {
		return "NOT JUDGED by Intercom's published descriptions, which were not given: by Lectern's own and the cases alone."
	}
	return "Judged by Intercom's published descriptions in " + r.Descriptions + ", by Lectern's own and by the cases."
}

// word is what stands for a cell: its state, or the number of the note that
// says how it differs.
func (r *Report) word(operation, version string, notes []string) string {
	c := r.Cell(operation, version)
	if c == nil {
		return ""
	}
	if len(c.Differences) > 0 {
		return fmt.Sprintf("#%d", 1+slices.Index(notes, c.note()))
	}
	return string(c.State)
}

// notes lists the first difference of every cell that has any, once.
func (r *Report) notes() []string {
	var notes []string
	for _, operation := range r.Operations {
		for _, version := range r.Versions {
			c := r.Cell(operation, version)
			if c != nil && len(c.Differences) > 0 && !slices.Contains(notes, c.note()) {
				notes = append(notes, c.note())
			}
		}
	}
	return notes
}

// note says the first difference of a cell in one line.
func (c *Cell) note() string {
	d := c.Differences[0]
	return fmt.Sprintf("%s, %s: %s", c.Operation, d.Case, d.What)
}
