package site

import "lectern"

// A graph is what schema.org has words for, as JSON-LD.
type graph struct {
	Context string `json:"@context"`
	Things  []any  `json:"@graph"`
}

// A thing is anything that has a type and perhaps a name and an address.
type thing struct {
	Type        string `json:"@type"`
	ID          string `json:"@id,omitempty"`
	Name        string `json:"name,omitempty"`
	Description string `json:"description,omitempty"`
	URL         string `json:"url,omitempty"`
	Lang        string `json:"inLanguage,omitempty"`
	Image       string `json:"image,omitempty"`
	Logo        *thing `json:"logo,omitempty"`
	IsPartOf    *thing `json:"isPartOf,omitempty"`
	Publisher   *thing `json:"publisher,omitempty"`

	Action *searchAction `json:"potentialAction,omitempty"`
}

// A searchAction says how a site is searched.
type searchAction struct {
	Type   string `json:"@type"`
	Target struct {
		Type     string `json:"@type"`
		Template string `json:"urlTemplate"`
	} `json:"target"`
	Input string `json:"query-input"`
}

// newSearchAction is how the site at a home page is searched.
func newSearchAction(home string) *searchAction {
	a := &searchAction{Type: "SearchAction", Input: "required name=search_term_string"}
	a.Target.Type, a.Target.Template = "EntryPoint", home+"/search?q={search_term_string}"
	return a
}

// A techArticle is an article that tells how something is done.
type techArticle struct {
	Type        string `json:"@type"`
	ID          string `json:"@id"`
	Headline    string `json:"headline"`
	Description string `json:"description,omitempty"`
	Lang        string `json:"inLanguage"`
	Published   string `json:"datePublished,omitempty"`
	Modified    string `json:"dateModified"`
	Image       string `json:"image"`
	Author      *thing `json:"author,omitempty"`
	Publisher   *thing `json:"publisher"`
	IsPartOf    *thing `json:"isPartOf"`
	Page        string `json:"mainEntityOfPage"`
}

// A crumbTrail is the way to a page, from the home page on.
type crumbTrail struct {
	Type  string      `json:"@type"`
	Items []crumbItem `json:"itemListElement"`
}

type crumbItem struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name"`
	Item     string `json:"item"`
}

// trail is the way along a path of collections, to what is behind it if that
// is not nil.
func trail(c *call, f *frame, path []lectern.Step, last *crumbItem) crumbTrail {
	items := []crumbItem{{Name: f.T("topics.all"), Item: c.homeAddress(c.locale)}}
	for _, p := range path {
		items = append(items, crumbItem{Name: p.Name, Item: c.collectionAddress(c.locale, p.ID, p.Name)})
	}
	if last != nil {
		items = append(items, *last)
	}
	for i := range items {
		items[i].Type, items[i].Position = "ListItem", i+1
	}
	return crumbTrail{Type: "BreadcrumbList", Items: items}
}
