package address

import "lectern"

// Asset returns the address of a picture that a help center shows.
func Asset(base string, h *lectern.HelpCenter, name lectern.AssetName) string {
	return HelpCenter(base, h) + "/_/" + string(name)
}
