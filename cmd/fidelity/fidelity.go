package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"lectern/internal/apiversion"
	"lectern/internal/fidelity"
)

// Exit statuses.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

const usage = `Usage: fidelity [FLAGS]

Sends every operation of every version of Intercom's knowledge API good and bad
requests, holds each answer against the descriptions, and prints what became of
each: pass, 501 (not built), absent from the version, or the number of the note
below the table that says what differs first. The last line is the score.

Flags
  --descriptions DIR
        Intercom's published descriptions, intercom-2.11.json and so on, or
        "none"; default ../shared/contract where that is there. The report says
        which descriptions it judged by
  --base-url URL
        a server that speaks the API; without it a fresh one of this build is
        started for each version, on an empty database
  --token TOKEN
        access token for that server
        FIDELITY_TOKEN, default none
  --write
        send that server requests that change something, too; what they make is
        deleted afterwards where the API can. Use an empty workspace
  --version NAME, --operation "METHOD /path/{id}"
        look at these alone; may be repeated
  --details
        print every difference with its request and answer
  --markdown FILE
        write the table as a page, too

Exit status
  0  everything passes
  1  something does not, or could not be looked at
  2  the command line is wrong
`

// defaultDescriptions is where the published descriptions lie beside a checkout.
const defaultDescriptions = "../shared/contract"

// A command is what the command line says.
type command struct {
	options  fidelity.Options
	details  bool
	markdown string // file; empty for none
}

// names collects a flag that may be repeated.
type names []string

func (n *names) String() string     { return strings.Join(*n, ", ") }
func (n *names) Set(s string) error { *n = append(*n, s); return nil }

// parse reads the command line.
func parse(args []string, getenv func(string) string) (*command, error) {
	c := &command{}
	f := flag.NewFlagSet("fidelity", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&c.options.Descriptions, "descriptions", "", "")
	f.StringVar(&c.options.BaseURL, "base-url", "", "")
	f.StringVar(&c.options.Token, "token", getenv("FIDELITY_TOKEN"), "")
	f.BoolVar(&c.options.Write, "write", false, "")
	f.Var((*names)(&c.options.Versions), "version", "")
	f.Var((*names)(&c.options.Operations), "operation", "")
	f.BoolVar(&c.details, "details", false, "")
	f.StringVar(&c.markdown, "markdown", "", "")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	for _, name := range c.options.Versions {
		if !slices.ContainsFunc(apiversion.Versions, func(v *apiversion.Version) bool { return v.Name == name }) {
			return nil, fmt.Errorf("there is no API version %q", name)
		}
	}
	switch {
	case f.NArg() > 0:
		return nil, fmt.Errorf("takes no arguments but flags, and got %q", f.Arg(0))
	case c.options.BaseURL == "" && c.options.Write:
		return nil, errors.New("--write needs --base-url: a server started here is written to anyway")
	case c.options.BaseURL != "" && c.options.Token == "":
		return nil, errors.New("--base-url needs --token")
	case c.options.BaseURL != "" && c.markdown != "":
		return nil, errors.New("--markdown tells of this build, not of the server at --base-url")
	case c.markdown != "" && len(c.options.Versions)+len(c.options.Operations) > 0:
		return nil, errors.New("--markdown is of all versions and operations")
	}
	return c, nil
}

// run runs the command line and returns the exit status.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	c, err := parse(args, getenv)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stdout, usage)
		return exitOK
	}
	if err != nil {
		fmt.Fprintf(stderr, "fidelity: %v\nRun \"fidelity --help\" to see how it is used.\n", err)
		return exitUsage
	}
	switch c.options.Descriptions {
	case "none":
		c.options.Descriptions = ""
	case "":
		if _, err := os.Stat(defaultDescriptions); err == nil {
			c.options.Descriptions = defaultDescriptions
		} else {
			fmt.Fprintf(stderr, "fidelity: Intercom's published descriptions are not at %s: judging by Lectern's own alone\n", defaultDescriptions)
		}
	}
	report, err := fidelity.Run(ctx, c.options)
	if err == nil && c.markdown != "" {
		err = os.WriteFile(c.markdown, report.Markdown(), 0o644)
	}
	if err != nil {
		fmt.Fprintf(stderr, "fidelity: %v\n", err)
		return exitFailed
	}
	if c.details {
		printDetails(stdout, report)
	}
	stdout.Write(report.Matrix())
	if !report.Perfect() {
		return exitFailed
	}
	return exitOK
}

// printDetails prints every difference with its request and answer, and what
// could not be tried.
func printDetails(w io.Writer, r *fidelity.Report) {
	for _, c := range r.Cells {
		for _, d := range c.Differences {
			fmt.Fprintf(w, "%s %s, %s: %s\n", c.Version, c.Operation, d.Case, d.What)
			if d.Exchange != "" {
				fmt.Fprintf(w, "    %s\n", strings.ReplaceAll(d.Exchange, "\n", "\n    "))
			}
		}
		for _, s := range c.Skipped {
			fmt.Fprintf(w, "%s %s, not tried: %s\n", c.Version, c.Operation, s)
		}
	}
}
