package lectern

import (
	"context"
	"time"
)

// A Brand is a name under which a workspace speaks to its readers, and the help
// center that carries it. Every workspace has a default brand from the start.
type Brand struct {
	ID         BrandID
	Name       string
	Default    bool
	HelpCenter HelpCenterID // of the default brand: the default help center
	// AddressSettings stands for the settings of the brand's e-mail address.
	// Lectern sends no e-mail; clients find an ID there all the same.
	AddressSettings int64
	CreatedAt       time.Time
	UpdatedAt       time.Time
}

// A BrandStore keeps brands.
type BrandStore interface {
	// AddBrand adds a brand of a help center, beside the default one. It returns
	// Invalid when the help center does not exist.
	AddBrand(ctx context.Context, by Actor, name string, h HelpCenterID) (*Brand, error)
	// Brands lists all, the default first, then oldest first.
	Brands(ctx context.Context, ws WorkspaceID) ([]*Brand, error)
}
