package visitor

import (
	"net/netip"
	"testing"

	"lectern"
)

func TestAVisitorIsOfOneDayWorkspaceNetworkAndProgram(t *testing.T) {
	salt := lectern.Salt{Day: 20000, Bytes: [32]byte{1}}
	const browser = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"
	of := func(s lectern.Salt, ws lectern.WorkspaceID, from, userAgent string) lectern.Visitor {
		a, _ := netip.ParseAddr(from)
		return Of(s, ws, a, userAgent)
	}
	for _, x := range []struct {
		says         string
		first, other lectern.Visitor
		same         bool
	}{
		{"the same request is the same visitor", of(salt, 1, "192.0.2.1", browser), of(salt, 1, "192.0.2.1", browser), true},
		{"the last byte of an address does not matter", of(salt, 1, "192.0.2.1", browser), of(salt, 1, "192.0.2.255", browser), true},
		{"the third byte of an address does", of(salt, 1, "192.0.2.1", browser), of(salt, 1, "192.0.3.1", browser), false},
		{"an IPv4 address written as IPv6 is the same", of(salt, 1, "192.0.2.1", browser), of(salt, 1, "::ffff:192.0.2.1", browser), true},
		{"the end of an IPv6 address does not matter", of(salt, 1, "2001:db8:1:2::3", browser), of(salt, 1, "2001:db8:1:ffff::1", browser), true},
		{"nor does its zone", of(salt, 1, "fe80::1%eth0", browser), of(salt, 1, "fe80::1%eth1", browser), true},
		{"the first 48 bits do", of(salt, 1, "2001:db8:1::3", browser), of(salt, 1, "2001:db8:2::3", browser), false},
		{"another program is another visitor", of(salt, 1, "192.0.2.1", browser), of(salt, 1, "192.0.2.1", browser+"1"), false},
		{"another workspace has another visitor", of(salt, 1, "192.0.2.1", browser), of(salt, 2, "192.0.2.1", browser), false},
		{"another day has another visitor", of(salt, 1, "192.0.2.1", browser), of(lectern.Salt{Day: 20001, Bytes: salt.Bytes}, 1, "192.0.2.1", browser), false},
		{"another salt makes another visitor", of(salt, 1, "192.0.2.1", browser), of(lectern.Salt{Day: 20000, Bytes: [32]byte{2}}, 1, "192.0.2.1", browser), false},
		{"an address that is not known is none of those known", of(salt, 1, "", browser), of(salt, 1, "192.0.2.1", browser), false},
	} {
		if same := x.first.Hash == x.other.Hash; same != x.same {
			t.Errorf("%s: same is %v", x.says, same)
		}
	}
}

func TestAProgramIsToldByItsName(t *testing.T) {
	const chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
	for userAgent, want := range map[string]lectern.ViewKind{
		chrome: lectern.PersonView,
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1": lectern.PersonView,
		"Mozilla/5.0 (Linux; Android 13; CUBOT P80) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36":                 lectern.PersonView,
		"Opera/9.80 (Windows NT 6.1) Presto/2.12.388 Version/12.16":                                                                               lectern.PersonView,
		"Lynx/2.9.0dev.10 libwww-FM/2.14": lectern.PersonView,
		"w3m/0.5.3+git20230121":           lectern.PersonView,
		"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)":            lectern.BotView,
		"Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)":             lectern.BotView,
		"Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)": lectern.BotView,
		"AdsBot-Google (+http://www.google.com/adsbot.html)":                                  lectern.BotView,
		"facebookexternalhit/1.1": lectern.BotView,
		"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36": lectern.BotView,
		"curl/8.14.1":        lectern.BotView,
		"Go-http-client/2.0": lectern.BotView,
		"":                   lectern.BotView,
		"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)":        lectern.AgentView,
		"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot":     lectern.AgentView,
		"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)":       lectern.AgentView,
		"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; PerplexityBot/1.0; +https://perplexity.ai/bot)": lectern.AgentView,
		"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; MistralAI-User/1.0; +https://docs.mistral.ai/)": lectern.AgentView,
		"meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)":                     lectern.AgentView,
		"CCBot/2.0 (https://commoncrawl.org/faq/)":                                                                      lectern.AgentView,
	} {
		if got := Kind(userAgent); got != want {
			t.Errorf("%q is %s, want %s", userAgent, got, want)
		}
	}
}
