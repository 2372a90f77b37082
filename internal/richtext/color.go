package richtext

import (
	"regexp"
	"strings"
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
	case hexColor.MatchString(s), functionColor.MatchString(s), colorNamed[strings.ToLower(s)]:
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

// colorNamed are the colours that CSS has names for.
var colorNamed = func() map[string]bool {
	m := map[string]bool{}
	for name := range strings.FieldsSeq(`aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue
		blueviolet brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan
		darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred
		darksalmon darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue
		dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green
		greenyellow grey honeydew hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon
		lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon
		lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen magenta
		maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen
		mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab
		orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum
		powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna
		silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet
		wheat white whitesmoke yellow yellowgreen`) {
		m[name] = true
	}
	return m
}()
