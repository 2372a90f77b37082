//go:build !unix

package growth

import "time"

var begun = time.Now()

// spent returns the time that has passed: what a process used is asked for
// differently here.
func spent() time.Duration { return time.Since(begun) }
