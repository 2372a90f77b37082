package picture

import (
	"slices"
	"strings"

	"lectern"
)

// The uses there are.
var (
	Logo     = Use{"logo", lectern.MaxLogo, sharp}
	LogoDark = Use{"logo_dark", lectern.MaxLogo, sharp}
	Favicon  = Use{"favicon", lectern.MaxLogo, sharp}
	Header   = Use{"header_picture", lectern.MaxPicture, []string{"image/png", "image/jpeg", "image/webp"}}
)

var sharp = []string{"image/png", "image/svg+xml"}

func (u Use) allows(mediaType string) bool { return slices.Contains(u.Types, mediaType) }

// list names the types: "PNG or SVG".
func (u Use) list() string {
	names := make([]string, len(u.Types))
	for i, t := range u.Types {
		name, _, _ := strings.Cut(strings.TrimPrefix(t, "image/"), "+")
		names[i] = strings.ToUpper(name)
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
