package rest

import (
	"context"

	"lectern"
)

// Replicas let a read be answered by a replica of the database.
type Replicas interface {
	// Recent returns a context whose reads may see an older state of the
	// database, but one with every change of the workspace so far.
	Recent(ctx context.Context, ws lectern.WorkspaceID) (context.Context, error)
	// Known returns a context whose reads of a workspace see at least what the
	// store's watchers have been told of when they read.
	Known(ctx context.Context, ws lectern.WorkspaceID) context.Context
}

// allowReplica lets what is read for a call come from a replica. The call sees
// every change that anybody has made in the workspace before it, so no client
// misses its own, and an answer that is kept is as good as one of the primary.
func (s *Server) allowReplica(c *call) error {
	if s.replicas == nil {
		return nil
	}
	ctx, err := s.replicas.Recent(c.Context(), c.workspace())
	if err != nil {
		return err
	}
	c.Request = c.WithContext(ctx)
	return nil
}

// latest returns a context whose reads of a workspace see what this server knows
// of by now.
func (s *Server) latest(ctx context.Context, ws lectern.WorkspaceID) context.Context {
	if s.replicas == nil {
		return ctx
	}
	return s.replicas.Known(ctx, ws)
}
