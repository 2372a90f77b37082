package site

import "lectern"

// touch ends the pages that events changed.
func (s *Site) touch(events []lectern.Event) {
	for i := range events {
		s.stamps.Move(events[i].Touches()...)
	}
}

// stampOf is what the pages that a call may lead to depend on, besides the help
// center itself, which is part of their key.
func (s *Site) stampOf(c *call) uint64 {
	return s.stamps.Of(lectern.About(c.center.workspace, lectern.AboutPages))
}
