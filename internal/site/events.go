package site

import "lectern"

// A topic is what kept pages depend on and events touch.
type topic struct {
	workspace lectern.WorkspaceID
	noun      string
}

// A page shows much beside its own text: topics, neighbours, related articles,
// authors. So all pages of a workspace depend on its content as a whole, and a
// change of any ends them all; a page is made anew in less time than it takes
// to find out which ones a change left alone.
const (
	aboutContent     = "content"
	aboutHelpCenters = "help centers" // of every workspace: found before it is known
)

// unseen are the kinds of events that change nothing on any page.
var unseen = map[lectern.EventKind]bool{
	lectern.TeamCreated: true, lectern.TeamUpdated: true, lectern.AdminAwayChanged: true,
	lectern.TokenCreated: true, lectern.TokenRevoked: true,
	lectern.TagCreated: true, lectern.TagUpdated: true, lectern.TagDeleted: true, lectern.TagApplied: true, lectern.TagRemoved: true,
	lectern.FolderCreated: true, lectern.FolderUpdated: true, lectern.FolderDeleted: true,
	lectern.InternalArticleCreated: true, lectern.InternalArticleUpdated: true, lectern.InternalArticleDeleted: true,
	lectern.ImportSourceCreated: true, lectern.ImportSourceUpdated: true, lectern.ImportSourceDeleted: true,
	lectern.ExternalPageCreated: true, lectern.ExternalPageUpdated: true, lectern.ExternalPageDeleted: true,
	lectern.SnippetCreated: true, lectern.SnippetUpdated: true, lectern.SnippetDeleted: true,
	lectern.BulkActionCreated: true, lectern.BulkActionFinished: true,
}

// touch ends the pages that events changed.
func (s *Site) touch(events []lectern.Event) {
	for _, e := range events {
		switch e.Kind {
		case lectern.WorkspaceCreated, lectern.HelpCenterCreated, lectern.HelpCenterUpdated:
			s.stamps.Move(topic{noun: aboutHelpCenters}, topic{e.Workspace, aboutContent})
		default:
			if !unseen[e.Kind] {
				s.stamps.Move(topic{e.Workspace, aboutContent})
			}
		}
	}
}

// stampOf is what the pages that a call may lead to depend on, besides the help
// center itself, which is part of their key.
func (s *Site) stampOf(c *call) uint64 {
	return s.stamps.Of(topic{c.house.workspace, aboutContent})
}
