package store

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"lectern"
	"lectern/internal/store/db"
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
	byWorkspace := map[lectern.WorkspaceID][]tokenRef{}
	for _, r := range slices.SortedFunc(maps.Keys(uses), func(a, b tokenRef) int { return cmp.Compare(a.token, b.token) }) {
		byWorkspace[r.workspace] = append(byWorkspace[r.workspace], r)
	}
	var err error
	for ws, refs := range byWorkspace {
		failed := d.db.WriteUnordered(ctx, ws, "store uses of tokens", func(c db.Conn) error {
			for _, r := range refs {
				_, err := c.Exec(`
					UPDATE token SET used_day = $3, used_from = $4
					WHERE workspace_id = $1 AND id = $2 AND (used_day < $3 OR used_day = $3 AND used_from <> $4)`,
					ws, r.token, uses[r].Day, uses[r].Network)
				if err != nil {
					return err
				}
			}
			return nil
		})
		if failed == nil {
			for _, r := range refs {
				delete(uses, r)
			}
		}
		err = errors.Join(err, failed)
	}
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
