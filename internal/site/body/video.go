package body

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lectern"
)

// A site is one of lectern.VideoHosts and where a reader watches a video that
// is embedded from an address below embed.
type site struct {
	host  string
	embed string // the path in front of the video's name
	watch string // the address in front of the name
	start string // what stands before a start in seconds, after the name
}

// sites are those whose embedded page is not the one to watch a video at.
var sites = []site{
	{"youtube.com", "/embed/", "https://www.youtube.com/watch?v=", "&t="},
	{"youtube-nocookie.com", "/embed/", "https://www.youtube.com/watch?v=", "&t="},
	{"youtu.be", "/", "https://www.youtube.com/watch?v=", "&t="},
	{"vimeo.com", "/video/", "https://vimeo.com/", "#t="},
	{"loom.com", "/embed/", "https://www.loom.com/share/", "?t="},
}

// video writes a frame as a line that leads to its host, from which nothing is
// loaded before a click. If the administrator allows the host, the script of the
// page puts the frame of data-play in its place. A frame from a host that nobody
// knows is a link to its page.
func (w *writer) video(n *node) {
	src := n.attr("src")
	if strings.HasPrefix(src, "//") {
		src = "https:" + src
	}
	host := hostOf(src)
	known := lectern.VideoHost(host)
	allowed := below(host, w.options.Pages)
	if known == "" && !allowed {
		w.frameLink(n, src)
		return
	}
	play := ""
	if allowed || slices.Contains(w.options.Frames, known) {
		play = playAddress(src)
	}
	title := n.attr("title")
	if blank(title) {
		title = w.options.Words.Video
		if allowed {
			title = host
		}
	}
	watch := src
	if i := slices.IndexFunc(sites, func(s site) bool { return s.host == known }); i >= 0 {
		watch = sites[i].watchAddress(src)
	}
	w.raw(`<figure><div class="video row">`)
	w.open("a", "href", watch, "target", "_blank", "rel", "noopener noreferrer", "data-play", play)
	w.raw(`<span class="chip"><span class="play">`)
	w.icon("i", "play")
	w.raw("</span><span><b>")
	w.fixed(title)
	w.raw("</b><small>")
	w.fixed(say(w.options.Words.VideoOpensInATab, "{host}", strings.TrimPrefix(hostOf(watch), "www.")))
	w.raw("</small></span></span></a></div></figure>")
}

// frameLink writes a link to the page of a frame.
func (w *writer) frameLink(n *node, src string) {
	href := w.address(src)
	if href == "" {
		return
	}
	title := n.attr("title")
	if blank(title) {
		title = src
	}
	w.raw("<p>")
	w.open("a", "href", href, "rel", rel(href))
	w.text(title)
	w.raw("</a></p>")
}

// below reports whether a host is one of hosts or a subdomain of one.
func below(host string, hosts []string) bool {
	return host != "" && slices.ContainsFunc(hosts, func(h string) bool { return host == h || strings.HasSuffix(host, "."+h) })
}

// playAddress returns the address that a video plays from in a frame.
func playAddress(src string) string {
	u, err := url.Parse(src)
	if err != nil || lectern.VideoHost(hostOf(src)) != "youtube.com" || u.Path != "/watch" || u.Query().Get("v") == "" {
		return src
	}
	play := "https://www.youtube.com/embed/" + url.PathEscape(u.Query().Get("v"))
	if start := startOf(u); start != "" {
		play += "?start=" + start
	}
	return play
}

// watchAddress returns where people watch the video that src embeds, from its
// start on.
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
	if start := startOf(u); start != "" {
		watch += s.start + start
		if s.host == "vimeo.com" {
			watch += "s"
		}
	}
	return watch
}

// seconds is a start as hosts write it: 90, 90s, 1m30s, 1h2m3s.
var seconds = regexp.MustCompile(`^(?:([0-9]{1,3})h)?(?:([0-9]{1,4})m)?(?:([0-9]{1,6})s?)?$`)

// startOf returns the second at which a video starts, or "".
func startOf(u *url.URL) string {
	q := u.Query()
	at := q.Get("start")
	for _, name := range []string{"t", "time_continue"} {
		if at == "" {
			at = q.Get(name)
		}
	}
	if fragment, ok := strings.CutPrefix(u.Fragment, "t="); ok && at == "" {
		at = fragment
	}
	m := seconds.FindStringSubmatch(at)
	if m == nil {
		return ""
	}
	total := 0
	for i, unit := range []int{3600, 60, 1} {
		if n, err := strconv.Atoi(m[i+1]); err == nil {
			total += n * unit
		}
	}
	if total == 0 {
		return ""
	}
	return strconv.Itoa(total)
}
