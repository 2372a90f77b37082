package rest

import (
	"cmp"

	"lectern"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

var activityRoutes = []*route{
	{handle: (*Server).listActivityLogs, Operation: openapi.Operation{
		Route: "GET /admins/activity_logs", ID: "listActivityLogs", Tag: "Admins", Scope: lectern.ReadAdmins,
		Summary: "List what teammates did", About: "Newest first.",
		Params: []openapi.Param{
			{Name: "created_at_after", Type: "integer", Required: true, About: "Earliest time, in Unix seconds or as ISO 8601."},
			{Name: "created_at_before", Type: "integer", About: "Latest time, in Unix seconds or as ISO 8601."},
			pageParam, perPage(activityPerPage),
		},
		Answer: wire.ActivityLogList{},
		Errors: []openapi.Failure{missing("created_at_after is a required parameter.", "created_at_after is not given")}}},
	{handle: (*Server).searchActivityLogs, Operation: openapi.Operation{
		Route: "POST /admins/activity_logs/search", ID: "searchActivityLogs", Tag: "Admins", Scope: lectern.ReadAdmins,
		Summary: "Search what teammates did", About: "Newest first. The next page is asked for by its number.",
		Request: wire.SearchActivityLogsRequest{}, Answer: wire.ActivityLogList{},
		Errors: []openapi.Failure{
			missing("created_at_after is a required parameter.", "created_at_after is not given"),
			invalid("Per Page is too big", "per_page is above 250"),
		}}},
	{handle: (*Server).listActivityLogEventTypes, Operation: openapi.Operation{
		Route: "GET /admins/activity_log_event_types", ID: "listActivityLogEventTypes", Tag: "Admins", Scope: lectern.ReadAdmins,
		Summary: "List the types of activities", About: "Those that are logged here, which are some of Intercom's.",
		Answer: wire.ActivityLogEventTypeList{}}},
}

// activityPerPage is how many activities a page holds unless the request says so.
const activityPerPage = 20

// listActivityLogs answers GET /admins/activity_logs.
func (s *Server) listActivityLogs(c *call) (any, error) {
	query := c.URL.Query()
	p, err := pageOf(query, activityPerPage)
	if err != nil {
		return nil, err
	}
	if query.Get("created_at_after") == "" {
		return nil, lectern.Missingf("created_at_after", "created_at_after is a required parameter.")
	}
	q := lectern.EventQuery{Kinds: wire.ActivityKinds()}
	if q.After, err = queryTime(query.Get("created_at_after"), "created_at_after"); err != nil {
		return nil, err
	}
	if q.Before, err = queryTime(query.Get("created_at_before"), "created_at_before"); err != nil {
		return nil, err
	}
	return s.activityLogs(c, q, p)
}

// searchActivityLogs answers POST /admins/activity_logs/search.
func (s *Server) searchActivityLogs(c *call) (any, error) {
	var req wire.SearchActivityLogsRequest
	if err := decode(c, &req); err != nil {
		return nil, err
	}
	if err := complete(req); err != nil {
		return nil, err
	}
	p, err := pageFrom(req.Page.Pointer(), req.PerPage.Pointer(), activityPerPage)
	if err != nil {
		return nil, err
	}
	list, err := s.activityLogs(c, lectern.EventQuery{
		Kinds: wire.ActivityKinds(req.EventTypes.Value...), After: req.CreatedAtAfter.Value.Time, Before: req.CreatedAtBefore.Value.Time,
	}, p)
	list.Pages.Next = nil // an address has no body
	return list, err
}

// activityLogs reads a page of activities of the kinds that q names.
func (s *Server) activityLogs(c *call, q lectern.EventQuery, p page) (wire.ActivityLogList, error) {
	list := wire.ActivityLogList{Type: "activity_log.list", Pages: c.pages(p, 0), ActivityLogs: []wire.ActivityLog{}}
	if len(q.Kinds) == 0 {
		return list, nil
	}
	q.Offset, q.Limit = p.offset(), p.per
	events, total, err := s.store.Events(c.Context(), c.workspace(), q)
	if err != nil {
		return list, err
	}
	admins, err := s.store.Admins(c.Context(), c.workspace())
	if err != nil {
		return list, err
	}
	byID := map[lectern.AdminID]*lectern.Admin{}
	for _, a := range admins {
		byID[a.ID] = a
	}
	list.Pages = c.pages(p, total)
	for _, e := range events {
		// What the installation did by itself is put down to the bot, which is last.
		list.ActivityLogs = append(list.ActivityLogs, wire.FromEvent(e, cmp.Or(byID[e.Admin], admins[len(admins)-1])))
	}
	return list, nil
}

// listActivityLogEventTypes answers GET /admins/activity_log_event_types.
func (s *Server) listActivityLogEventTypes(*call) (any, error) {
	return wire.ActivityLogEventTypeList{Type: "activity_log_event_type.list", EventTypes: wire.ActivityTypes()}, nil
}
