package store

import (
	"context"
	"errors"
	"slices"
	"sync"
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

	clocks sync.Mutex                    // guards told
	told   map[lectern.WorkspaceID]int64 // every change up to this one, by count_clock, has been told
}

// toldOf is the change of a workspace up to which all have been told.
func (c *counts) toldOf(ws lectern.WorkspaceID) int64 {
	c.clocks.Lock()
	defer c.clocks.Unlock()
	return c.told[ws]
}

// tell notes that every change of a workspace up to one has been told.
func (c *counts) tell(ws lectern.WorkspaceID, change int64) {
	c.clocks.Lock()
	defer c.clocks.Unlock()
	if c.told == nil {
		c.told = map[lectern.WorkspaceID]int64{}
	}
	c.told[ws] = change
}

// tick numbers the change of a workspace's statistics that a transaction is
// about to make. Until its commit no other transaction changes them, so numbers
// grow in the order in which the changes become visible.
func tick(c db.Conn, ws lectern.WorkspaceID) (change int64, err error) {
	err = db.One(c, []any{&change}, `
		INSERT INTO count_clock (workspace_id, value) VALUES ($1, 1)
		ON CONFLICT (workspace_id) DO UPDATE SET value = count_clock.value + 1
		RETURNING value`, ws)
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

// addTallies adds tallies of one article to its statistics, at the change that tick
// returned. It reports false, and adds nothing, if there is no such article.
func addTallies(c db.Conn, change int64, list []tally) (bool, error) {
	a, sum := list[0].ArticleRef, tally{}
	for _, x := range list {
		sum.people += x.people
		sum.happy += x.happy
		sum.neutral += x.neutral
		sum.sad += x.sad
	}
	// First of all the article itself: no one deletes it from here on.
	n, err := c.Exec(`
		UPDATE article SET views = views + $3, happy = happy + $4, neutral = neutral + $5, sad = sad + $6
		WHERE workspace_id = $1 AND id = $2`, a.Workspace, a.Article, sum.people, sum.happy, sum.neutral, sum.sad)
	if err != nil || n == 0 {
		return false, err
	}
	for _, x := range list {
		_, err := c.Exec(`
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
	_, err = c.Exec(`
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
	clocks, err := d.readClocks(ctx)
	for _, x := range clocks {
		d.counts.tell(x.ws, x.change)
	}
	return err
}

// A clock is how far the statistics of a workspace are.
type clock struct {
	ws     lectern.WorkspaceID
	change int64
}

func (d *DB) readClocks(ctx context.Context) ([]clock, error) {
	return db.List(ctx, d.db, "read count clocks", func(r db.Rows) (x clock, err error) {
		err = r.Scan(&x.ws, &x.change)
		return x, err
	}, `SELECT workspace_id, value FROM count_clock`)
}

// pollCounts tells of the statistics that other processes changed until ctx ends.
func (d *DB) pollCounts(ctx context.Context) {
	var complained time.Time
	var took time.Duration
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(max(pollCountsEvery, idleFactor*took)):
		}
		began := time.Now()
		if err := d.tellAllCounts(ctx); err != nil && ctx.Err() == nil && time.Since(complained) > complainEvery {
			complained = time.Now()
			d.log.Warn("cannot look for statistics that other processes changed", "error", err)
		}
		took = time.Since(began)
	}
}

// tellAllCounts tells of all changes of statistics so far.
func (d *DB) tellAllCounts(ctx context.Context) error {
	clocks, err := d.readClocks(ctx)
	for _, x := range clocks {
		if d.counts.toldOf(x.ws) != x.change {
			err = errors.Join(err, d.tellCounts(ctx, x.ws))
		}
	}
	return err
}

// tellCounts tells of all changes of a workspace's statistics so far.
func (d *DB) tellCounts(ctx context.Context, ws lectern.WorkspaceID) error {
	w := &d.counts
	w.watch.Lock()
	defer w.watch.Unlock()
	told, last := w.toldOf(ws), int64(0)
	var changed []lectern.ArticleRef
	err := d.db.Read(db.Newest(ctx), "read changed statistics", func(c db.Conn) (err error) {
		if err := db.One(c, []any{&last}, `SELECT value FROM count_clock WHERE workspace_id = $1`, ws); err != nil || last == told {
			return err
		}
		changed, err = db.All(c, func(r db.Rows) (a lectern.ArticleRef, err error) {
			a.Workspace = ws
			err = r.Scan(&a.Article)
			return a, err
		}, `SELECT article_id FROM article_count WHERE workspace_id = $1 AND change > $2 ORDER BY change`, ws, told)
		return err
	})
	if err != nil || last == told {
		return err
	}
	if last < told { // the database has lost changes
		d.forget()
	}
	w.tell(ws, last)
	if len(changed) == 0 {
		return nil
	}
	for _, seen := range w.seen {
		seen(slices.Clone(changed))
	}
	return nil
}
