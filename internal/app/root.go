package app

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"
	"time"

	"lectern"
	"lectern/internal/address"
	"lectern/internal/apiversion"
	"lectern/internal/hall"
)

// A root is the door at the root of a host: what stands there whatever else is
// served. It is asked after the site, which may have a domain of its own there.
type root struct {
	store           lectern.Store
	origins         *hall.Origins
	securityContact string
	now             func() time.Time
}

func (d *root) door() hall.Door {
	return hall.Door{
		Name:   "root",
		Routes: []hall.Route{{Pattern: "GET /.well-known/security.txt", Handler: http.HandlerFunc(d.securityTxt)}},
		Serve:  d.serve,
	}
}

func (d *root) serve(w http.ResponseWriter, r *http.Request) bool {
	if r.URL.Path != "/" || r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	d.welcome(w, r)
	return true
}

const welcome = `This is a Lectern server.

Help center %s
API         send requests for /articles, /help_center/collections, … with a token
Reference   /reference
Documents   %s
Health      /healthz and /readyz
`

// welcome answers at the root: a browser goes on to the help center of an
// installation that has one workspace, anyone else is told what there is.
func (d *root) welcome(w http.ResponseWriter, r *http.Request) {
	help := d.helpCenterAddress(r)
	if help != "" && strings.Contains(r.Header.Get("Accept"), "text/html") {
		w.Header().Set("Location", help)
		w.Header().Set("Vary", "Accept")
		hall.Plain(w, http.StatusFound, "The help center is at "+help+"\n")
		return
	}
	var documents []string
	for _, name := range apiversion.Served() {
		documents = append(documents, "/openapi/"+name+".json")
	}
	hall.Plain(w, http.StatusOK, fmt.Sprintf(welcome, cmp.Or(help, "at its own address"), strings.Join(documents, "\n            ")))
}

// helpCenterAddress returns where the default help center of the only workspace
// is; empty if there are several, if it is off or if the database does not say.
func (d *root) helpCenterAddress(r *http.Request) string {
	all, err := d.store.Workspaces(r.Context())
	if err != nil || len(all) != 1 {
		return ""
	}
	centers, err := d.store.HelpCenters(r.Context(), all[0].ID)
	if err != nil || len(centers) == 0 || !centers[0].WebsiteTurnedOn {
		return ""
	}
	return address.HelpCenter(d.origins.URL(r), centers[0])
}

// securityTxtFor is how long what security.txt says is to be believed (RFC 9116
// advises less than a year). It is reckoned from each request, so it does not
// run out while the server runs.
const securityTxtFor = 180 * 24 * time.Hour

// securityTxt answers GET /.well-known/security.txt: whom to tell of a weakness.
// There is none unless the operator named somebody.
func (d *root) securityTxt(w http.ResponseWriter, _ *http.Request) {
	if d.securityContact == "" {
		hall.Plain(w, http.StatusNotFound, "There is nothing here.\n")
		return
	}
	text := fmt.Sprintf("Contact: %s\nExpires: %s\n", d.securityContact, d.now().UTC().Truncate(24*time.Hour).Add(securityTxtFor).Format(time.RFC3339))
	if base := d.origins.Base(); base != "" {
		text += "Canonical: " + base + "/.well-known/security.txt\n"
	}
	hall.Plain(w, http.StatusOK, text)
}
