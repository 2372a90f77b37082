package store

import (
	"cmp"
	"context"
	"crypto/rand"
	"slices"

	"lectern"
	"lectern/internal/store/db"
)

// React keeps what a visitor thinks of an article. See lectern.CountStore.
func (d *DB) React(ctx context.Context, in lectern.Visit, id lectern.ArticleID, who lectern.Visitor, f lectern.Face) error {
	if !slices.Contains(lectern.Faces, f) {
		return lectern.Invalidf("face", "face must be happy, neutral or sad")
	}
	changed := false
	err := d.db.WriteUnordered(ctx, in.Workspace, "keep reaction", func(c db.Conn) error {
		changed = false
		v, err := visiting(c, in)
		if err != nil {
			return err
		}
		shown, err := v.texts([]lectern.ArticleID{id})
		if err != nil {
			return err
		}
		if len(shown) == 0 {
			return db.NotFound()
		}
		// From here on no one else counts in the workspace, not even the same visitor.
		change, err := tick(c, in.Workspace)
		if err != nil {
			return err
		}
		before, at, err := faceOf(c, in.Workspace, id, who)
		if err != nil || before == f {
			return err
		}
		// A reaction stays with the locale in which it was made first.
		a := lectern.ArticleRef{Workspace: in.Workspace, Article: id}
		x := tally{ArticleRef: a, day: who.Day, locale: cmp.Or(at, v.Locale)}
		x.face(before, -1)
		x.face(f, 1)
		if changed, err = addTallies(c, change, []tally{x}); err != nil || !changed {
			return err
		}
		_, err = c.Exec(`
			INSERT INTO reaction (workspace_id, article_id, visitor, day, locale, face) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (workspace_id, article_id, visitor) DO UPDATE SET face = excluded.face`,
			in.Workspace, id, who.Hash[:], x.day, x.locale, f)
		return err
	})
	if err != nil || !changed {
		return err
	}
	return d.tellCounts(ctx, in.Workspace)
}

// face adds n to the reactions with a face; to none for no face.
func (x *tally) face(f lectern.Face, n int) {
	switch f {
	case lectern.Happy:
		x.happy += n
	case lectern.Neutral:
		x.neutral += n
	case lectern.Sad:
		x.sad += n
	}
}

// ReactionOf returns what a visitor thinks of an article. See
// lectern.CountStore.
func (d *DB) ReactionOf(ctx context.Context, ws lectern.WorkspaceID, id lectern.ArticleID, who lectern.Visitor) (f lectern.Face, err error) {
	err = d.db.Read(ctx, "read reaction", func(c db.Conn) error {
		f, _, err = faceOf(c, ws, id, who)
		return err
	})
	return f, err
}

// faceOf reads a visitor's reaction to an article, and in which locale it was
// made; both are empty if there is none.
func faceOf(c db.Conn, ws lectern.WorkspaceID, id lectern.ArticleID, who lectern.Visitor) (f lectern.Face, l lectern.Locale, err error) {
	err = db.Each(c, func(r db.Rows) error { return r.Scan(&f, &l) }, `
		SELECT face, locale FROM reaction WHERE workspace_id = $1 AND article_id = $2 AND visitor = $3`, ws, id, who.Hash[:])
	return f, l, err
}

// VisitorSalt returns the salt of today. See lectern.CountStore.
func (d *DB) VisitorSalt(ctx context.Context) (lectern.Salt, error) {
	d.counts.salts.Lock()
	defer d.counts.salts.Unlock()
	today := lectern.DayOf(d.now())
	if d.counts.salt.Day == today {
		return d.counts.salt, nil
	}
	salt := lectern.Salt{Day: today}
	var kept []byte
	err := d.db.WriteUnordered(ctx, 0, "make salt", func(c db.Conn) error {
		rand.Read(salt.Bytes[:])
		_, err := c.Exec(`
			INSERT INTO visitor_salt (workspace_id, day, salt) VALUES (0, $1, $2)
			ON CONFLICT (workspace_id, day) DO NOTHING`, today, salt.Bytes[:])
		if err != nil {
			return err
		}
		return db.One(c, []any{&kept}, `SELECT salt FROM visitor_salt WHERE workspace_id = 0 AND day = $1`, today)
	})
	if err != nil {
		return lectern.Salt{}, err
	}
	copy(salt.Bytes[:], kept)
	d.counts.salt = salt
	return salt, nil
}
