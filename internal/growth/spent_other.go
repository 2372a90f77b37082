//go:build !unix

package growth

import "time"

var begun = time.Now()

// Spent returns the time that has passed: what a process used is asked for
// differently here.
func Spent() time.Duration { return time.Since(begun) }
