package store

import (
	"context"
	"errors"

	"lectern"
	"lectern/internal/store/db"
)

// A due is an article whose time has come.
type due struct {
	by lectern.Actor // in whose name
	id lectern.ArticleID
}

// RunSchedules publishes and hides the articles of every workspace whose time
// has come. Each is claimed by the transaction that changes it: whoever comes
// second finds nothing to do.
func (d *DB) RunSchedules(ctx context.Context) (int, error) {
	var list []due
	err := d.db.Read(ctx, "find due schedules", func(c db.Conn) (err error) {
		list, err = db.All(c, func(r db.Rows) (x due, err error) {
			var ws lectern.WorkspaceID
			var admin lectern.AdminID
			err = r.Scan(&ws, &admin, &x.id)
			x.by = lectern.ByWorker(ws, admin, "")
			return x, err
		}, `SELECT workspace_id, scheduled_by, id FROM article
			WHERE scheduled_at IS NOT NULL AND scheduled_at <= $1 ORDER BY scheduled_at, id`, d.now().Unix())
		return err
	})
	ran := 0
	for _, x := range list {
		_, failed := d.changeArticle(ctx, x.by, "run schedule", x.id, func(s *saving) error {
			if !s.a.Schedule.Due(s.now) {
				return errNotDue
			}
			s.a.RunSchedule(s.home, s.now)
			return nil
		})
		switch {
		case failed == nil:
			ran++
		case !errors.Is(failed, errNotDue) && !errors.Is(failed, lectern.NotFound):
			err = errors.Join(err, failed)
		}
	}
	return ran, err
}

// errNotDue ends a transaction that found nothing left to do.
var errNotDue = errors.New("the schedule is not due any more")
