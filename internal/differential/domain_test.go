package differential_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"lectern"
	"lectern/internal/testpg"
)

// What one node sees of a domain, the others go by: in pages that they have made
// before, and in answers of the API.
func TestADomainThatOneNodeSeesIsKnownToAll(t *testing.T) {
	dsn := testpg.Start(t, testpg.Options{}).Database(t)
	one, two := serveSite(t, "one", dsn, ""), serveSite(t, "two", dsn, "")
	by := setUp(t, one.db)
	centers, err := one.db.HelpCenters(t.Context(), by.Workspace)
	if err != nil {
		t.Fatal(err)
	}
	_, err = one.db.UpdateHelpCenter(t.Context(), by, centers[0].ID, func(h *lectern.HelpCenter) error {
		h.CustomDomain = "docs.example.com"
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	const path, before, after = "/llms.txt", "/help/en/llms-full.txt", "(http://docs.example.com/en/llms-full.txt)"
	for _, n := range []*node{one, two} {
		n.shows(t, path, before)
	}
	r, err := http.NewRequest("GET", one.url+"/robots.txt", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = "docs.example.com"
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if text, err := io.ReadAll(res.Body); err != nil || !strings.Contains(string(text), "http://docs.example.com/sitemap.xml") {
		t.Fatalf("over the domain: %s, %v", text, err)
	}
	if p := one.page(t, path); !strings.Contains(p, after) {
		t.Errorf("who was asked does not know: %s", p)
	}
	two.shows(t, path, after)
	a := two.send(t, "GET", "/help_center/help_centers", nil)
	if url := a.body["data"].([]any)[0].(object)["url"]; url != "http://docs.example.com" {
		t.Errorf("the API of the other has the url %v", url)
	}
}
