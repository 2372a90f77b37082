package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"lectern"
)

var tokenCreateCommand = command{
	name:    "token create",
	summary: "make an access token and print it once",
	about: `Makes an access token and prints it, alone on a line. Only its hash is kept, so
it cannot be shown again. A running server takes the token at once.
`,
	exits: exitStatuses,
	flags: func(s *settings) []setting {
		return []setting{s.data(), s.database(), s.admin(), s.name(), s.scope(), s.pinned(), s.expires()}
	},
	run: inSession(createToken),
}

var tokenListCommand = command{
	name:    "token list",
	summary: "list the access tokens",
	about:   "Lists the access tokens, revoked ones included, without their secrets.\n",
	exits:   exitStatuses,
	flags:   func(s *settings) []setting { return []setting{s.data(), s.database()} },
	run:     inReadSession(listTokens),
}

var tokenRevokeCommand = command{
	name:    "token revoke",
	args:    "ID",
	summary: "end an access token",
	about:   "Ends the access token with that ID, as \"lectern token list\" prints it. A running\nserver refuses it within a second.\n",
	exits:   exitStatuses,
	flags:   func(s *settings) []setting { return []setting{s.data(), s.database()} },
	run:     inSession(revokeToken),
}

func (s *settings) admin() setting {
	return setting{flag: "admin", value: "ID", help: "teammate the token acts for; by default the first one",
		set: func(v string) error {
			id, err := strconv.ParseInt(v, 10, 64)
			if err != nil || id <= 0 {
				return fmt.Errorf("must be the ID of a teammate, not %q", v)
			}
			s.Admin = lectern.AdminID(id)
			return nil
		}}
}

func (s *settings) name() setting {
	return setting{flag: "name", value: "NAME", help: "what the list of tokens calls it",
		set: func(v string) error { s.Name = v; return checkGiven(v) }}
}

func (s *settings) scope() setting {
	return setting{flag: "scope", value: "SCOPE", repeats: true,
		help: "permission it has; give it once for each. By default it may do everything",
		set: func(v string) error {
			if !slices.Contains(lectern.Scopes, lectern.Scope(v)) {
				return fmt.Errorf("must be one of %s, not %q", joinScopes(lectern.Scopes, ", "), v)
			}
			s.Scopes = append(s.Scopes, lectern.Scope(v))
			return nil
		}}
}

func (s *settings) pinned() setting {
	return setting{flag: "api-version", value: "VERSION",
		help: "API version for its requests that name none; by default the server's",
		set:  func(v string) (err error) { s.Pinned, err = parseVersion(v); return err }}
}

func (s *settings) expires() setting {
	return setting{flag: "expires", value: "WHEN",
		help: "from when on it is no longer good: a day as 2027-01-31, in UTC, or a number of\n" +
			"days from now as 90d; by default never",
		set: func(v string) (err error) { s.Expires, err = parseExpiry(v, time.Now()); return err }}
}

// parseExpiry reads a day, at whose beginning a token ends, or a number of days.
func parseExpiry(v string, now time.Time) (at time.Time, err error) {
	if digits, ok := strings.CutSuffix(v, "d"); ok {
		if n, err := strconv.ParseUint(digits, 10, 31); err == nil && n > 0 && n <= 36500 {
			return now.UTC().Truncate(time.Second).AddDate(0, 0, int(n)), nil
		}
	}
	if at, err = time.Parse(time.DateOnly, v); err != nil {
		return at, fmt.Errorf("must be a day such as 2027-01-31 or a number of days such as 90d, not %q", v)
	}
	if !at.After(now) {
		return at, fmt.Errorf("must be a day to come, not %q", v)
	}
	return at, nil
}

// usedOn writes a day, or a dash for none.
func usedOn(day lectern.Day) string {
	if day == 0 {
		return "-"
	}
	return time.Unix(int64(day)*24*60*60, 0).UTC().Format(time.DateOnly)
}

func createToken(ctx context.Context, s *session, _ []string) error {
	by, err := actor(ctx, s.db, s.workspace, s.Admin)
	if err != nil {
		return err
	}
	secret := lectern.NewTokenSecret()
	_, err = s.db.AddToken(ctx, by, lectern.Token{
		Workspace: by.Workspace, Admin: by.Admin, Name: cmp.Or(s.Name, "from the command line"),
		Hash: lectern.HashToken(secret), Scopes: s.Scopes, APIVersion: s.Pinned, ExpiresAt: s.Expires,
	})
	if err != nil {
		return fmt.Errorf("add the token: %w", err)
	}
	_, err = fmt.Fprintln(s.stdout, secret)
	return err
}

func listTokens(ctx context.Context, s *session, _ []string) error {
	tokens, err := s.db.Tokens(ctx, s.workspace)
	if err != nil {
		return fmt.Errorf("list the tokens: %w", err)
	}
	w := tabwriter.NewWriter(s.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tNAME\tADMIN\tSCOPES\tVERSION\tCREATED\tEXPIRES\tLAST USED\tFROM\tREVOKED")
	for _, t := range tokens {
		fmt.Fprintf(w, "%d\t%s\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", t.ID, printable(t.Name), t.Admin,
			cmp.Or(joinScopes(t.Scopes, ","), "all"), cmp.Or(t.APIVersion, "-"), timestamp(t.CreatedAt), timestamp(t.ExpiresAt),
			usedOn(t.Used.Day), cmp.Or(t.Used.Network, "-"), timestamp(t.RevokedAt))
	}
	return w.Flush()
}

func revokeToken(ctx context.Context, s *session, args []string) error {
	if len(args) != 1 {
		return usagef("takes the ID of one token")
	}
	n, err := strconv.ParseInt(args[0], 10, 64)
	if err != nil {
		return usagef("the ID of a token is a number, not %q", args[0])
	}
	by, err := actor(ctx, s.db, s.workspace, 0)
	if err != nil {
		return err
	}
	t, err := s.db.RevokeToken(ctx, by, lectern.TokenID(n))
	if errors.Is(err, lectern.NotFound) {
		return lectern.NotFoundf("there is no token %d", n)
	}
	if err != nil {
		return fmt.Errorf("revoke token %d: %w", n, err)
	}
	_, err = fmt.Fprintf(s.stdout, "Token %d is revoked.\n", t.ID)
	return err
}

func joinScopes(scopes []lectern.Scope, sep string) string {
	names := make([]string, len(scopes))
	for i, s := range scopes {
		names[i] = string(s)
	}
	return strings.Join(names, sep)
}

// printable keeps a name from breaking the table, or the terminal.
func printable(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, name)
}

// timestamp writes t in UTC, or a dash for the zero time.
func timestamp(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.UTC().Format(time.RFC3339)
}
