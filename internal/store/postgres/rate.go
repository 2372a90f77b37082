package postgres

import "context"

// Lease implements db.Leaser. It is a statement by itself, beside the writer:
// the order of changes is nothing to it, and it must not wait for them. A node
// whose clock is behind takes from the newer window.
func (r *readers) Lease(ctx context.Context, workspace, token, start int64, n, limit int) (granted, left int, err error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.closed {
		return 0, 0, errClosed
	}
	var taken int
	err = r.primary.QueryRow(ctx, `
		INSERT INTO rate_window AS w (workspace_id, token_id, start, taken, granted) VALUES ($1, $2, $3, $4, $4)
		ON CONFLICT (workspace_id, token_id) DO UPDATE SET
			start = GREATEST(w.start, excluded.start),
			taken = CASE WHEN w.start < excluded.start THEN excluded.taken
				ELSE w.taken + GREATEST(LEAST(excluded.taken, $5 - w.taken), 0) END,
			granted = CASE WHEN w.start < excluded.start THEN excluded.taken
				ELSE GREATEST(LEAST(excluded.taken, $5 - w.taken), 0) END
		RETURNING taken, granted`,
		workspace, token, start, int64(min(n, limit)), int64(limit)).Scan(&taken, &granted)
	return granted, max(limit-taken, 0), err
}
