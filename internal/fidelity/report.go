package fidelity

import "fmt"

// A State is what becomes of an operation in a version.
type State string

// The states of a cell.
const (
	Pass    State = "pass"    // every case was answered as it must be
	Unbuilt State = "501"     // the version has it, the server says that it does not
	Absent  State = "absent"  // the version does not have it
	Differs State = "differs" // an answer is not as it must be
	Untried State = "untried" // it changes something on a server that must not be changed
)

// A Cell is an operation in a version.
type Cell struct {
	Version   string
	Operation string // "GET /articles/{id}", every parameter called {id}
	Own       bool   // it is ours to add, and does not count
	State     State
	// Differences are all ways in which an answer is not as it must be. An absent
	// operation has some if it is there nevertheless.
	Differences []Difference
	Skipped     []string // cases that could not be sent, and why
}

// A Difference is one way in which an answer is not as it must be.
type Difference struct {
	Case     string // name of the case, or what was looked at
	What     string
	Exchange string // request and answer; may be empty
}

func (c *Cell) differ(name, what string, x *exchange) {
	d := Difference{Case: name, What: what}
	if x != nil {
		d.Exchange = x.String()
	}
	c.Differences = append(c.Differences, d)
}

// A Report is what was seen of a server.
type Report struct {
	Operations []string // looked at, plain and by path
	Versions   []string // looked at, oldest first
	Cells      []*Cell  // in the order of versions and cases
	// Descriptions is the folder of the published descriptions that answers were
	// held against; empty if there was none.
	Descriptions string
	// Problems are what is wrong apart from any one operation: surfaces that
	// disagree, things that cannot be made, deviations that nothing needs.
	Problems []string
}

// Cell finds the cell of an operation in a version.
func (r *Report) Cell(operation, version string) *Cell {
	for _, c := range r.Cells {
		if c.Operation == operation && c.Version == version {
			return c
		}
	}
	return nil
}

// Count returns how many cells pass, out of those of the published surface.
func (r *Report) Count() (passed, all int) {
	for _, c := range r.Cells {
		if c.State != Absent && !c.Own {
			all++
		}
		if c.State == Pass && !c.Own {
			passed++
		}
	}
	return passed, all
}

// Score says Count as the last line of a report.
func (r *Report) Score() string {
	passed, all := r.Count()
	return fmt.Sprintf("fidelity: %d/%d", passed, all)
}

// Perfect reports whether everything passes and nothing else is wrong.
func (r *Report) Perfect() bool {
	for _, c := range r.Cells {
		if len(c.Differences) > 0 || c.State != Pass && c.State != Absent {
			return false
		}
	}
	return len(r.Problems) == 0
}
