// Package rest_test holds the server to its contract: internal/fidelity sends a
// server of this build every request of its cases, in every version served, and
// nothing may differ.
package rest_test

import (
	"testing"

	"lectern/internal/fidelity"
	"lectern/internal/testshared"
)

func TestTheServerKeepsItsContract(t *testing.T) {
	var o fidelity.Options
	if testing.Short() {
		o.Versions = []string{"2.7", "2.11", "Preview"}
	}
	keepsContract(t, o)
}

func TestTheServerKeepsThePublishedContract(t *testing.T) {
	keepsContract(t, fidelity.Options{Descriptions: testshared.Need(t, "contract")})
}

func keepsContract(t *testing.T, o fidelity.Options) {
	report, err := fidelity.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range report.Problems {
		t.Error(problem)
	}
	for _, c := range report.Cells {
		t.Run(c.Version+" "+c.Operation, func(t *testing.T) {
			for _, d := range c.Differences {
				t.Errorf("%s: %s\n%s", d.Case, d.What, d.Exchange)
			}
			for _, s := range c.Skipped {
				t.Log("not tried: ", s)
			}
		})
	}
	t.Log(report.Score())
}
