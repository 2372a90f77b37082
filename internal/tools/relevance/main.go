// Command relevance measures how good search is: it loads the documents of a
// set, asks its questions and compares the answers with people's judgments.
//
//	go run ./internal/tools/relevance --data ../shared/relevance/stackfaq --split dev
//	go run ./internal/tools/relevance --data ../shared/relevance --split dev --in-process --save before.json
//	go run ./internal/tools/relevance --data ../shared/relevance --split dev --in-process --against before.json
//
// A set is a folder with corpus.jsonl.gz {id, locale, title, body_html},
// queries.SPLIT.jsonl {id, locale, text, group} and qrels.SPLIT.tsv (question,
// 0, document, grade). A folder of sets is all of them. It speaks to a running
// server, which must be empty, or to one of its own, a new one for each set, or
// with --in-process to package search alone, for experiments.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"lectern"
)

const usage = `Usage: relevance --data DIR [flags]

Measures search by judged questions.
Exit status: 0 all well, 1 something failed, 2 wrong usage.

`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// options are the command line.
type options struct {
	data, split    string
	locale         lectern.Locale
	baseURL, token string
	database       string
	inProcess      bool
	site           bool
	save, against  string
}

func parseOptions(args []string, stderr io.Writer) (o options, err error) {
	f := flag.NewFlagSet("relevance", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.Usage = func() {
		fmt.Fprint(stderr, usage)
		f.PrintDefaults()
	}
	f.StringVar(&o.data, "data", "", "`folder` of a set, or of several")
	f.StringVar(&o.split, "split", "dev", "which questions: the part between queries. and .jsonl")
	f.StringVar((*string)(&o.locale), "locale", "", "only documents and questions of this `language`, in a help center of it")
	f.StringVar(&o.baseURL, "base-url", "", "`address` of a running, empty server; one of its own without")
	f.StringVar(&o.token, "token", "", "access `token` of that server")
	f.StringVar(&o.database, "database", "", "postgres:// `address` of an empty database for a server of its own; SQLite without")
	f.BoolVar(&o.inProcess, "in-process", false, "no server: index and rank in this process")
	f.BoolVar(&o.site, "site", false, "with --in-process: find what the site shows, which is silent where nothing answers")
	f.StringVar(&o.save, "save", "", "write every question's figures to this `file`")
	f.StringVar(&o.against, "against", "", "compare with the figures in this `file`")
	switch err := f.Parse(args); {
	case err != nil:
		return o, err
	case o.data == "" || f.NArg() > 0:
		return o, errors.New("name a folder with --data, and nothing but flags")
	case o.locale != "" && !slices.Contains(lectern.Locales, o.locale):
		return o, fmt.Errorf("%q is no locale", o.locale)
	case o.site && !o.inProcess:
		return o, errors.New("--site goes with --in-process")
	case (o.baseURL != "") != (o.token != ""):
		return o, errors.New("--base-url and --token go together")
	}
	return o, nil
}

// run is main with its surroundings as arguments. It returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o, err := parseOptions(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		fmt.Fprintln(stderr, "relevance:", err)
		return 2
	}
	if err := o.measure(ctx, stdout); err != nil {
		fmt.Fprintln(stderr, "relevance:", err)
		return 1
	}
	return 0
}

func (o options) measure(ctx context.Context, w io.Writer) error {
	sets, err := readSets(o.data, o.split, o.locale)
	if err != nil {
		return err
	}
	if len(sets) > 1 && (o.baseURL != "" || o.database != "") {
		return errors.New("one empty server or database takes one set")
	}
	var before record
	if o.against != "" {
		if before, err = readRecord(o.against); err != nil {
			return err
		}
	}
	now := record{}
	for _, s := range sets {
		answers, err := o.ask(ctx, s)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		now[s.name] = answers
		report(w, s, answers)
		if before != nil {
			compare(w, answers, before[s.name])
		}
	}
	if o.save != "" {
		return now.save(o.save)
	}
	return nil
}

func (o options) ask(ctx context.Context, s *set) (answers []answer, err error) {
	switch {
	case o.inProcess:
		return askInProcess(ctx, s, o.site)
	case o.baseURL != "":
		return askServer(ctx, client{o.baseURL, o.token}, s)
	}
	err = ownServer(ctx, o.database, o.home(s), func(c client) error {
		answers, err = askServer(ctx, c, s)
		return err
	})
	return answers, err
}

// home is the default locale of the help center for a set: its only one.
func (o options) home(s *set) lectern.Locale {
	if len(s.documents) == 0 || s.translated() {
		return o.locale
	}
	return s.documents[0].Locale
}

// report prints the figures of a set.
func report(w io.Writer, s *set, answers []answer) {
	all := summarize(answers)
	fmt.Fprintf(w, "%-20s %5d documents %5d questions  %v  p50 %s p95 %s\n", s.name, len(s.documents), all.questions, all,
		percentile(answers, 0.50).Round(10*time.Microsecond), percentile(answers, 0.95).Round(10*time.Microsecond))
	locales := byLocale(answers)
	if len(locales) > 1 {
		macro := 0.0
		for _, l := range slices.Sorted(maps.Keys(locales)) {
			x := summarize(locales[l])
			macro += x.ndcg / float64(len(locales))
			fmt.Fprintf(w, "  %-8s %5d questions  %v%s\n", l, x.questions, x, foreign(locales[l]))
		}
		fmt.Fprintf(w, "  macro nDCG@10 %.4f\n", macro)
	}
	unanswerable, silent := 0, 0
	for _, a := range answers {
		if !a.Judged {
			unanswerable++
			if a.Zero {
				silent++
			}
		}
	}
	if unanswerable > 0 {
		fmt.Fprintf(w, "  %d questions nothing answers: %d found nothing\n", unanswerable, silent)
	}
}

// foreign tells how many of the titles shown are in another language than the
// question.
func foreign(answers []answer) string {
	shown, other := 0, 0
	for _, a := range answers {
		shown += len(a.Top)
		other += a.Foreign
	}
	if other == 0 {
		return ""
	}
	return fmt.Sprintf("  titles in another language %.1f %%", 100*float64(other)/float64(shown))
}

func (s summary) String() string {
	return fmt.Sprintf("nDCG@10 %.4f  MRR %.4f  Recall@10 %.4f  zero %.1f %%", s.ndcg, s.mrr, s.recall, 100*s.zero)
}
