package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"lectern"
	"lectern/internal/app"
	"lectern/internal/demo"
)

// drainTime is how long requests under way may take to end when the server is
// told to stop.
const drainTime = 10 * time.Second

var serveCommand = command{
	name:    "serve",
	summary: "run the help center",
	about: `Serves the help center until it is told to stop by SIGINT or SIGTERM. It then
takes no new requests and gives those under way ten seconds; a second signal
ends it at once.

The first start on an empty folder makes a database with one workspace, one
teammate, one help center and one access token, which is printed once and kept
only as a hash. "lectern token create" makes more of them. A folder that had a
database and has none now is refused, unless --init asks for a new one.

With --database it serves a PostgreSQL database, which must exist, and keeps
nothing itself: any number of servers may run on the same database.

Flags override environment variables.
`,
	exits: `  0  stopped by a signal
  1  could not start, or had to stop: the port or the data folder is in use,
     the database cannot be opened, …
  2  the command line or a setting is wrong
`,
	flags: func(s *settings) []setting {
		return []setting{s.listen(), s.data(), s.database(), s.replica(), s.baseURL(), s.trustedProxies(), s.token(), s.apiVersion(), s.locale(), s.region(), s.rateLimit(), s.maxBody(), s.limits(), s.securityContact(), s.frameHosts(),
			s.embeddingsURL(), s.embeddingsModel(), s.logRequests(), s.demo(), s.init()}
	},
	run: runServe,
}

func runServe(ctx context.Context, p *process, s *settings, _ []string) (err error) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // gives the second signal back its usual meaning

	if s.Replica != "" && s.Database == "" {
		return usagef("--database-replica requires --database")
	}
	embedder, err := p.embedder(s)
	if err != nil {
		return err
	}
	lock, err := s.lock()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.unlock()) }()
	if !s.Init {
		if err := lock.lost(); err != nil {
			return err
		}
	}
	// Listening comes before the first start, so that a port in use does not
	// swallow a token that is shown only once.
	listener, err := net.Listen("tcp", s.Listen)
	if err != nil {
		return listenError(s.Listen, err)
	}
	defer listener.Close()
	log, lines, flush := newServerLogger(p.stderr)
	defer func() { err = errors.Join(err, flush()) }()
	a, err := app.Open(ctx, app.Config{
		Database: s.place(), Replica: s.Replica, BaseURL: s.BaseURL, Clients: s.Clients, APIVersion: s.APIVersion, RateLimit: s.RateLimit,
		MaxBody: s.MaxBody, Limits: s.Limits, FrameHosts: s.FrameHosts, Embedder: embedder, SecurityContact: s.SecurityContact,
		Unlogged: s.unlogged, Logger: log, RequestLines: lines,
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if err := quickCheck(ctx, a.Store, log); err != nil {
		return err
	}
	if err := lock.note(); err != nil {
		return err
	}
	if err := prepare(ctx, p.stdout, a.Store, s, address(s, listener.Addr())); err != nil {
		if ctx.Err() != nil {
			return nil // it was told to stop; what is missing of the demo, the next start adds
		}
		return err
	}
	defer a.Start(ctx)()
	return serve(ctx, listener, a, log)
}

// prepare makes what the first start makes, or looks after the token and the
// region of a later one, and prints where to go from here. The token comes before
// the demo, which takes a while: whoever stops the program meanwhile has it.
func prepare(ctx context.Context, w io.Writer, db lectern.Store, s *settings, address string) error {
	first, secret, err := setup(ctx, db, s)
	if err != nil {
		return err
	}
	if first {
		err = greet(w, s, address, secret)
	} else {
		_, err = fmt.Fprintf(w, "Lectern listens on %s\n", address)
	}
	if err == nil && s.Demo {
		err = loadDemo(ctx, w, db)
	}
	return err
}

// loadDemo fills the workspace with the manual and prints what became of it.
func loadDemo(ctx context.Context, w io.Writer, db lectern.Store) error {
	all, err := db.Workspaces(ctx)
	if err != nil {
		return fmt.Errorf("find the workspace: %w", err)
	}
	by, err := actor(ctx, db, all[0].ID, 0)
	if err != nil {
		return err
	}
	n, err := demo.Load(ctx, db, by)
	if err != nil {
		return fmt.Errorf("load the manual: %w", err)
	}
	text := "The workspace is not empty: --demo left it as it is."
	if n > 0 {
		text = fmt.Sprintf("The manual and a second help center, /fjordlight, were loaded: %d articles.", n)
	}
	_, err = fmt.Fprintln(w, text)
	return err
}

// serve answers requests until ctx ends, then lets those under way finish.
func serve(ctx context.Context, listener net.Listener, handler http.Handler, log *slog.Logger) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute, // a body over a slow line
		WriteTimeout:      2 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	log.Info("stopping", "drain", drainTime.String())
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	if err := server.Shutdown(drain); err != nil {
		log.Warn("requests under way were cut off", "err", err)
		server.Close()
	}
	return nil
}

func listenError(address string, err error) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("the address %s is in use by another program: choose another one with --listen", address)
	case errors.Is(err, os.ErrPermission):
		return fmt.Errorf("not allowed to listen on %s: choose a port above 1023 with --listen", address)
	default:
		return fmt.Errorf("cannot listen on %s, choose another address with --listen: %w", address, err)
	}
}

// address returns what answers will begin with: the base URL, or where the
// server listens. A server on every interface is at localhost, too.
func address(s *settings, at net.Addr) string {
	if s.BaseURL != "" {
		return s.BaseURL
	}
	host, port, err := net.SplitHostPort(at.String())
	if err != nil {
		return "http://" + at.String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}
