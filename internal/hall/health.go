package hall

import (
	"context"
	"errors"
	"net/http"
	"time"

	"lectern"
)

// Health says whether requests can be answered.
type Health struct {
	// Ping returns nil if the database answers; nil if there is none.
	Ping func(context.Context) error
	// Starting says what is still being done before the server is ready, or ""
	// once it is; nil if nothing is.
	Starting func() string
}

// pingTime is how long the database may take to answer /readyz.
const pingTime = 2 * time.Second

// healthz says that the process lives.
func healthz(w http.ResponseWriter, _ *http.Request) { Plain(w, http.StatusOK, "ok\n") }

// readyz says whether requests can be answered.
func (h *Hall) readyz(w http.ResponseWriter, r *http.Request) {
	if h.Health.Ping != nil {
		ctx, cancel := context.WithTimeout(r.Context(), pingTime)
		defer cancel()
		if err := h.Health.Ping(ctx); err != nil {
			h.Logger.Error("store does not answer", "error", err)
			text := "the database does not answer"
			if known, ok := errors.AsType[*lectern.Error](err); ok && known.Kind == lectern.Unavailable {
				text = known.Text
			}
			Plain(w, http.StatusServiceUnavailable, text+"\n")
			return
		}
	}
	if h.Health.Starting != nil {
		if doing := h.Health.Starting(); doing != "" {
			Plain(w, http.StatusServiceUnavailable, doing+"\n")
			return
		}
	}
	Plain(w, http.StatusOK, "ready\n")
}
