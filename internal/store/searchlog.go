package store

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"

	"lectern"
	"lectern/internal/store/db"
)

const (
	// maxGatheredSearches bounds the different searches that wait for a flush.
	maxGatheredSearches = 10_000
	// maxKnownVisitors is how many networks are told apart for one phrase and
	// day: more than lectern.OftenNetworks says nothing more.
	maxKnownVisitors = 8
	// agedSearches is how many days are deleted at once.
	agedSearches = 16
	// searchesAtOnce is how many rows one transaction counts searches in.
	searchesAtOnce = 256
)

// searchCounts is what the store keeps in memory about searches.
type searchCounts struct {
	gathered gathered[searchSum]

	mu   sync.Mutex // guards what follows
	day  lectern.Day
	seen map[searchKey][]lectern.Visitor // of the day; they go nowhere else
}

// A searchKey names a row of search_day.
type searchKey struct {
	workspace  lectern.WorkspaceID
	day        lectern.Day
	helpCenter lectern.HelpCenterID
	locale     lectern.Locale
	source     lectern.SearchSource
	phrase     string
}

// A searchSum is one of the sums of a row.
type searchSum struct {
	searchKey
	of searchColumn
}

type searchColumn int

const (
	searches searchColumn = iota
	unanswered
	people
)

// CountSearch counts a search in memory. See lectern.SearchLogStore.
func (d *DB) CountSearch(s lectern.Search) {
	phrase := lectern.LoggedPhrase(s.Phrase)
	if phrase == "" || !db.Storable(phrase) {
		return
	}
	key := searchKey{s.Workspace, lectern.DayOf(d.now()), s.HelpCenter, s.Locale, s.Source, phrase}
	add := func(of searchColumn) { d.counts.searches.gathered.add(searchSum{key, of}, 1, maxGatheredSearches) }
	add(searches)
	if !s.Found {
		add(unanswered)
	}
	if s.Visitor != (lectern.Visitor{}) && d.counts.searches.isNew(key, s.Visitor) {
		add(people)
	}
}

// isNew notes who searched for a phrase, and reports whether nobody knew yet.
func (s *searchCounts) isNew(key searchKey, who lectern.Visitor) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.day != key.day || s.seen == nil {
		s.day, s.seen = key.day, map[searchKey][]lectern.Visitor{}
	}
	known := s.seen[key]
	if len(known) >= maxKnownVisitors || slices.Contains(known, who) || known == nil && len(s.seen) >= maxGatheredSearches {
		return false
	}
	s.seen[key] = append(known, who)
	return true
}

// FlushSearches stores the searches counted in memory. See
// lectern.SearchLogStore.
func (d *DB) FlushSearches(ctx context.Context) error {
	taken := d.counts.searches.gathered.take()
	rows := map[searchKey][3]int{}
	for sum, n := range taken {
		row := rows[sum.searchKey]
		row[sum.of] = n
		rows[sum.searchKey] = row
	}
	byWorkspace := map[lectern.WorkspaceID][]searchKey{}
	for _, k := range slices.SortedFunc(maps.Keys(rows), compareSearchKeys) {
		byWorkspace[k.workspace] = append(byWorkspace[k.workspace], k)
	}
	var err error
	for ws, all := range byWorkspace {
		for keys := range slices.Chunk(all, searchesAtOnce) {
			failed := d.db.WriteUnordered(ctx, ws, "store searches", func(c db.Conn) error {
				for _, k := range keys {
					if err := countSearches(c, k, rows[k]); err != nil {
						return err
					}
				}
				return nil
			})
			if failed != nil {
				err = errors.Join(err, failed)
				break
			}
			for _, k := range keys {
				for of := range searchColumn(3) {
					delete(taken, searchSum{k, of})
				}
			}
		}
	}
	d.counts.searches.gathered.putBack(taken)
	return err
}

// compareSearchKeys orders keys, so that all processes change rows in the same
// order.
func compareSearchKeys(a, b searchKey) int {
	return cmp.Or(cmp.Compare(a.workspace, b.workspace), cmp.Compare(a.day, b.day), cmp.Compare(a.helpCenter, b.helpCenter),
		cmp.Compare(a.locale, b.locale), cmp.Compare(a.source, b.source), strings.Compare(a.phrase, b.phrase))
}

