package site

import (
	"cmp"
	"context"
	"fmt"
	"unicode/utf8"

	"lectern"
	"lectern/internal/picture"
)

// A logo is the picture beside or instead of the name of a help center: one for
// light surfaces and one for dark ones, of which a page shows one.
type logo struct {
	Light, Dark logoPicture
	Wide        bool // holds the name, which is not written beside it
}

// A logoPicture is a logo's picture on one kind of surface.
type logoPicture struct {
	Name          lectern.AssetName
	Width, Height int    // as it is drawn
	Ground        string // a class that puts a ground behind it; empty for none
}

// How logos are drawn.
const (
	squareLogo   = 32  // height in CSS pixels
	wideLogo     = 36  // the same of one that is wide
	widestSquare = 1.3 // width by height up to which a logo counts as square
	longName     = 24  // characters of a name that take two lines
)

// logoOf reads the logo of a theme; nil if it has none.
func (s *Site) logoOf(ctx context.Context, ws lectern.WorkspaceID, t *lectern.Theme) (*logo, error) {
	if t.Logo == "" && t.LogoDark == "" {
		return nil, nil
	}
	light, dark := cmp.Or(t.Logo, t.LogoDark), cmp.Or(t.LogoDark, t.Logo)
	lookOf := func(name lectern.AssetName) (picture.Look, error) {
		a, err := s.store.Asset(ctx, ws, name)
		if unless(err, lectern.NotFound) != nil {
			return picture.Look{}, fmt.Errorf("read the logo: %w", err)
		}
		if err != nil {
			return picture.Look{}, nil
		}
		return picture.LookOf(a), nil
	}
	onLight, err := lookOf(light)
	if err != nil {
		return nil, err
	}
	onDark := onLight
	if dark != light {
		if onDark, err = lookOf(dark); err != nil {
			return nil, err
		}
	}
	l := &logo{Wide: float64(onLight.Width) > widestSquare*float64(onLight.Height)}
	l.Light, l.Dark = l.picture(light, onLight), l.picture(dark, onDark)
	// Who gave one for each surface knows them. A single one gets a ground where
	// it would not be seen: white behind what is partly too dark, a dark one
	// behind what is nothing but white.
	if dark == light {
		if onDark.Dim > .25 {
			l.Dark.Ground = "plate"
		}
		if onLight.Pale > .75 {
			l.Light.Ground = "plate night"
		}
	}
	return l, nil
}

// picture is one of l's pictures in the size in which it is drawn.
func (l *logo) picture(name lectern.AssetName, look picture.Look) logoPicture {
	p := logoPicture{Name: name, Height: squareLogo}
	if l.Wide {
		p.Height = wideLogo
	}
	if look.Height > 0 {
		p.Width = max(1, (p.Height*look.Width+look.Height/2)/look.Height)
	}
	return p
}

// A headerLogo is a logo as pages link to it.
type headerLogo struct {
	*logo
	LightURL, DarkURL string
}

// headerLogo is the logo of the visit's help center; nil for the fan.
func (c *call) headerLogo() *headerLogo {
	l := c.center.logo
	if l == nil {
		return nil
	}
	return &headerLogo{l, c.asset(l.Light.Name), c.asset(l.Dark.Name)}
}

// BrandClass says how the name of the help center stands: beside a square logo,
// on two lines if it is long, or only heard where a wide logo shows it.
func (f *frame) BrandClass() string {
	switch {
	case f.Logo != nil && f.Logo.Wide:
		return "brand wide"
	case utf8.RuneCountInString(f.SiteName()) > longName:
		return "brand long"
	}
	return "brand"
}
