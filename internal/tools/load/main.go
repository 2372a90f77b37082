// Command load fills a running Lectern through its public API with articles
// from corpus files, and checks that everything arrived: what a client would
// do, at the size of a real help center.
//
//	go run ./internal/tools/load --base-url http://127.0.0.1:8080 --token T FILE…
//	go run ./internal/tools/load --base-url … --token T --verify FILE…
//
// A run writes what it did to a state file and takes up from there when it is
// started again, without making an article twice. How is told in state.go.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"lectern"
)

const usage = `Usage: load [flags] FILE…

Loads corpus files (JSON Lines, plain or .gz) into a running Lectern. A line is
an article in its languages, or a page in one:

  {"external_id": "7", "collection": "Billing", "translations":
    {"en": {"title": "Pay", "body_html": "<p>…</p>"}, "de": {…}}}
  {"external_id": "8", "collection": "Billing", "locale": "en",
    "title": "Refunds", "body_markdown": "…"}

(each on one line). Without a collection it goes into one called like the file.

Exit status: 0 all well, 1 something failed or differs, 2 wrong usage.

`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// options are the command line.
type options struct {
	baseURL string
	token   string
	state   string
	locale  lectern.Locale // default locale of the help center
	workers int
	verify  bool
	files   []string
}

// run is main with its surroundings as arguments. It returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o, err := parseOptions(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		fmt.Fprintln(stderr, "load:", err)
		return 2
	}
	r, err := loadAndVerify(ctx, o, stderr)
	r.print(stdout)
	if err != nil {
		fmt.Fprintln(stderr, "load:", err)
		return 1
	}
	if !r.well() {
		return 1
	}
	return 0
}

func parseOptions(args []string, stderr io.Writer) (options, error) {
	var o options
	fs := flag.NewFlagSet("load", flag.ContinueOnError)
	fs.SetOutput(stderr)
	fs.Usage = func() { fmt.Fprint(stderr, usage); fs.PrintDefaults() }
	fs.StringVar(&o.baseURL, "base-url", "http://127.0.0.1:8080", "where Lectern answers")
	fs.StringVar(&o.token, "token", os.Getenv("LECTERN_TOKEN"), "access token; default $LECTERN_TOKEN")
	fs.StringVar(&o.state, "state", "load-state.json", "file that remembers what was loaded")
	locale := fs.String("locale", "en", "default locale of the help center")
	fs.IntVar(&o.workers, "workers", 8, "requests at the same time")
	fs.BoolVar(&o.verify, "verify", false, "read everything back, and search every title")
	if err := fs.Parse(args); err != nil {
		return o, err
	}
	o.files = fs.Args()
	o.baseURL = strings.TrimRight(o.baseURL, "/")
	var ok bool
	o.locale, ok = lectern.ParseLocale(*locale)
	switch {
	case !ok:
		return o, fmt.Errorf("--locale %q is no locale of the API", *locale)
	case len(o.files) == 0:
		return o, errors.New("name at least one corpus file")
	case o.token == "":
		return o, errors.New("--token is missing")
	case o.workers < 1:
		return o, errors.New("--workers must be at least 1")
	}
	return o, nil
}

// loadAndVerify loads what the state file does not know as loaded and, if
// asked, verifies everything. The report is good for as far as it came.
func loadAndVerify(ctx context.Context, o options, stderr io.Writer) (*report, error) {
	r := &report{}
	items, collections, err := survey(o.files)
	if err != nil {
		return r, err
	}
	api := newClient(o.baseURL, o.token)
	me, err := api.me(ctx)
	if err != nil {
		return r, fmt.Errorf("ask who the token belongs to: %w", err)
	}
	st, err := openState(o.state, o.baseURL+" "+me.App.IDCode)
	if err != nil {
		return r, err
	}
	defer st.close()
	l := &loader{api: api, state: st, author: me.ID, locale: o.locale, workers: o.workers, report: r}
	if l.collections, err = api.ensureCollections(ctx, collections); err != nil {
		return r, err
	}
	started := time.Now()
	p := startProgress(stderr, "loading", items)
	err = l.load(ctx, o.files, p)
	p.stop()
	r.loadTime = time.Since(started)
	if err != nil || !o.verify {
		return r, err
	}
	r.verified = true
	started = time.Now()
	p = startProgress(stderr, "verifying", items)
	err = l.verify(ctx, o.files, p)
	p.stop()
	r.verifyTime = time.Since(started)
	return r, err
}
