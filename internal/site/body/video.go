package body

import (
	"net/url"
	"slices"
	"strings"

	"lectern"
)

// A site is one of lectern.VideoHosts and where a reader watches a video that
// is embedded from an address below embed.
type site struct {
	host  string
	embed string // the path in front of the video's name
	watch string // the address in front of the name
}

// sites are those whose embedded page is not the one to watch a video at.
var sites = []site{
	{"youtube.com", "/embed/", "https://www.youtube.com/watch?v="},
	{"youtube-nocookie.com", "/embed/", "https://www.youtube.com/watch?v="},
	{"youtu.be", "/", "https://www.youtube.com/watch?v="},
	{"vimeo.com", "/video/", "https://vimeo.com/"},
	{"loom.com", "/embed/", "https://www.loom.com/share/"},
}

// video writes the frame of a video as a poster that leads to its host, from
// which nothing is loaded before a click. If the administrator allows the host,
// the script of the page puts the frame of data-play in its place. Frames from
// elsewhere are no part of an article.
func (w *writer) video(n *node) {
	src := n.attr("src")
	if strings.HasPrefix(src, "//") {
		src = "https:" + src
	}
	host := hostOf(src)
	known := lectern.VideoHost(host)
	if known == "" {
		return
	}
	play := ""
	if slices.Contains(w.options.Frames, known) {
		play = src
	}
	title := n.attr("title")
	if blank(title) {
		title = w.options.Words.Video
	}
	watch := src
	if i := slices.IndexFunc(sites, func(s site) bool { return s.host == known }); i >= 0 {
		watch = sites[i].watchAddress(src)
	}
	w.raw(`<figure><div class="video">`)
	w.open("a", "href", watch, "target", "_blank", "rel", "noopener noreferrer", "data-play", play)
	w.raw(`<span class="chip"><span class="play">`)
	w.icon("i", "play")
	w.raw("</span><span><b>")
	w.fixed(title)
	w.raw("</b><small>")
	w.fixed(say(w.options.Words.VideoOpensInATab, "{host}", strings.TrimPrefix(hostOf(watch), "www.")))
	w.raw("</small></span></span></a></div></figure>")
}

// watchAddress returns where people watch the video that src embeds.
func (s site) watchAddress(src string) string {
	u, err := url.Parse(src)
	if err != nil {
		return src
	}
	name, ok := strings.CutPrefix(u.Path, s.embed)
	if !ok || name == "" || name == "videoseries" || strings.ContainsAny(name, "/?#&") {
		return src
	}
	watch := s.watch + url.PathEscape(name)
	if key := u.Query().Get("h"); s.host == "vimeo.com" && key != "" { // of a video that is not listed
		watch += "/" + url.PathEscape(key)
	}
	return watch
}
