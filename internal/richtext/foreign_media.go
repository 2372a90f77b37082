package richtext

import (
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"

	"lectern"
)

// Pictures, videos, sounds and frames: what of them a body cannot hold becomes a
// link.

// media is a video, a sound or an object that is open.
type media struct {
	tag   string
	links [][2]string // addresses and their labels
}

// A picture is a <picture> that is open.
type picture struct {
	open   bool
	source string // the first address, until there is an image
}

// image copies an image. Its address may wait in another attribute for a script
// to fetch it; within <noscript> the same one stands there once more.
func (t *translator) image(tag html.Token) {
	src := attr(tag, "src")
	if src == "" || scheme(src) == "data" {
		src = firstOf(attr(tag, "data-src"), attr(tag, "data-lazy-src"), attr(tag, "data-original"),
			firstInSet(attr(tag, "data-srcset")), firstInSet(attr(tag, "srcset")), attr(tag, "href"), attr(tag, "xlink:href"), src)
	}
	t.picture.source = ""
	if t.noScript > 0 && src == t.shown && src != "" {
		return
	}
	t.shown = src
	t.b.WriteString("<img")
	seen := map[string]bool{}
	for _, a := range append([]html.Attribute{{Key: "src", Val: src}}, tag.Attr...) {
		if !seen[a.Key] && !strings.HasPrefix(a.Key, "data-") {
			seen[a.Key] = true
			t.b.WriteString(" " + a.Key + `="` + html.EscapeString(a.Val) + `"`)
		}
	}
	t.b.WriteString(">")
}

func firstOf(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// firstInSet returns the first address of a set of images.
func firstInSet(set string) string {
	if fields := strings.Fields(set); len(fields) > 0 {
		return strings.TrimSuffix(fields[0], ",")
	}
	return ""
}

// endPicture writes the image of a <picture> that has none but sources.
func (t *translator) endPicture() {
	if t.picture.open && t.picture.source != "" {
		t.b.WriteString(`<img src="` + html.EscapeString(t.picture.source) + `">`)
	}
	t.picture = picture{}
}

// startMedia opens a video, a sound or an object, whose content stays and whose
// addresses become links.
func (t *translator) startMedia(tag html.Token) {
	t.b.WriteString("<div>")
	m := &media{tag: tag.Data}
	t.media = append(t.media, m)
	for _, name := range []string{"src", "data", "data-src"} {
		m.add(attr(tag, name), labelOf(tag))
	}
	if poster := attr(tag, "poster"); isElsewhere(poster) {
		t.b.WriteString(`<img src="` + html.EscapeString(poster) + `">`)
	}
}

func (m *media) add(address, label string) {
	address = trimAddress(address)
	if strings.HasPrefix(address, "//") {
		address = "https:" + address
	}
	if address == "" || scheme(address) == "data" || cleanLink(address) == "" {
		return
	}
	for _, l := range m.links {
		if l[0] == address {
			return
		}
	}
	m.links = append(m.links, [2]string{address, label})
}

func (t *translator) endMedia() {
	last := len(t.media) - 1
	m := t.media[last]
	t.media = t.media[:last]
	for _, l := range m.links {
		if video := videoSource(l[0], t.frames); video != "" {
			t.b.WriteString(`<iframe src="` + html.EscapeString(video) + `"></iframe>`)
			continue
		}
		t.b.WriteString("<p>")
		t.link(l[0], l[1])
		t.b.WriteString("</p>")
	}
	t.b.WriteString("</div>")
}

// source reads an element that names an address of the one around it.
func (t *translator) source(tag html.Token) {
	if t.picture.open {
		if t.picture.source == "" {
			t.picture.source = firstOf(firstInSet(attr(tag, "srcset")), attr(tag, "src"))
		}
		return
	}
	m := &media{}
	inside := len(t.media) > 0
	if inside {
		m = t.media[len(t.media)-1]
	}
	if tag.Data == "param" {
		if v := attr(tag, "value"); isElsewhere(v) {
			m.add(v, "")
		}
	}
	label := labelOf(tag)
	if tag.Data == "track" {
		label = firstOf(attr(tag, "label"), label)
	}
	m.add(attr(tag, "src"), label)
	if !inside && len(m.links) > 0 {
		t.media = append(t.media, m)
		t.b.WriteString("<div>")
		t.endMedia()
	}
}

// anyAddress leaves a link for an element that nobody knows but that names an
// address.
func (t *translator) anyAddress(tag html.Token) {
	m := &media{}
	for _, name := range []string{"src", "href", "xlink:href", "data", "data-src", "url"} {
		if address := attr(tag, name); isElsewhere(address) {
			m.add(address, labelOf(tag))
		}
	}
	for _, l := range m.links {
		if tag.Data == "oembed" {
			l[0] = embedAddress(l[0])
		}
		if video := videoSource(l[0], t.frames); video != "" {
			t.b.WriteString(`<iframe src="` + html.EscapeString(video) + `"></iframe>`)
			continue
		}
		t.b.WriteString(" ")
		t.link(l[0], l[1])
		t.b.WriteString(" ")
	}
}

// isElsewhere reports whether an address names a host.
func isElsewhere(address string) bool {
	switch scheme(trimAddress(address)) {
	case "http", "https":
		return true
	}
	return strings.HasPrefix(trimAddress(address), "//")
}

func labelOf(tag html.Token) string {
	return words(firstOf(attr(tag, "title"), attr(tag, "aria-label"), attr(tag, "alt"), attr(tag, "name")))
}

// link writes a link, labelled by the name of its file if by nothing else.
func (t *translator) link(address, label string) {
	address = trimAddress(address)
	if cleanLink(address) == "" {
		t.write(label)
		return
	}
	if label == "" {
		label = nameOf(address)
	}
	t.b.WriteString(`<a href="` + html.EscapeString(address) + `">`)
	t.write(label)
	t.b.WriteString("</a>")
}

// nameOf returns the name of the file that an address leads to, or the address.
func nameOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	if name := path.Base(u.Path); path.Ext(name) != "" && u.RawQuery == "" {
		return name
	}
	return address
}