// countSearches adds to a row, or makes it while the day has room. A help center
// that does not exist has no rows.
func countSearches(c db.Conn, k searchKey, n [3]int) error {
	args := []any{k.workspace, k.day, k.helpCenter, k.locale, k.source, k.phrase, n[searches], n[unanswered], n[people]}
	const change = `
		UPDATE search_day SET searches = searches + $7, unanswered = unanswered + $8, people = people + $9
		WHERE workspace_id = $1 AND day = $2 AND help_center_id = $3 AND locale = $4 AND source = $5 AND phrase = $6`
	if changed, err := c.Exec(change, args...); err != nil || changed > 0 {
		return err
	}
	_, err := c.Exec(`
		INSERT INTO search_day (workspace_id, day, help_center_id, locale, source, phrase, searches, unanswered, people)
		SELECT h.workspace_id, $2, h.id, $4, $5, $6, $7, $8, $9 FROM help_center h
		WHERE h.workspace_id = $1 AND h.id = $3
			AND (SELECT count(*) FROM search_day d WHERE d.workspace_id = $1 AND d.day = $2) < $10
		ON CONFLICT (workspace_id, day, help_center_id, locale, source, phrase) DO UPDATE SET
			searches = search_day.searches + excluded.searches, unanswered = search_day.unanswered + excluded.unanswered,
			people = search_day.people + excluded.people`, append(args, lectern.MaxLoggedPhrases)...)
	return err
}

// AgeSearches deletes what is old. See lectern.SearchLogStore.
func (d *DB) AgeSearches(ctx context.Context) (more bool, err error) {
	err = d.db.WriteUnordered(ctx, 0, "delete old searches", func(c db.Conn) error {
		days, err := db.All(c, db.Scalar[lectern.Day], `SELECT DISTINCT day FROM search_day WHERE day <= $1 ORDER BY day LIMIT $2`,
			lectern.DayOf(d.now())-lectern.SearchLogDays, agedSearches)
		if err != nil || len(days) == 0 {
			return err
		}
		more = len(days) == agedSearches
		_, err = c.Exec(`DELETE FROM search_day WHERE day <= $1`, days[len(days)-1])
		return err
	})
	return more, err
}

// SearchLog returns a page of phrases, and totals. See lectern.SearchLogStore.
func (d *DB) SearchLog(ctx context.Context, ws lectern.WorkspaceID, q lectern.SearchLogQuery) (list []lectern.SearchCount, totals lectern.SearchTotals, err error) {
	const where = ` FROM search_day WHERE workspace_id = $1 AND day >= $2 AND day <= $3
		AND (CAST($4 AS TEXT) = '' OR locale = $4) AND (CAST($5 AS BIGINT) = 0 OR help_center_id = $5)
		AND (CAST($6 AS TEXT) = '' OR source = $6)`
	args := []any{ws, q.From, q.To, q.Locale, q.HelpCenter, q.Source}
	having, order := ``, `2`
	if q.Unanswered {
		having, order = ` HAVING sum(unanswered) > 0`, `3`
	}
	// Sums are of a wider type in PostgreSQL.
	grouped := `SELECT phrase, CAST(sum(searches) AS BIGINT), CAST(sum(unanswered) AS BIGINT), max(day), locale` + where +
		` GROUP BY phrase, locale` + having
	err = d.db.Read(ctx, "read search log", func(c db.Conn) error {
		if err := db.One(c, []any{&totals.Searches, &totals.Unanswered}, `
			SELECT CAST(COALESCE(sum(searches), 0) AS BIGINT), CAST(COALESCE(sum(unanswered), 0) AS BIGINT)`+where, args...); err != nil {
			return err
		}
		if totals.Phrases, err = db.Count(c, `SELECT count(*) FROM (`+grouped+`) AS found`, args...); err != nil {
			return err
		}
		list, err = db.All(c, func(r db.Rows) (x lectern.SearchCount, err error) {
			err = r.Scan(&x.Phrase, &x.Searches, &x.Unanswered, &x.LastDay, &x.Locale)
			return x, err
		}, grouped+` ORDER BY `+order+` DESC, phrase, locale LIMIT $7 OFFSET $8`, append(args, db.Limit(q.Limit), max(q.Offset, 0))...)
		return err
	})
	return list, totals, err
}
