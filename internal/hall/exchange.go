package hall

import (
	"math/rand/v2"
	"net/http"
	"net/netip"
	"strconv"
	"time"

	"lectern"
)

// An Exchange is a request and its answer, as the hall knows them. A door may
// read all of it, and sets what it finds out, for the log.
type Exchange struct {
	Client    netip.Addr          // where the request comes from; the zero address if that is not known
	Secure    bool                // whether the client speaks https
	Plain     bool                // whether a trusted proxy says that it speaks http
	Workspace lectern.WorkspaceID // that is asked, or zero
	Token     lectern.TokenID     // of the request; zero for none that is good

	http.ResponseWriter
	id            [1]string // the request's; also the value of a header
	door          *Door
	start         time.Time
	status, bytes int
	deadline      deadline
}

func (h *Hall) newExchange(w http.ResponseWriter, r *http.Request) *Exchange {
	x := &Exchange{
		Client: h.Clients.Address(r), Secure: h.Clients.Secure(r), Plain: h.Clients.Plain(r),
		ResponseWriter: w, start: time.Now(), id: [1]string{newRequestID()},
	}
	x.deadline = deadline{parent: r.Context(), at: x.start.Add(h.timeFor(r)), exchange: x}
	return x
}

// Of returns what the hall knows of a request. Of one that did not come through
// a hall that is nothing.
func Of(r *http.Request) *Exchange {
	if x, ok := r.Context().Value(exchangeKey{}).(*Exchange); ok {
		return x
	}
	return &Exchange{}
}

// ID is that of the request, in its answer and in the log.
func (x *Exchange) ID() string { return x.id[0] }

// WriteHeader sends the status. Who is told "not now" is told when to ask again,
// should the door not have said.
func (x *Exchange) WriteHeader(status int) {
	if x.status == 0 {
		x.status = status
		if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
			if h := x.Header(); len(h["Retry-After"]) == 0 {
				h["Retry-After"] = []string{strconv.Itoa(retrySeconds)}
			}
		}
	}
	x.ResponseWriter.WriteHeader(status)
}

// retrySeconds is after how long a request that could not be answered now is
// worth another try, where nothing says better.
const retrySeconds = 5

func (x *Exchange) Write(b []byte) (int, error) {
	if x.status == 0 {
		x.status = http.StatusOK
	}
	n, err := x.ResponseWriter.Write(b)
	x.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (x *Exchange) Unwrap() http.ResponseWriter { return x.ResponseWriter }

// newRequestID returns 20 characters of [0-9a-v], as Intercom's are.
func newRequestID() string {
	const digits = "0123456789abcdefghijklmnopqrstuv"
	var id [20]byte
	a, b := rand.Uint64(), rand.Uint64()
	for i := range 10 {
		id[i], id[10+i] = digits[a&31], digits[b&31]
		a, b = a>>5, b>>5
	}
	return string(id[:])
}
