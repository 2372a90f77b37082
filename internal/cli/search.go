package cli

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"

	"lectern"
)

var searchCommand = command{
	name:    "search",
	args:    "PHRASE",
	summary: "search the articles and see why they rank as they do",
	about: `Prints the ten best articles for a phrase, drafts included, in the order in which
the API returns them. With --explain it also prints what each score adds up. A
search from here is not counted.
`,
	exits: `  0  something was found
  1  nothing was found, or it could not be searched
  2  the command line or a setting is wrong
`,
	flags: func(s *settings) []setting {
		return []setting{s.data(), s.database(), s.explain(), s.searchLocale(), s.helpCenter(),
			s.embeddingsURL(), s.embeddingsModel()}
	},
	run: inReadSession(searchArticles),
}

// searchedHits is how many articles are printed.
const searchedHits = 10

func (s *settings) explain() setting {
	return setting{flag: "explain", help: "also print what each score adds up",
		set: func(v string) (err error) { s.Explain, err = strconv.ParseBool(v); return err }}
}

func (s *settings) searchLocale() setting {
	return setting{flag: "locale", value: "LOCALE", help: "language of the reader: articles that match in it come first",
		set: func(v string) (err error) { s.Locale, err = parseLocale(v); return err }}
}

func (s *settings) helpCenter() setting {
	return setting{flag: "help-center", value: "ID", help: "only articles of this help center, by its rules",
		set: func(v string) error {
			id, err := strconv.ParseInt(v, 10, 64)
			if err != nil || id <= 0 {
				return fmt.Errorf("must be the ID of a help center, not %q", v)
			}
			s.HelpCenter = lectern.HelpCenterID(id)
			return nil
		}}
}

func searchArticles(ctx context.Context, s *session, args []string) error {
	phrase := strings.TrimSpace(strings.Join(args, " "))
	if phrase == "" {
		return usagef("takes the phrase to look for")
	}
	embedder, err := s.process.embedder(s.settings)
	if err != nil {
		return err
	}
	if embedder != nil {
		s.db.UseMeaning(embedder)
		if err := s.db.LoadMeaning(ctx); err != nil {
			return fmt.Errorf("read what texts mean: %w", err)
		}
	}
	hits, total, err := s.db.SearchArticles(ctx, s.workspace, lectern.SearchQuery{
		Phrase: phrase, Locale: s.Locale, HelpCenter: s.HelpCenter, Explain: s.Explain, Limit: searchedHits,
	})
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	if total == 0 {
		return errors.New("nothing was found")
	}
	w := tabwriter.NewWriter(s.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "SCORE\tLOCALE\tSTATE\tARTICLE\tTITLE")
	for _, h := range hits {
		text := h.Article.Texts[h.Locale]
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%s\n", score(h.Score), h.Locale, text.State, h.Article.ID, printable(text.Title))
		for _, p := range h.Explanation {
			fmt.Fprintf(w, "  %s\t\t\t\t  %s\n", score(p.Score), printable(reasonOf(p)))
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.stdout, "%d of %d articles\n", len(hits), total)
	return err
}

// score writes a score so that scores stand below each other.
func score(x float64) string { return fmt.Sprintf("%9.3f", x) }

// reasonOf puts a part of a score in words.
func reasonOf(p lectern.ScorePart) string {
	text := p.Reason
	if p.Term != "" {
		text += " " + p.Term
	}
	if p.For != "" {
		text += " for " + p.For
	}
	if p.Field != "" {
		text += " in " + p.Field
	}
	return text
}
