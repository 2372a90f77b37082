package store

import (
	"cmp"
	"context"
	"errors"
	"maps"
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
	for v := range views {
		a := lectern.ArticleRef{Workspace: v.Workspace, Article: v.Article}
		byArticle[a] = append(byArticle[a], v)
	}
	articles := slices.SortedFunc(maps.Keys(byArticle), func(a, b lectern.ArticleRef) int {
		return cmp.Or(cmp.Compare(a.Workspace, b.Workspace), cmp.Compare(a.Article, b.Article))
	})
	for chunk := range slices.Chunk(articles, flushAtOnce) {
		err := d.write(ctx, lectern.ByInstallation(0, lectern.ViaWorker), lectern.MayRunInstallation, "store views", func(t *tx) error {
			change, err := t.tick()
			for _, a := range chunk {
				if err == nil {
					_, err = t.add(change, tallies(a, lectern.DayOf(t.now), byArticle[a], views))
				}
			}
			return err
		})
		if err != nil {
			d.counts.views.putBack(views)
			return err
		}
		for _, a := range chunk {
			for _, v := range byArticle[a] {
				delete(views, v)
			}
		}
	}
	if len(articles) == 0 {
		return nil
	}
	return d.tellCounts(ctx)
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
	err = d.write(ctx, lectern.ByInstallation(0, lectern.ViaWorker), lectern.MayRunInstallation, "age counts", func(t *tx) error {
		today := lectern.DayOf(t.now)
		for _, statement := range []string{
			`DELETE FROM visitor_salt WHERE workspace_id = 0 AND day < $1`,
			`DELETE FROM reaction WHERE day < $1`,
		} {
			if _, err := t.Exec(statement, today); err != nil {
				return err
			}
		}
		aged, err := t.ageViews(today)
		more = aged == ageAtOnce
		return err
	})
	return more, err
}

// ageViews takes the views of days out of the recent ones, and reports of how
// many rows.
func (t *tx) ageViews(today lectern.Day) (int, error) {
	old, err := db.All(t, func(r db.Rows) (x tally, err error) {
		err = r.Scan(&x.Workspace, &x.Article, &x.day, &x.locale)
		return x, err
	}, `SELECT workspace_id, article_id, day, locale FROM article_day
		WHERE recent = 1 AND day <= $1 ORDER BY day, workspace_id, article_id, locale LIMIT $2`,
		today-lectern.PopularDays, ageAtOnce)
	if err != nil || len(old) == 0 {
		return 0, err
	}
	if _, err := t.tick(); err != nil { // no one else changes counts meanwhile
		return 0, err
	}
	for _, x := range old {
		people, err := db.All(t, db.Scalar[int], `
			UPDATE article_day SET recent = 0
			WHERE workspace_id = $1 AND article_id = $2 AND day = $3 AND locale = $4 AND recent = 1
			RETURNING people`, x.Workspace, x.Article, x.day, x.locale)
		if err != nil || len(people) == 0 {
			return 0, err
		}
		_, err = t.Exec(`UPDATE article_count SET recent = recent - $3 WHERE workspace_id = $1 AND article_id = $2`,
			x.Workspace, x.Article, people[0])
		if err != nil {
			return 0, err
		}
	}
	return len(old), nil
}
