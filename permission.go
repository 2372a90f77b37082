package lectern

import "fmt"

// Rights are what an actor may do, one bit for each. Every change, and every
// read of what is not public, names the right it needs: a change where the
// store begins it, a read where a door admits it. Who has which is said here
// alone, as data, and asked by Actor.Can.
type Rights uint32

// The rights.
const (
	MayReadArticles  Rights = 1 << iota // all content: articles, collections, snippets, … drafts included
	MayWriteArticles                    // the same
	MayReadPeople                       // teammates, teams, and what they did
	MayWritePeople
	MayReadTags
	MayWriteTags // to put one on content is to write content
	MayReadRedirects
	MayWriteRedirects
	MayReadSettings // of help centers
	MayWriteSettings
	MaySearchContent // content of every kind at once
	MayActInBulk     // on content
	MayManageTokens
	MayManageWorkspace // its name and region
	MayRunInstallation // what belongs to no one workspace: the search index, a move, a new workspace
	endOfRights
)

// everything is what the installation may do itself.
const everything = endOfRights - 1

// rightNames say what one may do who has a right.
var rightNames = map[Rights]string{
	MayReadArticles:    "read articles and other content",
	MayWriteArticles:   "change articles and other content",
	MayReadPeople:      "read teammates and what they did",
	MayWritePeople:     "change teammates and teams",
	MayReadTags:        "read tags",
	MayWriteTags:       "change tags",
	MayReadRedirects:   "read redirects",
	MayWriteRedirects:  "change redirects",
	MayReadSettings:    "read the settings of help centers",
	MayWriteSettings:   "change the settings of help centers",
	MaySearchContent:   "search content of every kind",
	MayActInBulk:       "change content in bulk",
	MayManageTokens:    "manage access tokens",
	MayManageWorkspace: "change the workspace",
	MayRunInstallation: "run the installation",
}

// A Role is what a teammate is in a workspace.
type Role string

// Owner may do everything in the workspace. Every teammate is one so far.
const Owner Role = "owner"

// roles say what those of each role may do.
var roles = map[Role]Rights{
	Owner: everything &^ MayRunInstallation,
}

// Rights returns what those of the role may do.
func (r Role) Rights() Rights { return roles[r] }

// A Scope is what narrows an access token, as the API spells it.
type Scope string

// The scopes of the operations served. A read_write scope includes its read scope.
const (
	ReadArticles      Scope = "read_articles_scope"
	ReadWriteArticles Scope = "read_write_articles_scope"
	ReadAdmins        Scope = "read_admins_scope"
	ReadWriteAdmins   Scope = "read_write_admins_scope"
	ReadTags          Scope = "read_tags_scope"
	ReadWriteTags     Scope = "read_write_tags_scope"

	ReadRedirects      Scope = "read_help_center_redirects_scope"
	ReadWriteRedirects Scope = "read_write_help_center_redirects_scope"

	// Settings of a help center: its name, address, languages and looks.
	// Lectern's own.
	ReadSettings      Scope = "read_help_center_settings_scope"
	ReadWriteSettings Scope = "read_write_help_center_settings_scope"

	ReadContent  Scope = "read_content"
	WriteContent Scope = "write_content"
)

// Scopes lists every scope.
var Scopes = []Scope{ReadArticles, ReadWriteArticles, ReadAdmins, ReadWriteAdmins, ReadTags, ReadWriteTags,
	ReadRedirects, ReadWriteRedirects, ReadSettings, ReadWriteSettings, ReadContent, WriteContent}

// scopes say which right each scope is named for, and which it includes.
var scopes = map[Scope]struct{ right, includes Rights }{
	ReadArticles:       {right: MayReadArticles},
	ReadWriteArticles:  {right: MayWriteArticles, includes: MayReadArticles},
	ReadAdmins:         {right: MayReadPeople},
	ReadWriteAdmins:    {right: MayWritePeople, includes: MayReadPeople},
	ReadTags:           {right: MayReadTags},
	ReadWriteTags:      {right: MayWriteTags, includes: MayReadTags},
	ReadRedirects:      {right: MayReadRedirects},
	ReadWriteRedirects: {right: MayWriteRedirects, includes: MayReadRedirects},
	ReadSettings:       {right: MayReadSettings},
	ReadWriteSettings:  {right: MayWriteSettings, includes: MayReadSettings},
	ReadContent:        {right: MaySearchContent},
	WriteContent:       {right: MayActInBulk},
}

// Right returns the right that an operation needs whose permission is s.
func (s Scope) Right() Rights { return scopes[s].right }

// Rights returns what a token with the scope may do, if its teammate may.
func (s Scope) Rights() Rights { return scopes[s].right | scopes[s].includes }

// Rights returns what the token may do: what its teammate may, narrowed by its
// scopes if it has any.
func (t *Token) Rights() Rights {
	rights := Owner.Rights()
	if len(t.Scopes) == 0 {
		return rights
	}
	var named Rights
	for _, s := range t.Scopes {
		named |= s.Rights()
	}
	return rights & named
}

// A Via is the door through which something is done.
type Via string

// The doors.
const (
	ViaAPI     Via = "api"
	ViaSite    Via = "site" // the public pages
	ViaStudio  Via = "studio"
	ViaMCP     Via = "mcp"
	ViaImport  Via = "import"
	ViaCommand Via = "command"
	ViaWorker  Via = "worker" // what was asked for before, or is due
)

// An Actor is on whose behalf something is done. It binds a change to a
// workspace, says what may be done, and is written into the event that records
// the change. The zero Actor may do nothing.
type Actor struct {
	Workspace WorkspaceID
	Admin     AdminID // zero for no teammate
	Token     TokenID // by which it is done; zero for none
	Rights    Rights
	Via       Via
	IP        string // address the request came from; empty for none
}

// Actor returns the one who sent a request with the token from an address.
func (t *Token) Actor(ip string) Actor {
	return Actor{Workspace: t.Workspace, Admin: t.Admin, Token: t.ID, Rights: t.Rights(), Via: ViaAPI, IP: ip}
}

// ByCommand returns the teammate in whose name the operator gives a command.
func ByCommand(ws WorkspaceID, admin AdminID) Actor {
	return Actor{Workspace: ws, Admin: admin, Rights: Owner.Rights(), Via: ViaCommand}
}

// ByWorker returns the teammate who asked before for what is done now: at a
// time, or item by item. Whether they might was asked then.
func ByWorker(ws WorkspaceID, admin AdminID, ip string) Actor {
	return Actor{Workspace: ws, Admin: admin, Rights: Owner.Rights(), Via: ViaWorker, IP: ip}
}

// ByInstallation returns the installation itself, which does what no teammate
// asked for. The workspace is zero for what belongs to no one workspace.
func ByInstallation(ws WorkspaceID, via Via) Actor {
	return Actor{Workspace: ws, Rights: everything, Via: via}
}

// Can reports whether the actor has a right. What names none can nobody do.
func (a *Actor) Can(need Rights) bool { return need != 0 && a.Rights&need == need }

// Need returns Forbidden unless the actor has a right.
func (a *Actor) Need(need Rights) error {
	if a.Can(need) {
		return nil
	}
	what := rightNames[need]
	if what == "" {
		return fmt.Errorf("a change or a read that names no right: %b", need)
	}
	return &Error{Kind: Forbidden, Text: "You do not have the right to " + what + "."}
}
