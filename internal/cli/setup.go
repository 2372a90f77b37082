package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"

	"lectern"
)

// setup makes the workspace, the first teammate, the help center and the access
// token of an empty store. On a store that has them it sees to it that the
// token the operator gave is good and the region is the one given. The secret is the one it made; it is empty
// when the operator gave one, who need not be told it.
func setup(ctx context.Context, db lectern.Store, s *settings) (first bool, secret string, err error) {
	if s.Token == "" {
		secret = lectern.NewTokenSecret()
	}
	ws, first, err := db.Setup(ctx, lectern.Setup{
		WorkspaceName: "Lectern",
		Region:        s.Region,
		Admin:         lectern.Admin{Name: "Admin", Email: "admin@example.com", EmailVerified: true, HasInboxSeat: true},
		Locale:        s.Locale,
		Identifier:    "help",
		HelpCenter:    "Help Center",
		TokenName:     "first token",
		Token:         lectern.HashToken(cmp.Or(s.Token, secret)),
	})
	if err != nil {
		return false, "", fmt.Errorf("set up the workspace: %w", err)
	}
	if first {
		return true, secret, nil
	}
	if s.Token != "" {
		if err := admitToken(ctx, db, ws.ID, s.Token); err != nil {
			return false, "", err
		}
	}
	return false, "", moveTo(ctx, db, ws.ID, s.Region)
}

// moveTo stores the region the operator gave, if any. The installation does
// this, no teammate.
func moveTo(ctx context.Context, db lectern.Store, ws lectern.WorkspaceID, region string) error {
	if region == "" {
		return nil
	}
	_, err := db.UpdateWorkspace(ctx, lectern.ByInstallation(ws, lectern.ViaCommand), func(w *lectern.Workspace) error {
		w.Region = region
		return nil
	})
	if err != nil {
		return fmt.Errorf("set the region of the workspace: %w", err)
	}
	return nil
}

// admitToken adds the operator's token to the first teammate unless it is there.
// A revoked token stays revoked: the setting may be older than the decision.
func admitToken(ctx context.Context, db lectern.Store, ws lectern.WorkspaceID, secret string) error {
	t, err := db.TokenByHash(ctx, lectern.HashToken(secret))
	switch {
	case err == nil && !t.RevokedAt.IsZero():
		return fmt.Errorf("the access token given with --token or LECTERN_TOKEN was revoked: give another one")
	case err == nil:
		return nil
	case !errors.Is(err, lectern.NotFound):
		return fmt.Errorf("look up the token: %w", err)
	}
	by, err := actor(ctx, db, ws, 0)
	if err != nil {
		return err
	}
	_, err = db.AddToken(ctx, by, lectern.Token{
		Workspace: ws, Admin: by.Admin, Name: "from the settings", Hash: lectern.HashToken(secret),
	})
	if err != nil {
		return fmt.Errorf("add the token: %w", err)
	}
	return nil
}

// greet prints where the help center is, what the first start made, and things
// to try.
func greet(w io.Writer, s *settings, address, secret string) error {
	token := "the one you gave"
	shown := "$LECTERN_TOKEN"
	if secret != "" {
		token = secret + "   (shown only now: keep it)"
		shown = secret
	}
	_, err := fmt.Fprintf(w, `Lectern listens on %[1]s

Help center   %[1]s/help
Access token  %[2]s

Three things to try:

  List the articles
    curl -H "Authorization: Bearer %[3]s" "%[1]s/articles?per_page=3"

  Use the official SDK for Node: npm install intercom-client@7
    const client = new IntercomClient({ token: "%[3]s", baseUrl: "%[1]s" });

  Read the description of the API
    %[1]s/openapi/%[4]s.json

`, address, token, shown, s.APIVersion)
	return err
}
