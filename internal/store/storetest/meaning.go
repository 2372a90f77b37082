package storetest

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"lectern"
	"lectern/internal/meaning"
	"lectern/internal/meaning/standin"
)

// A learner is a store that can find what means alike.
type learner interface {
	UseMeaning(meaning.Embedder)
	LearnMeaning(context.Context) (more bool, err error)
}

// understanding lets a store use a model, which a stand-in serves over HTTP.
func (b *bed) understanding(model string) *standin.Server {
	b.Helper()
	s := standin.New(b)
	b.understandBy(s, model)
	return s
}

func (b *bed) understandBy(s *standin.Server, model string) {
	b.Helper()
	c, err := meaning.NewClient(s.URL, model, standin.Key)
	b.must(err)
	b.store.(learner).UseMeaning(c)
}

// learn has the vectors of all texts made, to the end.
func (b *bed) learn() {
	b.Helper()
	for more := true; more; {
		var err error
		more, err = b.store.(learner).LearnMeaning(b.ctx)
		b.must(err)
	}
}

// manual is a few articles of which one means what the others do not.
func (b *bed) manual() (refund *lectern.Article) {
	b.Helper()
	b.article("Opening hours", "<p>When we are there.</p>")
	refund = b.article("Reimbursement", "<p>Reimburse somebody. Reimbursed within days.</p>")
	b.article("Labels", "<p>Print on paper, printing often.</p>")
	b.article("Credentials", "<p>Choose your credential well.</p>")
	b.article("Tracking", "<p>Where the shipment is, and its delivery.</p>")
	return refund
}

