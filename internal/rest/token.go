package rest

import (
	"encoding/base64"
	"errors"
	"log/slog"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"time"

	"lectern"
	"lectern/internal/client"
	"lectern/internal/limit"
)

// authenticate finds the token that a request carries, as a bearer token or as
// the user name of HTTP Basic. A request that carries none that is good leaves a
// line in the log.
func (s *Server) authenticate(c *call) (*lectern.Token, error) {
	secret, ok := credentials(c.Header.Get("Authorization"))
	if !ok {
		if s.readers.LogMissing(c.hall.Client) {
			s.logFailure(c, "no access token", nil)
		}
		return nil, errUnauthorized
	}
	t, err := s.tokens.find(s, c, lectern.HashToken(secret))
	var tries *tooManyTries
	switch {
	case errors.As(err, &tries):
		c.header["Retry-After"] = []string{strconv.Itoa(limit.Seconds(tries.wait))}
		return nil, errTooManyTries
	case errors.Is(err, lectern.NotFound):
		return nil, s.refuse(c, errUnauthorized, "unknown access token", nil)
	case err != nil:
		return nil, err
	case !t.RevokedAt.IsZero():
		return nil, s.refuse(c, errRevoked, "revoked access token", t)
	case t.Expired(c.now):
		return nil, s.refuse(c, errExpired, "expired access token", t)
	}
	s.tokens.use(s, c, t)
	return t, nil
}

// credentials is the secret in an Authorization header.
func credentials(header string) (secret string, ok bool) {
	scheme, secret, _ := strings.Cut(header, " ")
	secret = strings.TrimSpace(secret)
	switch {
	case strings.EqualFold(scheme, "Bearer"):
	case strings.EqualFold(scheme, "Basic"):
		pair, err := base64.StdEncoding.DecodeString(secret)
		if err != nil {
			return "", false
		}
		secret, _, _ = strings.Cut(string(pair), ":")
	default:
		return "", false
	}
	return secret, secret != ""
}

// tooManyTries is why a token was not looked up: so many of the same network
// were not good.
type tooManyTries struct{ wait time.Duration }

func (*tooManyTries) Error() string { return errTooManyTries.message }

// refuse counts and logs a request whose token is not good. The token is nil if
// nobody knows it.
func (s *Server) refuse(c *call, as *failure, why string, t *lectern.Token) error {
	from := c.hall.Client
	if s.readers.MayTry(from) == 0 { // what comes faster is not worth a line each
		s.logFailure(c, why, t)
	}
	s.readers.Failed(from)
	return as
}

// logFailure says that somebody could not prove who they are.
func (s *Server) logFailure(c *call, why string, t *lectern.Token) {
	list := []slog.Attr{
		slog.String("reason", why), slog.String("from", c.address()), slog.String("method", c.Method), slog.String("path", c.URL.Path),
		slog.String("request_id", c.hall.ID()),
	}
	if t != nil {
		list = append(list, slog.Int64("token_id", int64(t.ID)))
	}
	s.log.LogAttrs(c.Context(), slog.LevelWarn, "authentication failed", list...)
}

// A tokenCache keeps the tokens that were used, until any token changes.
type tokenCache struct {
	mu     sync.RWMutex // guards all below
	stamp  uint64
	byHash map[lectern.TokenHash]*lectern.Token

	uses sync.Mutex // guards used
	used map[lectern.TokenID]tokenUse
}

// A tokenUse is what is known of a token's last use.
type tokenUse struct {
	day     lectern.Day
	network netip.Prefix
}

// use tells the store of a token that is used for the first time on a day, or
// from another network than the last time.
func (tc *tokenCache) use(s *Server, c *call, t *lectern.Token) {
	now := tokenUse{lectern.DayOf(c.now), client.Network(c.hall.Client)}
	tc.uses.Lock()
	defer tc.uses.Unlock()
	if tc.used[t.ID] == now {
		return
	}
	if tc.used == nil {
		tc.used = map[lectern.TokenID]tokenUse{}
	}
	tc.used[t.ID] = now
	use := lectern.TokenUse{Day: now.day}
	if now.network.IsValid() {
		use.Network = now.network.String()
	}
	s.store.UseToken(t.Workspace, t.ID, use)
}

func (tc *tokenCache) find(s *Server, c *call, hash lectern.TokenHash) (*lectern.Token, error) {
	stamp := s.stamps.Of(lectern.About(0, lectern.AboutTokens))
	tc.mu.RLock()
	t, ok := tc.byHash[hash]
	ok = ok && tc.stamp == stamp
	tc.mu.RUnlock()
	if ok {
		return t, nil
	}
	if wait := s.readers.MayTry(c.hall.Client); wait > 0 {
		return nil, &tooManyTries{wait}
	}
	t, err := s.store.TokenByHash(c.Context(), hash)
	if err != nil {
		return nil, err
	}
	tc.mu.Lock()
	defer tc.mu.Unlock()
	if tc.stamp != stamp || tc.byHash == nil {
		tc.stamp, tc.byHash = stamp, map[lectern.TokenHash]*lectern.Token{}
	}
	tc.byHash[hash] = t
	return t, nil
}
