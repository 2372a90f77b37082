// Package rest_test holds the server to its contract: internal/fidelity sends a
// server of this build every request of its cases, in every version served, and
// nothing may differ.
package rest_test

import (
	"os"
	"testing"

	"lectern/internal/fidelity"
)

func TestTheServerKeepsItsContract(t *testing.T) {
	const published = "../../../shared/contract"
	var o fidelity.Options
	t.Run("published descriptions", func(t *testing.T) {
		if _, err := os.Stat(published); err != nil {
			t.Skip("Intercom's descriptions do not lie beside the checkout: answers are judged by our own alone")
		}
		o.Descriptions = published
	})
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
