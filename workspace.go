package lectern

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"time"
)

// A Workspace owns everything else; nothing of one workspace is visible from
// another.
type Workspace struct {
	ID        WorkspaceID
	Code      string // eight lowercase letters and digits; the API's workspace_id and app.id_code
	Name      string
	Region    string // one of Regions; reported by GET /me
	Timezone  string // IANA name; reported by GET /me
	CreatedAt time.Time
}

// Regions lists where a workspace can be said to be, as the API spells it. It is
// a label: the data is wherever the installation is. The first is that of a
// workspace for which none was chosen.
var Regions = []string{"US", "EU", "AU"}

// ParseRegion returns the region that s names. Case does not matter. It reports
// false for a region outside Regions.
func ParseRegion(s string) (string, bool) {
	i := slices.IndexFunc(Regions, func(r string) bool { return strings.EqualFold(r, s) })
	if i < 0 {
		return "", false
	}
	return Regions[i], true
}

// NewWorkspaceCode returns a random workspace code.
func NewWorkspaceCode() string {
	const letters = "abcdefghijklmnopqrstuvwxyz012345"
	b := make([]byte, 8)
	rand.Read(b)
	for i := range b {
		b[i] = letters[b[i]%byte(len(letters))]
	}
	return string(b)
}

// Setup is what the first start of an installation creates.
type Setup struct {
	WorkspaceName string
	Region        string // one of Regions; empty for the first of them
	Admin         Admin  // the first teammate
	Locale        Locale // default locale of the first help center
	Identifier    string // of the first help center
	HelpCenter    string // display name of the first help center
	TokenName     string
	Token         TokenHash // the first teammate's access token
}

// A WorkspaceStore keeps workspaces.
type WorkspaceStore interface {
	// Setup creates a workspace, its first teammate, the bot teammate every
	// workspace has, a default help center, a default brand and an access token,
	// all in one transaction. On a store that has a workspace already it does
	// nothing and returns that workspace and false. It returns Invalid for a
	// region outside Regions.
	Setup(ctx context.Context, s Setup) (*Workspace, bool, error)
	// AddWorkspace creates what Setup does, beside the workspaces that exist. It
	// returns Invalid for a region outside Regions, and Conflict when the token or
	// the help center's identifier is taken.
	AddWorkspace(ctx context.Context, by Actor, s Setup) (*Workspace, error)
	// Workspace finds one. It returns NotFound.
	Workspace(ctx context.Context, id WorkspaceID) (*Workspace, error)
	// Workspaces lists all, oldest first.
	Workspaces(ctx context.Context) ([]*Workspace, error)
	// UpdateWorkspace reads the workspace of by, hands it to change and stores
	// the name, region and timezone that change left, in one transaction. It may
	// call change again after a lost race, so change touches nothing else. A
	// workspace left as it was is not written and is no event. It returns
	// NotFound, Invalid for a region outside Regions, or what change returned.
	UpdateWorkspace(ctx context.Context, by Actor, change func(*Workspace) error) (*Workspace, error)
	// BeginLoad notes that the workspace of by is being filled, which takes many
	// changes, and reports true. So it does if that was begun before and not
	// ended: whoever was interrupted goes on. It reports false if the workspace
	// has an article or a collection and no load is under way.
	BeginLoad(ctx context.Context, by Actor) (bool, error)
	// EndLoad notes that the workspace of by is filled.
	EndLoad(ctx context.Context, by Actor) error
}
