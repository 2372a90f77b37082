package store

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"lectern"
	"lectern/internal/store/db"
)

// pollCountsEvery is how often the store looks for statistics that other
// processes changed. With a flush each second, everyone's answers are right
// within two seconds.
const pollCountsEvery = 500 * time.Millisecond

// counts is what the store counts in memory, and what it knows of counts.
type counts struct {
	anchors   anchorCache // of articles
	views     gathered[lectern.View]
	searches  searchCounts
	tokenUses tokenUses

	salts sync.Mutex // guards salt
	salt  lectern.Salt

	watch sync.Mutex // held while the functions run, so that they run in order
	seen  []func([]lectern.ArticleRef)
	told  atomic.Int64 // every change up to this one, by count_clock, has been told
}

// tick numbers the change of statistics that a transaction is about to make.
// Until its commit no other transaction changes statistics, so numbers grow in
// the order in which the changes become visible.
func (t *tx) tick() (change int64, err error) { return tick(t) }

func tick(c db.Conn) (change int64, err error) {
	err = db.One(c, []any{&change}, `UPDATE count_clock SET value = value + 1 WHERE workspace_id = 0 RETURNING value`)
	return change, err
}

// A tally is what is added to the statistics of an article on a day, on its
// page in a locale.
type tally struct {
	lectern.ArticleRef
	day                  lectern.Day
	locale               lectern.Locale
	people, bots, agents int
	happy, neutral, sad  int
}

// add adds tallies of one article to its statistics, at the change that tick
// returned. It reports false, and adds nothing, if there is no such article.
func (t *tx) add(change int64, list []tally) (bool, error) {
	a, sum := list[0].ArticleRef, tally{}
	for _, x := range list {
		sum.people += x.people
		sum.happy += x.happy
		sum.neutral += x.neutral
		sum.sad += x.sad
	}
	// First of all the article itself: no one deletes it from here on.
	n, err := t.Exec(`
		UPDATE article SET views = views + $3, happy = happy + $4, neutral = neutral + $5, sad = sad + $6
		WHERE workspace_id = $1 AND id = $2`, a.Workspace, a.Article, sum.people, sum.happy, sum.neutral, sum.sad)
	if err != nil || n == 0 {
		return false, err
	}
	for _, x := range list {
		_, err := t.Exec(`
			INSERT INTO article_day (workspace_id, article_id, day, locale, people, bots, agents, happy, neutral, sad, recent)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)
			ON CONFLICT (workspace_id, article_id, day, locale) DO UPDATE SET
				people = article_day.people + excluded.people, bots = article_day.bots + excluded.bots,
				agents = article_day.agents + excluded.agents, happy = article_day.happy + excluded.happy,
				neutral = article_day.neutral + excluded.neutral, sad = article_day.sad + excluded.sad`,
			a.Workspace, a.Article, x.day, x.locale, x.people, x.bots, x.agents, x.happy, x.neutral, x.sad)
		if err != nil {
			return false, err
		}
	}
	_, err = t.Exec(`
		INSERT INTO article_count (workspace_id, article_id, recent, change) VALUES ($1, $2, $3, $4)
		ON CONFLICT (workspace_id, article_id) DO UPDATE SET
			recent = article_count.recent + excluded.recent, change = excluded.change`,
		a.Workspace, a.Article, sum.people, change)
	return true, err
}

// WatchStatistics has seen called with the articles whose statistics changed.
// See lectern.CountStore.
func (d *DB) WatchStatistics(seen func([]lectern.ArticleRef)) {
	d.counts.watch.Lock()
	defer d.counts.watch.Unlock()
	d.counts.seen = append(d.counts.seen, seen)
}

// startCounts notes which changes are old.
func (d *DB) startCounts(ctx context.Context) error {
	return d.db.Read(ctx, "read count clock", func(c db.Conn) error {
		var last int64
		err := db.One(c, []any{&last}, `SELECT value FROM count_clock WHERE workspace_id = 0`)
		d.counts.told.Store(last)
		return err
	})
}

// pollCounts tells of the statistics that other processes changed until ctx ends.
func (d *DB) pollCounts(ctx context.Context) {
	tick := time.NewTicker(pollCountsEvery)
	defer tick.Stop()
	var complained time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := d.tellCounts(ctx); err != nil && ctx.Err() == nil && time.Since(complained) > complainEvery {
			complained = time.Now()
			d.log.Warn("cannot look for statistics that other processes changed", "error", err)
		}
	}
}

// tellCounts tells of all changes of statistics so far.
func (d *DB) tellCounts(ctx context.Context) error {
	w := &d.counts
	w.watch.Lock()
	defer w.watch.Unlock()
	told, last := w.told.Load(), int64(0)
	var changed []lectern.ArticleRef
	err := d.db.Read(ctx, "read changed statistics", func(c db.Conn) (err error) {
		if err := db.One(c, []any{&last}, `SELECT value FROM count_clock WHERE workspace_id = 0`); err != nil || last == told {
			return err
		}
		changed, err = db.All(c, func(r db.Rows) (a lectern.ArticleRef, err error) {
			err = r.Scan(&a.Workspace, &a.Article)
			return a, err
		}, `SELECT workspace_id, article_id FROM article_count WHERE change > $1 ORDER BY change`, told)
		return err
	})
	if err != nil || last == told {
		return err
	}
	w.told.Store(last)
	for _, seen := range w.seen {
		seen(slices.Clone(changed))
	}
	return nil
}
