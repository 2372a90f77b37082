package site

import (
	"encoding/xml"
	"fmt"
)

// An openSearch tells a browser how to search the help center from its address
// bar (OpenSearch 1.1).
type openSearch struct {
	XMLName     xml.Name      `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string        `xml:"ShortName"`
	Description string        `xml:"Description"`
	Encoding    string        `xml:"InputEncoding"`
	Image       string        `xml:"Image"`
	URL         openSearchURL `xml:"Url"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Template string `xml:"template,attr"`
}

// maxShortName is what the format allows, in characters.
const maxShortName = 16

// openSearchDescription answers GET /{locale}/opensearch.xml.
func (s *Site) openSearchDescription(c *call) (*answer, error) {
	f := s.frame(c, "")
	short := []rune(f.SiteName())
	body, err := xml.MarshalIndent(openSearch{
		ShortName: string(short[:min(len(short), maxShortName)]), Description: f.T("search.label") + ": " + f.SiteName(), Encoding: "UTF-8",
		Image: escaped(c.canonical(f.Assets.Icon[len(c.root):])),
		URL:   openSearchURL{"text/html", c.searchAddress(c.locale) + "?q={searchTerms}"},
	}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("describe the search: %w", err)
	}
	return made("application/opensearchdescription+xml; charset=utf-8", append([]byte(xml.Header), body...)), nil
}
