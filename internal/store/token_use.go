package store

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"lectern"
)

// tokenUses gathers when and from where tokens were used last, until it is
// stored.
type tokenUses struct {
	mu  sync.Mutex // guards all below
	new map[tokenRef]lectern.TokenUse
}

type tokenRef struct {
	workspace lectern.WorkspaceID
	token     lectern.TokenID
}

// UseToken notes that a token is used. See lectern.TokenStore.
func (d *DB) UseToken(ws lectern.WorkspaceID, id lectern.TokenID, use lectern.TokenUse) {
	u := &d.counts.tokenUses
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.new == nil {
		u.new = map[tokenRef]lectern.TokenUse{}
	}
	u.new[tokenRef{ws, id}] = use
}

// FlushTokenUses stores what UseToken noted. See lectern.TokenStore.
func (d *DB) FlushTokenUses(ctx context.Context) error {
	u := &d.counts.tokenUses
	u.mu.Lock()
	uses := u.new
	u.new = nil
	u.mu.Unlock()
	if len(uses) == 0 {
		return nil
	}
	refs := slices.SortedFunc(maps.Keys(uses), func(a, b tokenRef) int {
		return cmp.Or(cmp.Compare(a.workspace, b.workspace), cmp.Compare(a.token, b.token))
	})
	err := d.write(ctx, lectern.ByInstallation(0, lectern.ViaWorker), lectern.MayRunInstallation, "store uses of tokens", func(t *tx) error {
		for _, r := range refs {
			use := uses[r]
			_, err := t.Exec(`
				UPDATE token SET used_day = $3, used_from = $4
				WHERE workspace_id = $1 AND id = $2 AND (used_day < $3 OR used_day = $3 AND used_from <> $4)`,
				r.workspace, r.token, use.Day, use.Network)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		u.mu.Lock()
		defer u.mu.Unlock()
		for r, use := range u.new { // what was noted meanwhile is newer
			uses[r] = use
		}
		u.new = uses
	}
	return err
}
