package search

import (
	"unicode"

	"lectern"
)

// vietnamese words have no endings, but marks that tell words apart: .530
// with, .509 without them, MRR@10. Many type without, so documents are found
// by either; a query with marks means them.
var vietnamese = map[lectern.Locale]analysis{"vi": {script: unicode.Latin, accents: true}}
