package fidelity

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strconv"
	"sync/atomic"
	"time"

	"lectern"
	"lectern/internal/app"
)

// localBase is what addresses in answers of a local server start with.
const localBase = "https://help.example.com"

// A local is a server of this build on a database of its own. It knows what the
// API cannot make.
type local struct {
	client  *client
	limited *client      // to the same store, but it lets one request through in ten seconds
	now     atomic.Int64 // Unix seconds, for limited
	names   map[string]string
	tokens  map[string]string // secrets, by the name that cases call them by
	closers []func() error
}

// startLocal starts a server. Close it after use.
func startLocal(ctx context.Context) (_ *local, err error) {
	l := &local{names: map[string]string{"base": localBase}, tokens: map[string]string{}}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("start a server: %w", err), l.close())
		}
	}()
	folder, err := os.MkdirTemp("", "fidelity")
	if err != nil {
		return nil, err
	}
	l.closers = append(l.closers, func() error { return os.RemoveAll(folder) })
	quiet := slog.New(slog.DiscardHandler)
	a, err := app.Open(ctx, app.Config{Database: app.Place(folder), BaseURL: localBase, Logger: quiet})
	if err != nil {
		return nil, err
	}
	l.closers = append(l.closers, a.Close)
	l.now.Store(1_800_000_000)
	limited, err := app.New(a.Store, app.Config{BaseURL: localBase, Logger: quiet, RateLimit: 6,
		Now: func() time.Time { return time.Unix(l.now.Load(), 0) }})
	if err != nil {
		return nil, err
	}
	if l.client, err = l.serve(a); err != nil {
		return nil, err
	}
	if l.limited, err = l.serve(limited); err != nil {
		return nil, err
	}
	return l, l.fill(ctx, a.Store)
}

// serve answers requests at an address of its own, until the server closes.
func (l *local) serve(handler http.Handler) (*client, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}
	go server.Serve(listener)
	l.closers = append(l.closers, server.Close)
	return &client{url: "http://" + listener.Addr().String(), token: ownerToken, http: &http.Client{}}, nil
}

// close ends the server and removes its database.
func (l *local) close() error {
	var errs []error
	for len(l.closers) > 0 {
		last := len(l.closers) - 1
		errs = append(errs, l.closers[last]())
		l.closers = l.closers[:last]
	}
	return errors.Join(errs...)
}

// The access tokens of a local server beside the owner's, by the names that
// cases call them by, which are their secrets as well.
const (
	ownerToken     = "owner"
	revokedToken   = "revoked"
	elsewhereToken = "of another workspace"
	tagsToken      = "may read tags alone"
	adminsToken    = "may read admins alone"
)

// fill makes what no operation of the API makes.
func (l *local) fill(ctx context.Context, db lectern.Store) error {
	ws, _, err := db.Setup(ctx, lectern.Setup{
		WorkspaceName: "Acme", Admin: lectern.Admin{Name: "Ada", Email: "ada@example.com", EmailVerified: true, HasInboxSeat: true},
		Locale: "en", Identifier: "help", HelpCenter: "Help", TokenName: "first", Token: lectern.HashToken(ownerToken),
	})
	if err != nil {
		return err
	}
	all, err := db.Admins(ctx, ws.ID)
	if err != nil {
		return err
	}
	by := lectern.ByCommand(ws.ID, all[0].ID)
	by.IP = "198.51.100.7"
	academy, err := db.AddHelpCenter(ctx, by, lectern.HelpCenter{
		Identifier: "academy", DisplayName: "Academy", WebsiteTurnedOn: true, DefaultLocale: "en", Locales: []lectern.Locale{"en"}})
	if err != nil {
		return err
	}
	other, err := db.AddAdmin(ctx, by, lectern.Admin{Name: "Bo", Email: "bo@example.com", JobTitle: "Writer", AvatarURL: "https://example.com/bo.png"})
	if err != nil {
		return err
	}
	team, err := db.AddTeam(ctx, by, lectern.Team{Name: "Writers", Members: []lectern.AdminID{other.ID}})
	if err != nil {
		return err
	}
	premium, err := db.AddBrand(ctx, by, "Premium Brand", academy.ID)
	if err != nil {
		return err
	}
	automatic, err := db.AddImportSource(ctx, by, &lectern.ImportSourceEdit{URL: new("https://support.example.com"), Sync: new(lectern.SyncAutomatic)})
	if err != nil {
		return err
	}
	l.names["automatic_source"] = strconv.FormatInt(int64(automatic.ID), 10)
	l.names["brand"] = strconv.FormatInt(int64(premium.ID), 10)
	l.names["academy"] = strconv.FormatInt(int64(academy.ID), 10)
	l.names["other_admin"] = strconv.FormatInt(int64(other.ID), 10)
	l.names["team"] = strconv.FormatInt(int64(team.ID), 10)
	_, err = db.AddWorkspace(ctx, lectern.ByInstallation(0, lectern.ViaCommand), lectern.Setup{
		WorkspaceName: "Elsewhere", Admin: lectern.Admin{Name: "Eve", Email: "eve@example.com"},
		Locale: "en", Identifier: "elsewhere", HelpCenter: "Elsewhere", TokenName: "first", Token: lectern.HashToken(elsewhereToken),
	})
	l.tokens[elsewhereToken] = elsewhereToken
	return cmp.Or(err, l.addTokens(ctx, db, by))
}

// addTokens adds tokens of the first workspace that may not do everything.
func (l *local) addTokens(ctx context.Context, db lectern.Store, by lectern.Actor) error {
	for secret, scopes := range map[string][]lectern.Scope{
		revokedToken: nil, tagsToken: {lectern.ReadTags}, adminsToken: {lectern.ReadAdmins},
	} {
		added, err := db.AddToken(ctx, by, lectern.Token{Workspace: by.Workspace, Admin: by.Admin, Name: secret,
			Hash: lectern.HashToken(secret), Scopes: scopes})
		if err != nil {
			return err
		}
		if secret == revokedToken {
			if _, err := db.RevokeToken(ctx, by, added.ID); err != nil {
				return err
			}
		}
		l.tokens[secret] = secret
	}
	return nil
}
