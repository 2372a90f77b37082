package store

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"lectern"
	"lectern/internal/store/db"
)

const (
	// flushAtOnce is how many articles one transaction counts the views of, so
	// that it keeps nobody waiting for long.
	flushAtOnce = 256
	// flushTime is how long the last flush may take when the store closes.
	flushTime = 10 * time.Second
	// ageAtOnce is how many days of articles are taken out of the recent views
	// by one transaction.
	ageAtOnce = 256
)

// CountView counts a view in memory. See lectern.CountStore.
func (d *DB) CountView(v lectern.View) { d.counts.views.add(v, 1, 0) }

// FlushViews stores the views counted in memory. See lectern.CountStore.
func (d *DB) FlushViews(ctx context.Context) error {
	views := d.counts.views.take()
	byArticle := map[lectern.ArticleRef][]lectern.View{}
	byWorkspace := map[lectern.WorkspaceID][]lectern.ArticleRef{}
	for v := range views {
		a := lectern.ArticleRef{Workspace: v.Workspace, Article: v.Article}
		if byArticle[a] == nil {
			byWorkspace[a.Workspace] = append(byWorkspace[a.Workspace], a)
		}
		byArticle[a] = append(byArticle[a], v)
	}
	var err error
	for ws, articles := range byWorkspace {
		err = errors.Join(err, d.flushViews(ctx, ws, articles, byArticle, views))
	}
	d.counts.views.putBack(views)
	return err
}

// flushViews stores the views of articles of one workspace, and takes those it
// has stored out of views. They are stored in the order of articles, as others
// do.
func (d *DB) flushViews(ctx context.Context, ws lectern.WorkspaceID, articles []lectern.ArticleRef, byArticle map[lectern.ArticleRef][]lectern.View, views map[lectern.View]int) error {
	slices.SortFunc(articles, func(a, b lectern.ArticleRef) int { return cmp.Compare(a.Article, b.Article) })
	for chunk := range slices.Chunk(articles, flushAtOnce) {
		err := d.db.WriteUnordered(ctx, ws, "store views", func(c db.Conn) error {
			change, err := tick(c, ws)
			for _, a := range chunk {
				if err == nil {
					_, err = addTallies(c, change, tallies(a, lectern.DayOf(d.now()), byArticle[a], views))
				}
			}
			return err
		})
		if err != nil {
			return err
		}
		for _, a := range chunk {
			for _, v := range byArticle[a] {
				delete(views, v)
			}
		}
	}
	return d.tellCounts(ctx, ws)
}

// tallies adds up the views of one article by locale.
func tallies(a lectern.ArticleRef, day lectern.Day, list []lectern.View, views map[lectern.View]int) []tally {
	slices.SortFunc(list, func(a, b lectern.View) int { return cmp.Compare(a.Locale, b.Locale) })
	var sums []tally
	for _, v := range list {
		if len(sums) == 0 || sums[len(sums)-1].locale != v.Locale {
			sums = append(sums, tally{ArticleRef: a, day: day, locale: v.Locale})
		}
		x := &sums[len(sums)-1]
		switch v.Kind {
		case lectern.PersonView:
			x.people += views[v]
		case lectern.AgentView:
			x.agents += views[v]
		default:
			x.bots += views[v]
		}
	}
	return sums
}

// flushLast stores what was counted in memory when the store closes.
func (d *DB) flushLast() error {
	ctx, cancel := context.WithTimeout(context.Background(), flushTime)
	defer cancel()
	return errors.Join(d.FlushViews(ctx), d.FlushSearches(ctx), d.FlushTokenUses(ctx))
}

// AgeCounts forgets visitors of the days before, and takes views out of the
// recent ones that no longer are. See lectern.CountStore.
func (d *DB) AgeCounts(ctx context.Context) (more bool, err error) {
	today := lectern.DayOf(d.now())
	for _, statement := range []string{
		`DELETE FROM visitor_salt WHERE workspace_id = 0 AND day < $1`,
		`DELETE FROM reaction WHERE day < $1`,
	} {
		err := d.db.WriteUnordered(ctx, 0, "forget visitors", func(c db.Conn) error {
			_, err := c.Exec(statement, today)
			return err
		})
		if err != nil {
			return false, err
		}
	}
	old, err := db.List(ctx, d.db, "find old views", func(r db.Rows) (x tally, err error) {
		err = r.Scan(&x.Workspace, &x.Article, &x.day, &x.locale)
		return x, err
	}, `SELECT workspace_id, article_id, day, locale FROM article_day
		WHERE recent = 1 AND day <= $1 ORDER BY day, workspace_id, article_id, locale LIMIT $2`,
		today-lectern.PopularDays, ageAtOnce)
	byWorkspace := map[lectern.WorkspaceID][]tally{}
	for _, x := range old {
		byWorkspace[x.Workspace] = append(byWorkspace[x.Workspace], x)
	}
	for ws, list := range byWorkspace {
		err = errors.Join(err, d.db.WriteUnordered(ctx, ws, "age counts", func(c db.Conn) error { return ageViews(c, ws, list) }))
	}
	return err == nil && len(old) == ageAtOnce, err
}

// ageViews takes the views of days of one workspace out of the recent ones.
func ageViews(c db.Conn, ws lectern.WorkspaceID, old []tally) error {
	if _, err := tick(c, ws); err != nil { // no one else changes counts meanwhile
		return err
	}
	for _, x := range old {
		people, err := db.All(c, db.Scalar[int], `
			UPDATE article_day SET recent = 0
			WHERE workspace_id = $1 AND article_id = $2 AND day = $3 AND locale = $4 AND recent = 1
			RETURNING people`, x.Workspace, x.Article, x.day, x.locale)
		if err != nil {
			return err
		}
		if len(people) == 0 {
			continue // somebody else was faster
		}
		_, err = c.Exec(`UPDATE article_count SET recent = recent - $3 WHERE workspace_id = $1 AND article_id = $2`,
			x.Workspace, x.Article, people[0])
		if err != nil {
			return err
		}
	}
	return nil
}
