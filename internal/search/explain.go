package search

// A Part is one reason for a score. The parts of a document add up to its score.
type Part struct {
	Term  string // what was found; "" where a part is about all of the query
	For   string // the query's term that Term stands for; "" if it is itself
	Field string // title, description, headings, body; or "" for all of them
	// Reason is word, corrected, completed or synonym for a term; coverage for
	// having much of the query; similar for words that look like the query's;
	// near for two terms side by side and exact for one as it is written; title
	// or start for a title that is the query or begins with it.
	Reason string
	Score  float64 // above 0
}

// explain tells what a form of a word adds, field by field.
func (w *rankedWord) explain(t *rankedTerm, n [fields]int, fs *[fields]rankedField, damp *[fields]float64, explain func(Part)) {
	p := Part{Term: t.term, Reason: "word"}
	if t.reason != "" {
		p.For, p.Reason = w.forms[0].term, string(t.reason)
	}
	for f := range n {
		var one [fields]int
		one[f] = n[f]
		if p.Score = t.worth * bm25(one, fs, damp); p.Score > 0 {
			p.Field = fieldNames[f]
			explain(p)
		}
	}
}
