package find

import (
	"strconv"
	"strings"

	"lectern"
	"lectern/internal/store/db"
)

// RuleColumns are what ScanRule reads of a search rule.
const RuleColumns = `id, help_center_id, locale, kind, phrases, finds, articles, created_at, updated_at`

// ScanRule reads a search rule.
func ScanRule(r db.Rows) (*lectern.SearchRule, error) {
	x := &lectern.SearchRule{}
	var phrases, finds, articles string
	err := r.Scan(&x.ID, &x.HelpCenter, &x.Locale, &x.Kind, &phrases, &finds, &articles, db.Seconds(&x.CreatedAt), db.Seconds(&x.UpdatedAt))
	if err != nil {
		return nil, err
	}
	x.Phrases, x.Finds = lines(phrases), lines(finds)
	for _, id := range db.Split[string](articles) {
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			return nil, err
		}
		x.Articles = append(x.Articles, lectern.ArticleID(n))
	}
	return x, nil
}

// lines takes apart phrases that have a line each.
func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}
