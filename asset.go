package lectern

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
)

// An AssetName names a picture by its content: 32 hexadecimal digits of its
// SHA-256 and an ending that tells its type. Another picture has another name,
// so whoever has one may keep it for ever. Empty is no picture.
type AssetName string

// An Asset is a picture that a help center shows: clean, of a type below.
type Asset struct {
	Name      AssetName
	MediaType string
	Data      []byte
}

// The greatest sizes of pictures in bytes.
const (
	MaxLogo    = 200 << 10 // of a logo or a favicon
	MaxPicture = 700 << 10 // of a header's picture
)

// endings are those of asset names, by media type.
var endings = map[string]string{
	"image/png": ".png", "image/svg+xml": ".svg", "image/jpeg": ".jpg", "image/webp": ".webp",
}

// NewAsset names a picture. It returns Invalid for a media type that assets
// cannot have. That the data is such a picture, and runs no script, is for the
// caller to see to; see internal/picture.
func NewAsset(mediaType string, data []byte) (Asset, error) {
	ending, ok := endings[mediaType]
	if !ok {
		return Asset{}, Invalidf("", "a picture must be PNG, SVG, JPEG or WebP")
	}
	sum := sha256.Sum256(data)
	return Asset{AssetName(hex.EncodeToString(sum[:16]) + ending), mediaType, data}, nil
}

var assetName = regexp.MustCompile(`^[0-9a-f]{32}\.(png|svg|jpg|webp)$`)

// ParseAssetName returns the asset name that s is, and whether it is one.
func ParseAssetName(s string) (AssetName, bool) { return AssetName(s), assetName.MatchString(s) }
