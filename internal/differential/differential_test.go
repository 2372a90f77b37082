package differential_test

import (
	"fmt"
	"testing"
)

// seeds are how many stories are told; each is the same in every run.
const seeds = 4

func TestBothDatabasesAnswerTheSame(t *testing.T) {
	for seed := range uint64(seeds) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			s := newStory(newTwin(t), seed)
			for range 200 {
				s.step()
				s.read()
				s.read()
			}
			s.all()
			if len(s.worked) < 24 {
				t.Errorf("only these changes were made: %v", s.worked)
			}
		})
	}
}
