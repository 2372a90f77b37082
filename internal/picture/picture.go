// Package picture takes in the pictures that operators give a help center:
// logos, favicons and the picture of a header. It tells what a picture is from
// its bytes, never from what its sender says, and makes SVG safe (svg.go).
package picture

import (
	"bytes"
	"errors"
	"image"
	_ "image/jpeg" // registers the format
	_ "image/png"  // registers the format

	_ "golang.org/x/image/webp" // registers the format

	"lectern"
)

// maxSide is the greatest width and height in pixels.
const maxSide = 6000

// A Use says what a picture is for.
type Use struct {
	Field string   // of the request, for refusals
	Max   int      // bytes
	Types []string // media types
}

// Clean returns a picture as an asset. It returns Invalid for one that is too
// large, of another type or damaged.
func Clean(data []byte, u Use) (lectern.Asset, error) {
	if len(data) > u.Max {
		return lectern.Asset{}, lectern.Invalidf(u.Field, "%s must not be larger than %d kB", u.Field, u.Max>>10)
	}
	mediaType := "image/svg+xml"
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err == nil:
		mediaType = "image/" + format
	default:
		data, err = cleanSVG(data)
	}
	if errors.Is(err, errManyCopies) {
		return lectern.Asset{}, lectern.Invalidf(u.Field, "%s must not be a drawing that draws its own parts more than %d times", u.Field, maxCopies)
	}
	if err != nil || !u.allows(mediaType) {
		return lectern.Asset{}, lectern.Invalidf(u.Field, "%s must be a picture: %s", u.Field, u.list())
	}
	if config.Width > maxSide || config.Height > maxSide {
		return lectern.Asset{}, lectern.Invalidf(u.Field, "%s must not be wider or higher than %d pixels", u.Field, maxSide)
	}
	return lectern.NewAsset(mediaType, data)
}