var meaningTests = []test{
	{"with a model a search also finds what means alike, and without one it does not", func(b *bed) {
		b.manual()
		b.equal("by words", b.finds(lectern.SearchQuery{Phrase: "money back"}), "")
		b.understanding("small")
		b.equal("before it was learnt", b.finds(lectern.SearchQuery{Phrase: "money back"}), "")
		b.equal("events", b.happened(b.learn), "")
		b.equal("by meaning", b.finds(lectern.SearchQuery{Phrase: "money back"}), "Reimbursement")
		b.equal("drafts", b.finds(lectern.SearchQuery{Phrase: "money back", States: []lectern.State{lectern.Draft}}), "")
		b.equal("for visitors", b.finds(lectern.SearchQuery{Phrase: "money back", Public: true}), "")
		b.equal("in other languages", b.finds(lectern.SearchQuery{Phrase: "money back", Locales: []lectern.Locale{"fr"}}), "")
		b.equal("while typing", b.finds(lectern.SearchQuery{Phrase: "money back", Typing: true}), "")
		b.equal("the site", b.finds(lectern.SearchQuery{Phrase: "money back", Answered: true}), "")
	}},
	{"both rankings have a say, and each part of a score is told", func(b *bed) {
		b.manual()
		b.article("Back to the start", "<p>How to go back.</p>")
		b.understanding("small")
		b.learn()
		b.equal("found", b.finds(lectern.SearchQuery{Phrase: "money back"}), "Back to the start, Reimbursement")
		hits, total, err := b.store.SearchArticles(b.ctx, b.ws, lectern.SearchQuery{Phrase: "labels print", Explain: true, Limit: 10})
		b.must(err)
		if total != len(hits) || hits[0].Article.Texts["en"].Title != "Labels" {
			b.Fatalf("found %d of %d, first %+v", len(hits), total, hits[0])
		}
		sum, reasons := 0.0, ""
		for _, p := range hits[0].Explanation {
			sum += p.Score
			reasons += p.Reason + " "
		}
		if sum < hits[0].Score*(1-1e-9) || sum > hits[0].Score*(1+1e-9) || !strings.Contains(reasons, "meaning ") || !strings.Contains(reasons, "word ") {
			b.Errorf("score %v is explained as %+v", hits[0].Score, hits[0].Explanation)
		}
	}},
	{"a changed text is learnt anew, an unchanged one is not asked for again, and a deleted one is not found", func(b *bed) {
		refund := b.manual()
		s := b.understanding("small")
		b.learn()
		b.equal("texts asked for", len(s.Asked()), 5)
		b.learn()
		b.equal("texts asked for again", len(s.Asked()), 0)
		_, err := b.store.UpdateArticle(b.ctx, b.by, refund.ID, &lectern.ArticleEdit{ArticleTextEdit: lectern.ArticleTextEdit{State: new(lectern.Draft)}}, nil)
		b.must(err)
		b.learn()
		b.equal("asked for after the state changed", len(s.Asked()), 0)
		b.equal("as a draft", b.finds(lectern.SearchQuery{Phrase: "money back", States: []lectern.State{lectern.Draft}}), "Reimbursement")
		s.Asked()
		_, err = b.store.UpdateArticle(b.ctx, b.by, refund.ID, &lectern.ArticleEdit{ArticleTextEdit: lectern.ArticleTextEdit{
			Title: new("Something else"), Body: new("<p>About nothing.</p>"),
		}}, nil)
		b.must(err)
		b.learn()
		b.equal("asked for after the text changed", strings.Join(s.Asked(), "|"), "Something else\n\nAbout nothing.")
		b.equal("found", strings.Contains(b.finds(lectern.SearchQuery{Phrase: "money back"}), "Something else"), false)
		tracking := b.search(lectern.SearchQuery{Phrase: "parcel"})
		b.equal("hits", len(tracking), 1)
		b.must(b.store.DeleteArticle(b.ctx, b.by, tracking[0]))
		b.equal("deleted", b.finds(lectern.SearchQuery{Phrase: "parcel"}), "")
		b.learn()
		b.equal("deleted and learnt", b.finds(lectern.SearchQuery{Phrase: "parcel"}), "")
	}},
	{"another model learns all texts again", func(b *bed) {
		b.manual()
		s := b.understanding("small")
		b.learn()
		s.Asked()
		b.understandBy(s, "large")
		b.learn()
		b.equal("texts asked for", len(s.Asked()), 5)
		b.equal("found", b.finds(lectern.SearchQuery{Phrase: "money back"}), "Reimbursement")
	}},
	{"a service that fails leaves searches by words, and is not asked at every search", func(b *bed) {
		b.manual()
		s := b.understanding("small")
		s.Instead(func(w http.ResponseWriter, _ []string) bool {
			http.Error(w, "busy", http.StatusServiceUnavailable)
			return true
		})
		b.learn()
		b.learn()
		b.equal("texts asked for", len(s.Asked()), 5)
		b.equal("found", b.finds(lectern.SearchQuery{Phrase: "labels"}), "Labels")
		b.equal("found", b.finds(lectern.SearchQuery{Phrase: "tracking"}), "Tracking")
		b.equal("phrases asked for", fmt.Sprint(s.Asked()), "[labels]")
	}},
	{"vectors of another length than the others are passed over", func(b *bed) {
		b.manual()
		s := b.understanding("small")
		b.learn()
		s.Instead(func(w http.ResponseWriter, texts []string) bool {
			fmt.Fprint(w, `{"data":[{"index":0,"embedding":[1,2]}]}`)
			return true
		})
		b.equal("found", b.finds(lectern.SearchQuery{Phrase: "labels"}), "Labels")
	}},
	{"a text that the service refuses is found by its words, and the others by meaning", func(b *bed) {
		b.manual()
		b.article("Poison", "<p>Refunds as well.</p>")
		s := b.understanding("small")
		s.Instead(func(w http.ResponseWriter, texts []string) bool {
			poison := slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(t, "Poison") })
			if poison {
				http.Error(w, "too much", http.StatusBadRequest)
			}
			return poison
		})
		b.learn()
		b.equal("found", b.finds(lectern.SearchQuery{Phrase: "money back"}), "Reimbursement")
		b.equal("by words", b.finds(lectern.SearchQuery{Phrase: "poison", Limit: 1}), "Poison")
		s.Asked()
		b.learn()
		b.equal("asked for again", len(s.Asked()), 0)
	}},
	{"a pinned article stays first, whatever means alike", func(b *bed) {
		b.manual()
		b.pins("money back", b.article("Terms", ""))
		b.understanding("small")
		b.learn()
		b.equal("found", b.finds(lectern.SearchQuery{Phrase: "money back"}), "Terms, Reimbursement")
	}},
	{"another workspace has no part in what texts mean", func(b *bed) {
		b.manual()
		o := b.another()
		o.article("Opening hours", "<p>When we are there.</p>")
		b.understanding("small")
		b.learn()
		o.equal("found", o.finds(lectern.SearchQuery{Phrase: "money back"}), "")
		b.equal("found", b.finds(lectern.SearchQuery{Phrase: "money back"}), "Reimbursement")
	}},
}
