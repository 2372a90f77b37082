package kept

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// BenchmarkForms says what it costs to compress a page, and how long it is then.
func BenchmarkForms(b *testing.B) {
	var page strings.Builder
	words := strings.Fields("a parcel that leaves the union carries its declaration which an office reads to decide about duties value origin customs form")
	for i := range 300 {
		fmt.Fprintf(&page, `<li class="row"><a href="/help/en/articles/%d-%s-%s">%s %s %s</a><p>%s</p></li>`, 1000+i*7, words[i%19], words[i%17],
			words[i%13], words[(i*3)%19], words[(i*5)%17], strings.Join(words[i%7:i%7+9+i%5], " "))
	}
	for _, accepts := range []string{"gzip", "br"} {
		b.Run(accepts, func(b *testing.B) {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.Header.Set("Accept-Encoding", accepts)
			var w *httptest.ResponseRecorder
			for b.Loop() {
				w = httptest.NewRecorder()
				NewBody([]byte(page.String()), Small).Send(w, r, http.StatusOK)
			}
			b.ReportMetric(float64(w.Body.Len())/float64(page.Len()), "of-its-bytes")
		})
	}
}
