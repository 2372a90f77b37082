package site

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// imageSource is the address of a picture in the markup of package body.
var imageSource = regexp.MustCompile(`<img [^>]*?src="(https?://[^"]*)"`)

// maxSources bounds how many hosts the policy of a page names for one use.
const maxSources = 20

// plainHost is a host that can stand in a policy as it is.
var plainHost = regexp.MustCompile(`^[A-Za-z0-9.-]+(:[0-9]+)?$`)

// frameSource is the address that a video is played from, where it may.
var frameSource = regexp.MustCompile(`<a [^>]*?data-play="(https://[^"]*)"`)

// policyFor is the policy of a page with this body: besides what this server
// serves it may load the pictures that the author put there, and play the
// videos that the owner allows. It is empty where the usual one will do.
func policyFor(html string) string {
	var p string
	if images := sources(html, imageSource); len(images) > 0 {
		p += "; img-src 'self' " + strings.Join(images, " ")
	}
	if frames := sources(html, frameSource); len(frames) > 0 {
		p += "; frame-src " + strings.Join(frames, " ")
	}
	if p == "" {
		return ""
	}
	return policy + p
}

// sources are the origins of the addresses that find finds.
func sources(html string, find *regexp.Regexp) []string {
	var list []string
	for _, m := range find.FindAllStringSubmatch(html, -1) {
		u, err := url.Parse(strings.ReplaceAll(m[1], "&amp;", "&"))
		if err != nil || !plainHost.MatchString(u.Host) {
			continue
		}
		if from := u.Scheme + "://" + u.Host; !slices.Contains(list, from) && len(list) < maxSources {
			list = append(list, from)
		}
	}
	return list
}
