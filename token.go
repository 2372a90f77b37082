package lectern

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"
)

// A TokenHash is the SHA-256 of an access token; the token itself is never kept.
type TokenHash [sha256.Size]byte

// HashToken returns the hash under which a token is kept.
func HashToken(secret string) TokenHash { return sha256.Sum256([]byte(secret)) }

// MinTokenSecret is how many characters an access token has at least that an
// operator chooses, so that nobody finds it by trying.
const MinTokenSecret = 32

// NewTokenSecret returns a fresh access token of 256 random bits.
func NewTokenSecret() string {
	b := make([]byte, 32)
	rand.Read(b)
	return "lct_" + base64.RawURLEncoding.EncodeToString(b)
}

// A Token lets a program act for an admin.
type Token struct {
	ID         TokenID
	Workspace  WorkspaceID
	Admin      AdminID
	Name       string
	Hash       TokenHash
	Scopes     []Scope // what it may do; none means all that its teammate may
	APIVersion string  // version used when a request names none; empty means the server's default
	CreatedAt  time.Time
	RevokedAt  time.Time // zero while nobody has revoked it
	ExpiresAt  time.Time // from when on it is not good any more; zero for never
	Used       TokenUse  // the last time
}

// A TokenUse says when and from where a token was used. It says no more than
// that, so that it can tell a forgotten token and a strange place, and not what a
// teammate does all day.
type TokenUse struct {
	Day     Day    // zero for never
	Network string // as "192.0.2.0/24" or "2001:db8:1::/48"; empty if it is not known
}

// Expired reports whether the token's time is over.
func (t *Token) Expired(now time.Time) bool { return !t.ExpiresAt.IsZero() && !now.Before(t.ExpiresAt) }

// A TokenStore keeps access tokens.
type TokenStore interface {
	// AddToken adds a token for by.Admin. It returns Conflict when a token with
	// that hash exists, in any workspace.
	AddToken(ctx context.Context, by Actor, t Token) (*Token, error)
	// TokenByHash finds a token, revoked ones included, in any workspace. It
	// returns NotFound.
	TokenByHash(ctx context.Context, hash TokenHash) (*Token, error)
	// Tokens lists the workspace's tokens, oldest first, revoked ones included.
	Tokens(ctx context.Context, ws WorkspaceID) ([]*Token, error)
	// RevokeToken ends a token. Revoking it again changes nothing. It returns
	// NotFound.
	RevokeToken(ctx context.Context, by Actor, id TokenID) (*Token, error)
	// UseToken notes that a token is used. It waits for nothing: uses gather in
	// memory until FlushTokenUses.
	UseToken(ws WorkspaceID, id TokenID, use TokenUse)
	// FlushTokenUses stores the uses gathered so far, of each token the last.
	// Close does so as well. Those that could not be stored stay gathered.
	FlushTokenUses(ctx context.Context) error
}
