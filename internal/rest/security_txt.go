package rest

import (
	"fmt"
	"net/http"
	"time"
)

// securityTxtFor is how long what security.txt says is to be believed (RFC 9116
// advises less than a year). It is reckoned from each request, so it does not
// run out while the server runs.
const securityTxtFor = 180 * 24 * time.Hour

// securityTxt answers GET /.well-known/security.txt: where to report a security problem.
// There is none unless the operator named somebody.
func (s *Server) securityTxt(w http.ResponseWriter, _ *http.Request) {
	if s.securityContact == "" {
		writePlain(w, http.StatusNotFound, "There is nothing here.\n")
		return
	}
	text := fmt.Sprintf("Contact: %s\nExpires: %s\n", s.securityContact, s.now().UTC().Truncate(24*time.Hour).Add(securityTxtFor).Format(time.RFC3339))
	if s.baseURL != "" {
		text += "Canonical: " + s.baseURL + "/.well-known/security.txt\n"
	}
	writePlain(w, http.StatusOK, text)
}
