// Package meaning lets a search find texts that mean what is asked for in other
// words. The program has no model for that: an operator may bring one, as a
// service that makes a list of numbers, a vector, of a text. Texts that mean
// alike have vectors in about the same direction.
//
// [Client] asks such a service; [Space] keeps vectors in memory and finds those
// near another. The package knows no SQL: internal/store keeps the vectors
// beside the texts, has missing ones made in the background, and joins both
// rankings. Without a service nothing of this runs.
package meaning

import (
	"context"
	"errors"
)

// An Embedder makes vectors of texts.
type Embedder interface {
	// Model names what makes the vectors: those of different models cannot be
	// compared.
	Model() string
	// Embed returns the vector of each text. All have the same length, which is
	// above zero. It returns ErrRefused, wrapped, if one of the texts is at fault.
	Embed(ctx context.Context, texts []string) ([][]float32, error)
}

// ErrRefused says that a service does not take a text: asking again is of no use.
var ErrRefused = errors.New("the service refuses the text")
