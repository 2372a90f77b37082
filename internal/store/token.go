package store

import (
	"context"
	"fmt"

	"lectern"
	"lectern/internal/store/db"
)

const tokenColumns = `workspace_id, id, admin_id, name, hash, scopes, api_version, created_at, revoked_at, expires_at, used_day, used_from`

func scanToken(r db.Rows) (*lectern.Token, error) {
	k := &lectern.Token{}
	var hash []byte
	var scopes string
	err := r.Scan(&k.Workspace, &k.ID, &k.Admin, &k.Name, &hash, &scopes, &k.APIVersion,
		db.Seconds(&k.CreatedAt), db.Seconds(&k.RevokedAt), db.Seconds(&k.ExpiresAt), &k.Used.Day, &k.Used.Network)
	if err != nil {
		return nil, err
	}
	if len(hash) != len(k.Hash) {
		return nil, fmt.Errorf("hash of token %d has %d bytes", k.ID, len(hash))
	}
	copy(k.Hash[:], hash)
	k.Scopes = db.Split[lectern.Scope](scopes)
	return k, nil
}

// AddToken adds a token for by.Admin. It returns Conflict when a token with
// that hash exists, in any workspace, and Invalid when by.Admin is no teammate.
func (d *DB) AddToken(ctx context.Context, by lectern.Actor, token lectern.Token) (*lectern.Token, error) {
	var made lectern.Token
	err := d.write(ctx, by, lectern.MayManageTokens, "add token", func(t *tx) error {
		known, err := t.teammates([]lectern.AdminID{by.Admin})
		if err != nil {
			return err
		}
		if !known {
			return lectern.Invalidf("admin_id", "admin_id must be a teammate of the workspace")
		}
		id, err := t.take(1, 1)
		if err != nil {
			return err
		}
		made = token
		made.ID, made.Admin = lectern.TokenID(id), by.Admin
		return t.insertToken(&made)
	})
	if err != nil {
		return nil, err
	}
	return &made, nil
}

// insertToken stores a token that has its ID and admin, and the event.
func (t *tx) insertToken(k *lectern.Token) error {
	if err := t.lockInstallation(); err != nil {
		return err
	}
	taken, err := db.Exists(t, `SELECT id FROM token WHERE hash = $1`, k.Hash[:])
	if err != nil {
		return err
	}
	if taken {
		return lectern.Conflictf("This access token exists already.")
	}
	k.Workspace, k.CreatedAt = t.by.Workspace, t.now
	var revoked any
	if !k.RevokedAt.IsZero() {
		revoked = k.RevokedAt.Unix()
	}
	var expires any
	if !k.ExpiresAt.IsZero() {
		expires = k.ExpiresAt.Unix()
	}
	_, err = t.Exec(`
		INSERT INTO token (workspace_id, id, admin_id, name, hash, scopes, api_version, created_at, revoked_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		k.Workspace, k.ID, k.Admin, k.Name, k.Hash[:], db.Join(k.Scopes), k.APIVersion, k.CreatedAt.Unix(), revoked, expires)
	if err != nil {
		return err
	}
	return t.record(lectern.TokenCreated, int64(k.ID), lectern.EventData{Name: k.Name})
}

// TokenByHash finds a token, revoked ones included, in any workspace. It
// returns NotFound.
func (d *DB) TokenByHash(ctx context.Context, hash lectern.TokenHash) (*lectern.Token, error) {
	return db.Find(ctx, d.db, "read token", scanToken, `SELECT `+tokenColumns+` FROM token WHERE hash = $1`, hash[:])
}

// Tokens lists the workspace's tokens, oldest first, revoked ones included.
func (d *DB) Tokens(ctx context.Context, ws lectern.WorkspaceID) ([]*lectern.Token, error) {
	return db.List(ctx, d.db, "list tokens", scanToken, `
		SELECT `+tokenColumns+` FROM token WHERE workspace_id = $1 ORDER BY id`, ws)
}

// RevokeToken ends a token. Revoking it again changes nothing. It returns
// NotFound.
func (d *DB) RevokeToken(ctx context.Context, by lectern.Actor, id lectern.TokenID) (*lectern.Token, error) {
	var k *lectern.Token
	err := d.write(ctx, by, lectern.MayManageTokens, "revoke token", func(t *tx) (err error) {
		k, err = db.First(t, scanToken, `
			SELECT `+tokenColumns+` FROM token WHERE workspace_id = $1 AND id = $2`, by.Workspace, id)
		if err != nil || !k.RevokedAt.IsZero() {
			return err
		}
		if _, err := t.take(0, 1); err != nil {
			return err
		}
		k.RevokedAt = t.now
		_, err = t.Exec(`UPDATE token SET revoked_at = $3 WHERE workspace_id = $1 AND id = $2`,
			by.Workspace, id, k.RevokedAt.Unix())
		if err != nil {
			return err
		}
		return t.record(lectern.TokenRevoked, int64(id), lectern.EventData{Name: k.Name})
	})
	if err != nil {
		return nil, err
	}
	return k, nil
}