// script leaves a link to a piece of code that a script would have shown.
func (t *translator) script(tag html.Token) {
	src := attr(tag, "src")
	if u, err := url.Parse(src); err == nil && u.Host == "gist.github.com" {
		t.b.WriteString("<p>")
		t.link(strings.TrimSuffix(src, ".js"), "")
		t.b.WriteString("</p>")
	}
}

// frame writes a frame that bodies may hold, and a link to the page of any
// other. What it says to browsers without frames stays.
func (t *translator) frame(tag html.Token, selfClosing bool) {
	said := ""
	if selfClosing { // as people write it who know XML
		t.z.NextIsNotRawText()
	} else if t.z.Next() == html.TextToken {
		said = html.UnescapeString(string(t.z.Raw()))
	}
	src := firstOf(trimAddress(attr(tag, "src")), trimAddress(attr(tag, "data-src")), trimAddress(attr(tag, "data-lazy-src")))
	title := words(attr(tag, "title"))
	switch video := videoSource(src, t.frames); {
	case video != "":
		t.b.WriteString(`<iframe src="` + html.EscapeString(video) + `" title="` + html.EscapeString(title) + `"></iframe>`)
	case src != "" && cleanLink(src) != "":
		if strings.HasPrefix(src, "//") {
			src = "https:" + src
		}
		t.b.WriteString("<p>")
		t.link(src, title)
		t.b.WriteString("</p>")
	case title != "":
		t.b.WriteString("<p>")
		t.write(title)
		t.b.WriteString("</p>")
	}
	if document := attr(tag, "srcdoc"); document != "" && !t.document {
		inner := &translator{frames: t.frames, document: true}
		t.b.WriteString("<div>" + inner.all(document) + "</div>")
	}
	if !isBlank(said) {
		t.b.WriteString("<div>")
		t.write(said)
		t.b.WriteString("</div>")
	}
}

// embedded writes the video that an empty element stands for until a script of
// its host fills it.
func (t *translator) embedded(tag html.Token) {
	src := ""
	switch id := ""; tag.Data {
	case "wistia-player":
		if id = attr(tag, "media-id"); videoID(id) {
			src = "https://fast.wistia.net/embed/iframe/" + id
		}
	case "lite-youtube", "youtube-video":
		if id = firstOf(attr(tag, "videoid"), attr(tag, "video-id")); videoID(id) {
			src = "https://www.youtube.com/embed/" + id
		}
	case "lite-vimeo", "vimeo-video":
		if id = firstOf(attr(tag, "videoid"), attr(tag, "video-id")); videoID(id) {
			src = "https://player.vimeo.com/video/" + id
		}
	case "img":
		if id = attr(tag, "data-uuid"); hasClass(tag, "vidyard-player-embed") && videoID(id) {
			src = "https://play.vidyard.com/" + id
		}
	default:
		for class := range strings.FieldsSeq(attr(tag, "class")) {
			if id, ok := strings.CutPrefix(class, "wistia_async_"); ok && videoID(id) {
				src = "https://fast.wistia.net/embed/iframe/" + id
			}
		}
	}
	if src != "" {
		t.b.WriteString(`<iframe src="` + src + `"></iframe>`)
	}
}

func videoID(s string) bool {
	return s != "" && len(s) < 100 && !strings.ContainsFunc(s, func(r rune) bool {
		return r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
}

// embedAddress returns the address of a video's frame, given the address where
// people watch it.
func embedAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	start := ""
	if at := firstOf(u.Query().Get("start"), strings.TrimSuffix(u.Query().Get("t"), "s")); at != "" {
		start = "?start=" + url.QueryEscape(at)
	}
	name := strings.Trim(u.Path, "/")
	switch host := strings.ToLower(u.Host); lectern.VideoHost(host) {
	case "youtube.com":
		if v := u.Query().Get("v"); name == "watch" && videoID(v) {
			return "https://www.youtube.com/embed/" + v + start
		}
	case "youtu.be":
		if videoID(name) {
			return "https://www.youtube.com/embed/" + name + start
		}
	case "vimeo.com":
		if host != "player.vimeo.com" && videoID(name) {
			return "https://player.vimeo.com/video/" + name
		}
	case "loom.com":
		if id, ok := strings.CutPrefix(name, "share/"); ok && videoID(id) {
			return "https://www.loom.com/embed/" + id
		}
	}
	return address
}
