package cli

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/client"
	"lectern/internal/limit"
)

// everySetting lists the settings of serve as the manual promises them.
const everySetting = `
--listen      LECTERN_LISTEN      127.0.0.1:8080
--data        LECTERN_DATA        ./lectern-data
--database    LECTERN_DATABASE
--database-replica LECTERN_DATABASE_REPLICA
--base-url    LECTERN_BASE_URL
--trusted-proxies LECTERN_TRUSTED_PROXIES loopback
--token       LECTERN_TOKEN
--api-version LECTERN_API_VERSION 2.11
--locale      LECTERN_LOCALE      en
--region      LECTERN_REGION
--rate-limit  LECTERN_RATE_LIMIT  10000
--max-body    LECTERN_MAX_BODY    1MiB
--limits LECTERN_LIMITS pages=1200,searches=300,search-log=60,reactions=30,views=300,exports=30,failed-tokens=120
--security-contact LECTERN_SECURITY_CONTACT
--frame-hosts LECTERN_FRAME_HOSTS
--embeddings-url   LECTERN_EMBEDDINGS_URL
--embeddings-model LECTERN_EMBEDDINGS_MODEL
--log-requests LECTERN_LOG_REQUESTS all
--demo
--init`

func TestServeHasTheSettingsOfTheManual(t *testing.T) {
	var got []string
	for _, x := range serveCommand.settings(new(settings)) {
		got = append(got, strings.Join(strings.Fields("--"+x.flag+" "+x.env+" "+x.fallback), " "))
	}
	var want []string
	for line := range strings.Lines(strings.TrimSpace(everySetting)) {
		want = append(want, strings.Join(strings.Fields(line), " "))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("settings of serve (-want +got):\n%s", diff)
	}
}

func TestAFlagGoesBeforeTheEnvironmentAndThatBeforeTheDefault(t *testing.T) {
	defaults := settings{Listen: "127.0.0.1:8080", Data: "./lectern-data", APIVersion: "2.11", Locale: "en", RateLimit: 10000, LogRequests: "all", Clients: client.Default, Limits: limit.Defaults, MaxBody: 1 << 20}
	tests := []struct {
		name string
		args string
		env  map[string]string
		want func(*settings)
	}{
		{"nothing given", "", nil, func(*settings) {}},
		{"an empty variable is unset", "", map[string]string{"LECTERN_LISTEN": ""}, func(*settings) {}},
		{"the environment alone", "",
			map[string]string{
				"LECTERN_LISTEN": ":9", "LECTERN_DATA": "d", "LECTERN_BASE_URL": "https://h.example/", "LECTERN_TOKEN": "0123456789abcdef0123456789abcdef",
				"LECTERN_API_VERSION": "2.14", "LECTERN_LOCALE": "pt_br", "LECTERN_RATE_LIMIT": "0",
				"LECTERN_REGION": "AU", "LECTERN_TRUSTED_PROXIES": "none", "LECTERN_LIMITS": "none", "LECTERN_LOG_REQUESTS": "failed",
			},
			func(s *settings) {
				*s = settings{Listen: ":9", Data: "d", BaseURL: "https://h.example", Clients: &client.Rule{}, MaxBody: 1 << 20, Token: "0123456789abcdef0123456789abcdef", APIVersion: "2.14", Locale: "pt-BR", Region: "AU", LogRequests: "failed"}
			}},
		{"a flag before the environment", "--listen [::1]:7 --demo", map[string]string{"LECTERN_LISTEN": ":9"},
			func(s *settings) { s.Listen, s.Demo = "[::1]:7", true }},
		{"a good flag before a bad variable", "--locale fr", map[string]string{"LECTERN_LOCALE": "xx"},
			func(s *settings) { s.Locale = "fr" }},
		{"a region in small letters", "--region eu", nil, func(s *settings) { s.Region = "EU" }},
		{"no region before the environment", "--region=", map[string]string{"LECTERN_REGION": "EU"}, func(*settings) {}},
		{"the last of two", "--locale fr --locale de", nil, func(s *settings) { s.Locale = "de" }},
		{"a switch put off again", "--demo --demo=false", nil, func(*settings) {}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			want, got := defaults, settings{}
			test.want(&want)
			_, err := got.read(&serveCommand, strings.Fields(test.args), func(name string) string { return test.env[name] })
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b *client.Rule) bool { return reflect.DeepEqual(a, b) })); diff != "" {
				t.Errorf("settings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhomToTellOfAWeakness(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "security@example.com": "mailto:security@example.com", "mailto:a@example.com": "mailto:a@example.com",
		"https://example.com/security": "https://example.com/security", "tel:+1-201-555-0123": "tel:+1-201-555-0123",
		"http://example.com": "error", "example.com": "error", "a@example.com\nX: y": "error", "https:": "error",
	} {
		got, err := parseContact(text)
		if err != nil {
			got = "error"
		}
		if got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestWhatAListenerPrintsCanBeOpened(t *testing.T) {
	tests := []struct{ base, listens, want string }{
		{"", "127.0.0.1:8080", "http://127.0.0.1:8080"},
		{"", "0.0.0.0:80", "http://localhost:80"},
		{"", "[::]:8080", "http://localhost:8080"},
		{"", "[::1]:8080", "http://[::1]:8080"},
		{"https://help.example.com", "127.0.0.1:8080", "https://help.example.com"},
	}
	for _, test := range tests {
		if got := address(&settings{BaseURL: test.base}, listenAddr(test.listens)); got != test.want {
			t.Errorf("address(%q, %s) = %q, want %q", test.base, test.listens, got, test.want)
		}
	}
}

type listenAddr string

func (listenAddr) Network() string  { return "tcp" }
func (a listenAddr) String() string { return string(a) }

func TestEveryCommandHasHelp(t *testing.T) {
	for _, c := range commands() {
		var out strings.Builder
		args := append([]string{"help"}, strings.Fields(c.name)...)
		if status := Run(t.Context(), args, func(string) string { return "" }, nil, &out, &out); status != exitOK {
			t.Errorf("lectern help %s = %d, want 0", c.name, status)
		}
		for _, want := range []string{"Usage: lectern " + c.name, "\nExit status\n  0  ", "\n  2  "} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("lectern help %s lacks %q:\n%s", c.name, want, &out)
			}
		}
	}
}
