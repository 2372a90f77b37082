package app

import (
	"context"
	"slices"
	"time"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/worker"
)

// jobs are what is done beside requests.
func jobs(db *store.DB) []worker.Job {
	return []worker.Job{
		{Name: "schedules", Every: 500 * time.Millisecond, Do: func(ctx context.Context) (bool, error) {
			_, err := db.RunSchedules(ctx)
			return false, err
		}},
		{Name: "bulk actions", Every: time.Second, Wake: bulkActions(db), Do: db.DoBulkItem},
		{Name: "views", Every: time.Second, Do: func(ctx context.Context) (bool, error) { return false, db.FlushViews(ctx) }},
		{Name: "uses of tokens", Every: 10 * time.Second, Do: func(ctx context.Context) (bool, error) { return false, db.FlushTokenUses(ctx) }},
		{Name: "old counts", Every: time.Hour, Alone: db.Alone, Do: db.AgeCounts},
		{Name: "searches", Every: time.Second, Do: func(ctx context.Context) (bool, error) { return false, db.FlushSearches(ctx) }},
		{Name: "meaning", Every: 2 * time.Second, Do: db.LearnMeaning}, // nothing without an embedder; asks the service alone
		{Name: "old searches", Every: time.Hour, Alone: db.Alone, Do: db.AgeSearches},
		{Name: "search index", Every: time.Hour, Alone: db.Alone, Do: func(ctx context.Context) (bool, error) { return false, db.Reindex(ctx, nil) }},
		{Name: "statistics of the database", Every: time.Hour, Alone: db.Alone, Do: func(ctx context.Context) (bool, error) { return false, db.GatherStatistics(ctx) }},
		{Name: "related articles", Every: 2 * time.Second, Do: db.LoadWanted},
	}
}

// bulkActions returns a channel that holds a signal once a bulk action was asked
// for, here or in another process.
func bulkActions(db lectern.Store) <-chan struct{} {
	asked := make(chan struct{}, 1)
	db.Watch(func(events []lectern.Event) {
		if slices.ContainsFunc(events, func(e lectern.Event) bool { return e.Kind == lectern.BulkActionCreated }) {
			select {
			case asked <- struct{}{}:
			default: // there is a signal that nobody has taken yet
			}
		}
	})
	return asked
}
