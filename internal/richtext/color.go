package richtext

import (
	"regexp"
	"strings"

	"golang.org/x/image/colornames"
)

var (
	hexColor = regexp.MustCompile(`^#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$`)
	// functionColor is a colour by numbers, whose spaces are as its author put them.
	functionColor = regexp.MustCompile(`^(?i:rgb|rgba|hsl|hsla)\([0-9., %/deg]{5,60}\)$`)
	firstWord     = regexp.MustCompile(`^[^ (]*(?:\([^)]*\))?`)
	nothing       = regexp.MustCompile(`^(?i:rgba|hsla)\(.*[,/] *0(?:\.0+)?%? *\)$|^#[0-9a-fA-F]{3}0$|^#[0-9a-fA-F]{6}00$`)
)

// colorOf returns a colour as it was written, or "" if it is none, or none that
// shows: transparent, or what the surroundings have.
func colorOf(s string) string {
	switch {
	case nothing.MatchString(s):
		return ""
	case hexColor.MatchString(s), functionColor.MatchString(s):
		return s
	}
	if _, named := colornames.Map[strings.ToLower(s)]; named {
		return s
	}
	if first := firstWord.FindString(s); first != s { // as in "background: #fff no-repeat"
		return colorOf(first)
	}
	return ""
}

// isWhite reports whether a colour is that of paper, which marks nothing.
func isWhite(color string) bool {
	switch c := strings.ToLower(strings.ReplaceAll(color, " ", "")); c {
	case "#fff", "#ffff", "#ffffff", "#ffffffff", "white", "rgb(255,255,255)", "rgba(255,255,255,1)":
		return true
	}
	return false
}
