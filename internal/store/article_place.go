package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"lectern"
	"lectern/internal/store/db"
)

// ArticlePlace returns an article's place in the order of lists. See
// lectern.ArticleStore.
func (d *DB) ArticlePlace(ctx context.Context, ws lectern.WorkspaceID, id lectern.ArticleID) (*lectern.ArticleKey, error) {
	key := &lectern.ArticleKey{ID: id}
	err := d.db.Read(ctx, "find place of article", func(c db.Conn) error {
		err := db.One(c, []any{db.Seconds(&key.UpdatedAt)}, `SELECT updated_at FROM article WHERE workspace_id = $1 AND id = $2`, ws, id)
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		deleted, err := db.First(c, scanEvent, `
			SELECT `+eventColumns+` FROM event e
			WHERE e.workspace_id = $1 AND e.object = $2 AND e.kind = 'article.deleted'`, ws, id)
		if err != nil {
			return err
		}
		key.UpdatedAt = time.Unix(deleted.Data.PreviousUpdatedAt, 0)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return key, nil
}
