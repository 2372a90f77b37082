package wire

import (
	"strconv"

	"lectern"
)

// A Brand is a name under which the workspace speaks to its readers.
type Brand struct {
	Type                     string `json:"type" enum:"brand"`
	ID                       string `json:"id"` // of the default brand: the workspace's
	Name                     string `json:"name"`
	IsDefault                bool   `json:"is_default"`
	CreatedAt                int64  `json:"created_at"`                  // Unix seconds
	UpdatedAt                int64  `json:"updated_at"`                  // Unix seconds
	HelpCenterID             string `json:"help_center_id"`              // of the default brand: the default help center's
	DefaultAddressSettingsID string `json:"default_address_settings_id"` // stands for e-mail settings, which Lectern has none of
}

// FromBrand returns the shape of a brand.
func FromBrand(w *lectern.Workspace, b *lectern.Brand) Brand {
	out := Brand{
		Type: "brand", ID: format(b.ID), Name: b.Name, IsDefault: b.Default,
		CreatedAt: b.CreatedAt.Unix(), UpdatedAt: b.UpdatedAt.Unix(),
		HelpCenterID: format(b.HelpCenter), DefaultAddressSettingsID: strconv.FormatInt(b.AddressSettings, 10),
	}
	if b.Default {
		out.ID = w.Code
	}
	return out
}

// A BrandList holds all brands.
type BrandList struct {
	Type string  `json:"type" enum:"list"`
	Data []Brand `json:"data"`
}
