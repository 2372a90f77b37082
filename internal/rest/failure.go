package rest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"lectern"
	"lectern/internal/hall"
	"lectern/internal/wire"
)

// A failure is an error in the API's own words.
type failure struct {
	status        int
	code, message string
}

func (f *failure) Error() string { return f.message }

var (
	errUnauthorized  = &failure{http.StatusUnauthorized, "unauthorized", "Access Token Invalid"}
	errRevoked       = &failure{http.StatusUnauthorized, "token_revoked", "Access Token Revoked"}
	errExpired       = &failure{http.StatusUnauthorized, "unauthorized", "Access Token Expired"}
	errNotAcceptable = &failure{http.StatusNotAcceptable, "media_type_not_acceptable", "The Accept header should send a media type of application/json"}
	errVersionLacks  = &failure{http.StatusBadRequest, "intercom_version_invalid", "Requested resource is not available in current API version."}
	errNotFound      = &failure{http.StatusNotFound, "not_found", "Resource Not Found"}
	errTooMany       = &failure{http.StatusTooManyRequests, "rate_limit_exceeded", "Exceeded the rate limit; it resets at X-RateLimit-Reset"}
	errTooManyTries  = &failure{http.StatusTooManyRequests, "rate_limit_exceeded", "Too many requests with access tokens that are not good; wait as Retry-After says"}
	errUnbuilt       = &failure{http.StatusNotImplemented, "unsupported", "This operation is not built yet."}
	errOurs          = &failure{http.StatusInternalServerError, "server_error", "Something went wrong on our side"}

	errMalformed = &failure{http.StatusBadRequest, "parameter_invalid", "There was a problem in the JSON you submitted"}

	// errMalformedOnce is errMalformed before 2.16. It has a shape of its own,
	// see writeFailure.
	errMalformedOnce = &failure{http.StatusBadRequest, "parameter_invalid", errMalformed.message}
)

// kinds says how each kind of refusal is answered, where the error has no more
// to say itself.
var kinds = []struct {
	kind lectern.Kind
	failure
}{
	{lectern.NotFound, *errNotFound},
	{lectern.Unknown, failure{http.StatusNotFound, "parameter_invalid", "A parameter names something that does not exist"}},
	{lectern.Invalid, failure{http.StatusBadRequest, "parameter_invalid", "A parameter is invalid"}},
	{lectern.Untimely, failure{http.StatusUnprocessableEntity, "parameter_invalid", "This cannot be done now"}},
	{lectern.Missing, failure{http.StatusBadRequest, "parameter_not_found", "A parameter is missing"}},
	{lectern.Conflict, failure{http.StatusConflict, "resource_conflict", "The resource exists already"}},
	{lectern.Stale, failure{http.StatusPreconditionFailed, "conflict", "The resource has changed since it was read"}},
	{lectern.Forbidden, failure{http.StatusForbidden, "forbidden", "You may not do this"}},
	{lectern.Unavailable, failure{http.StatusServiceUnavailable, "service_unavailable", "The server cannot answer now; try again"}},
}

// fail answers an error: a refusal as what it is, anything else as ours.
func (s *Server) fail(w http.ResponseWriter, c *call, err error) {
	if errors.Is(err, context.Canceled) && errors.Is(c.Context().Err(), context.Canceled) {
		return // the client has gone
	}
	f := asFailure(err)
	if f == errOurs && hall.Expired(c.Context()) {
		f = asFailure(lectern.Unavailable)
	}
	if f == errOurs || f.status == http.StatusServiceUnavailable {
		s.log.Error("request failed", "method", c.Method, "path", c.URL.Path,
			"request_id", c.hall.ID(), "error", err)
	}
	writeFailureAbout(w, f, fieldOf(err))
}

// fieldOf returns the field of a request that an answer names beside the
// message. Intercom does so for schedules alone.
func fieldOf(err error) string {
	var e *lectern.Error
	if errors.As(err, &e) && strings.HasPrefix(e.Field, "scheduled_") {
		return e.Field
	}
	return ""
}

func asFailure(err error) *failure {
	var f *failure
	if errors.As(err, &f) {
		return f
	}
	for _, k := range kinds {
		if errors.Is(err, k.kind) {
			f := k.failure
			var e *lectern.Error
			if errors.As(err, &e) && e.Text != "" {
				f.message = e.Text
			}
			return &f
		}
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return asFailure(lectern.Unavailable)
	}
	return errOurs
}

// asValidation is the refusal of a value as several operations since 2.16 put
// it. A value that names something which does not exist stays what it is.
func asValidation(err error) error {
	var e *lectern.Error
	if errors.As(err, &e) && (e.Kind == lectern.Invalid || e.Kind == lectern.Missing) && e.Err == nil {
		return &failure{http.StatusUnprocessableEntity, "validation_error", e.Text}
	}
	return err
}

// writeFailure writes an error.list. Two errors have recorded shapes of their
// own: a refused Accept header carries no request_id, and before 2.16 malformed
// JSON is answered as if before the API proper.
func writeFailure(w http.ResponseWriter, f *failure) { writeFailureAbout(w, f, "") }

// writeFailureAbout is writeFailure for an error that names a field.
func writeFailureAbout(w http.ResponseWriter, f *failure, field string) {
	list := wire.Error{Type: "error.list", Errors: []wire.ErrorItem{{Code: f.code, Field: field, Message: f.message}}}
	if f != errNotAcceptable {
		list.RequestID = new(w.Header().Get("X-Request-Id"))
	}
	var body any = list
	if f == errMalformedOnce {
		var mark [16]byte
		rand.Read(mark[:])
		body = struct {
			Status int    `json:"status"`
			Error  string `json:"error"`
		}{f.status, f.message + " [" + hex.EncodeToString(mark[:]) + "]: logged with error code"}
	}
	h := w.Header()
	h["Content-Type"] = jsonType
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(f.status)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.Encode(body)
}
