package visitor

import (
	"slices"
	"strings"

	"lectern"
)

// agents are programs of AI services that say who they are: crawlers that
// gather text to train with or to search in, and assistants that fetch a page
// for somebody who asked. The names are those their operators publish, in lower
// case, and stand anywhere in the User-Agent header.
var agents = []string{
	"ai2bot", "amazonbot", "anthropic-ai", "bytespider", "ccbot", "chatgpt", "claude-", "claudebot", "cohere-ai",
	"cohere-training", "deepseekbot", "diffbot", "duckassistbot", "facebookbot", "firecrawl", "gemini-deep-research",
	"google-cloudvertexbot", "google-notebooklm", "googleagent", "gptbot", "meta-externalagent", "meta-externalfetcher",
	"mistralai-user", "oai-searchbot", "perplexity", "timpibot", "tiktokspider", "youbot",
}

// bots are other programs that nobody sits at, and that a rule below does not
// find: previews of links, archives, monitors, browsers under remote control.
var bots = []string{
	"archiver", "bingpreview", "chrome-lighthouse", "cloudflare-alwaysonline", "crawl", "datadog", "embedly",
	"facebookexternalhit", "google-inspectiontool", "google-read-aloud", "googleother", "gtmetrix", "headless",
	"mediapartners", "pagespeed", "phantomjs", "pingdom", "playwright", "puppeteer", "scrapy", "selenium", "site24x7",
	"skypeuripreview", "slurp", "statuscake", "whatsapp",
}

// browsers are those that do not say Mozilla, as all others do.
var browsers = []string{"elinks", "links", "lynx", "opera", "w3m"}

// Kind tells from a User-Agent header what sort of program asks. Whoever wants
// to be taken for a person is.
func Kind(userAgent string) lectern.ViewKind {
	name := strings.ToLower(userAgent)
	within := func(s string) bool { return strings.Contains(name, s) }
	switch {
	case slices.ContainsFunc(agents, within):
		return lectern.AgentView
	case slices.ContainsFunc(bots, within), slices.ContainsFunc(words(name), isBot):
		return lectern.BotView
	case strings.HasPrefix(name, "mozilla/"):
		return lectern.PersonView
	}
	first, _, _ := strings.Cut(name, "/")
	first, _, _ = strings.Cut(first, " ")
	if slices.Contains(browsers, first) {
		return lectern.PersonView
	}
	return lectern.BotView // a tool, or a header that was left out
}

// words cuts a name at all that is not a letter.
func words(name string) []string {
	return strings.FieldsFunc(name, func(r rune) bool { return r < 'a' || r > 'z' })
}

// isBot reports whether a word is the name of a bot. Cubot makes phones.
func isBot(word string) bool {
	return strings.HasSuffix(word, "bot") && word != "cubot" || strings.HasSuffix(word, "spider")
}
