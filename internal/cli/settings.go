package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"lectern"
	"lectern/internal/apiversion"
	"lectern/internal/app"
	"lectern/internal/client"
	"lectern/internal/limit"
)

// settings are the values of every flag; a command sets only those it has.
type settings struct {
	Listen          string       // host:port; port 0 takes any free one
	Data            string       // folder
	Database        string       // connection URL; empty for SQLite in Data
	Replica         string       // connection URL; empty for none
	Clients         *client.Rule // which proxies are believed
	BaseURL         string       // without a slash at its end; empty for the request's own
	Token           string       // empty for a fresh one
	APIVersion      string
	Locale          lectern.Locale
	Region          string // empty leaves the workspace where it is
	Limits          limit.Settings
	SecurityContact string // a URI; empty for none
	RateLimit       int    // requests per minute and token; 0 turns the limit off
	FrameHosts      []string
	MaxBody         int64  // bytes in the body of a request
	LogRequests     string // "all", "failed" or "none"
	Demo            bool
	Init            bool // make a database where one was lost
	All             bool

	Admin   lectern.AdminID // zero for the first teammate
	Name    string
	Scopes  []lectern.Scope
	Expires time.Time // of a token; zero for never
	Pinned  string    // API version a token pins; empty for none

	From, To app.Place // of a move

	EmbeddingsURL   string // empty to search by words only
	EmbeddingsModel string

	Explain    bool
	HelpCenter lectern.HelpCenterID // zero for every one
}

// A setting is one flag, the environment variable that may stand for it, and
// the value it has when neither is given.
type setting struct {
	flag     string // without its dashes
	value    string // placeholder in the help text; empty for a switch
	env      string // empty for a flag that has no variable
	fallback string
	help     string
	repeats  bool
	set      func(value string) error // its error ends a sentence that begins with the flag
}

func (s *settings) listen() setting {
	return setting{flag: "listen", value: "ADDRESS", env: "LECTERN_LISTEN", fallback: "127.0.0.1:8080",
		help: "host:port to listen on; port 0 takes a free one",
		set:  func(v string) error { s.Listen = v; return checkListen(v) }}
}

func (s *settings) data() setting {
	return setting{flag: "data", value: "FOLDER", env: "LECTERN_DATA", fallback: "./lectern-data",
		help: "where the SQLite file is kept",
		set:  func(v string) error { s.Data = v; return checkGiven(v) }}
}

func (s *settings) baseURL() setting {
	return setting{flag: "base-url", value: "URL", env: "LECTERN_BASE_URL",
		help: "what addresses in answers start with; by default the address of the request",
		set:  func(v string) error { s.BaseURL = strings.TrimRight(v, "/"); return checkBaseURL(v) }}
}

func (s *settings) trustedProxies() setting {
	return setting{flag: "trusted-proxies", value: "LIST", env: "LECTERN_TRUSTED_PROXIES", fallback: client.Loopback,
		help: "proxies whose X-Forwarded-For, X-Forwarded-Proto and Forwarded are believed:\n" +
			"addresses and networks separated by commas, loopback, private; or none",
		set: func(v string) (err error) { s.Clients, err = client.Parse(v); return listError(err) }}
}

// listError is an error of a list, as the end of a sentence.
func listError(err error) error {
	if err != nil {
		return fmt.Errorf("is wrong: %w", err)
	}
	return nil
}

func (s *settings) token() setting {
	return setting{flag: "token", value: "SECRET", env: "LECTERN_TOKEN",
		help: "access token of the first teammate, for scripts; by default one is made\n" +
			"at the first start. The variable is safer: others on the machine can see flags",
		set: func(v string) error { s.Token = v; return checkToken(v) }}
}

func (s *settings) apiVersion() setting {
	return setting{flag: "api-version", value: "VERSION", env: "LECTERN_API_VERSION", fallback: "2.11",
		help: "API version for requests and tokens that name none",
		set:  func(v string) (err error) { s.APIVersion, err = parseVersion(v); return err }}
}

func (s *settings) locale() setting {
	return setting{flag: "locale", value: "LOCALE", env: "LECTERN_LOCALE", fallback: "en",
		help: "default locale of the help center made at the first start",
		set:  func(v string) (err error) { s.Locale, err = parseLocale(v); return err }}
}

func (s *settings) region() setting {
	return setting{flag: "region", value: "REGION", env: "LECTERN_REGION",
		help: "region the workspace reports: " + strings.Join(lectern.Regions, ", ") + "; a given one is kept.\n" +
			"Without it a new workspace is in " + lectern.Regions[0] + " and an old one stays as it is",
		set: func(v string) (err error) { s.Region, err = parseRegion(v); return err }}
}

func (s *settings) frameHosts() setting {
	return setting{flag: "frame-hosts", value: "LIST", env: "LECTERN_FRAME_HOSTS",
		help: "hosts, separated by commas, whose frames articles may embed in addition to the\n" +
			"known video sites, subdomains included; other frames become links",
		set: func(v string) (err error) { s.FrameHosts, err = parseHosts(v); return err }}
}

var hostName = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$`)

// parseHosts reads names of hosts with commas between.
func parseHosts(list string) ([]string, error) {
	var hosts []string
	for name := range strings.SplitSeq(list, ",") {
		name = strings.ToLower(strings.TrimSpace(name))
		if !hostName.MatchString(name) || len(name) > 253 {
			return nil, fmt.Errorf("must be names of hosts such as forms.example.com, not %q", name)
		}
		hosts = append(hosts, name)
	}
	return hosts, nil
}

func (s *settings) rateLimit() setting {
	return setting{flag: "rate-limit", value: "N", env: "LECTERN_RATE_LIMIT", fallback: "10000",
		help: "requests per minute and token; 0 turns the limit off",
		set:  func(v string) (err error) { s.RateLimit, err = parseCount(v); return err }}
}

func (s *settings) maxBody() setting {
	return setting{flag: "max-body", value: "SIZE", env: "LECTERN_MAX_BODY", fallback: "1MiB",
		help: "the most that the body of a request may hold, as bytes, KiB or MiB",
		set:  func(v string) (err error) { s.MaxBody, err = parseSize(v); return err }}
}

// parseSize reads a number of bytes: "524288", "512KiB", "8MiB".
func parseSize(text string) (int64, error) {
	number, factor := text, int64(1)
	for unit, n := range map[string]int64{"KiB": 1 << 10, "MiB": 1 << 20} {
		if rest, ok := strings.CutSuffix(text, unit); ok {
			number, factor = strings.TrimSpace(rest), n
		}
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n < 1 || n*factor > maxSize || n > maxSize {
		return 0, fmt.Errorf("%q is not a size from 1 byte to %d MiB, such as 8MiB", text, maxSize>>20)
	}
	return n * factor, nil
}

// maxSize is the most that the body of a request can be allowed to hold: it
// stands in memory several times.
const maxSize = 256 << 20

func (s *settings) securityContact() setting {
	return setting{flag: "security-contact", value: "ADDRESS", env: "LECTERN_SECURITY_CONTACT",
		help: "where to report security problems, for /.well-known/security.txt: an e-mail address or a URL",
		set:  func(v string) (err error) { s.SecurityContact, err = parseContact(v); return err }}
}

// parseContact reads an e-mail address, or a URL as security.txt may have.
func parseContact(v string) (string, error) {
	if v == "" {
		return "", nil
	}
	if !strings.Contains(v, ":") && strings.Contains(v, "@") {
		v = "mailto:" + v
	}
	u, err := url.Parse(v)
	if err != nil || !slices.Contains([]string{"https", "mailto", "tel"}, u.Scheme) || u.Opaque+u.Host == "" {
		return "", fmt.Errorf("must be an e-mail address or a URL with https, not %q", v)
	}
	return u.String(), nil
}

func (s *settings) limits() setting {
	return setting{flag: "limits", value: "LIST", env: "LECTERN_LIMITS", fallback: limit.Defaults.String(),
		help: "how often one network may do something in a minute, separated by commas;\n" +
			"what is not named keeps its default, 0 is off, and none is no limits at all.\n" +
			"Some limits count per hour, see docs/help-center.md",
		set: func(v string) (err error) { s.Limits, err = limit.Parse(v); return listError(err) }}
}

func (s *settings) logRequests() setting {
	return setting{flag: "log-requests", value: "WHICH", env: "LECTERN_LOG_REQUESTS", fallback: "all",
		help: "which requests the log has a line for: all, failed (status 400 and above) or none",
		set: func(v string) error {
			if s.LogRequests = v; v != "all" && v != "failed" && v != "none" {
				return errors.New("must be all, failed or none")
			}
			return nil
		}}
}

// unlogged reports whether the log has no line for a request that was answered
// with a status.
func (s *settings) unlogged(status int) bool {
	return s.LogRequests == "none" || s.LogRequests == "failed" && status < 400
}

func (s *settings) demo() setting {
	return setting{flag: "demo", help: "fill an empty workspace with Lectern's own manual",
		set: func(v string) (err error) { s.Demo, err = strconv.ParseBool(v); return err }}
}

func (s *settings) init() setting {
	return setting{flag: "init", help: "make a new database in a data folder that lost its own",
		set: func(v string) (err error) { s.Init, err = strconv.ParseBool(v); return err }}
}

// read sets every setting of c from args, then the environment, then its
// default, and returns the arguments after the flags.
func (s *settings) read(c *command, args []string, getenv func(string) string) ([]string, error) {
	all := c.settings(s)
	fs := flag.NewFlagSet(c.name, flag.ContinueOnError)
	fs.SetOutput(io.Discard) // errors are returned, and help is printed by printHelp
	given := map[string][]string{}
	for _, x := range all {
		keep := func(v string) error { given[x.flag] = append(given[x.flag], v); return nil }
		if x.value == "" {
			fs.BoolFunc(x.flag, "", keep)
		} else {
			fs.Func(x.flag, "", keep)
		}
	}
	rest, err := parse(fs, args)
	if errors.Is(err, flag.ErrHelp) {
		return nil, err
	}
	if err != nil {
		return nil, usagef("%s", strings.Replace(err.Error(), ": -", ": --", 1))
	}
	for _, x := range all {
		if err := x.read(given[x.flag], getenv); err != nil {
			return nil, err
		}
	}
	return rest, nil
}

// parse reads flags, which may stand before and behind arguments, and returns
// the arguments. All behind two dashes is arguments.
func parse(fs *flag.FlagSet, args []string) (rest []string, err error) {
	for {
		if err := fs.Parse(args); err != nil {
			return nil, err
		}
		at := len(args) - fs.NArg() // where arguments begin
		if at == len(args) || at > 0 && args[at-1] == "--" {
			return append(rest, fs.Args()...), nil
		}
		rest, args = append(rest, args[at]), args[at+1:]
	}
}

// settings lists the flags of c.
func (c *command) settings(s *settings) []setting {
	if c.flags == nil {
		return nil
	}
	return c.flags(s)
}

// read sets x from the values given on the command line, or else from the
// environment, or else to its default. The last of several values counts,
// unless x takes them all.
func (x *setting) read(given []string, getenv func(string) string) error {
	name := "--" + x.flag
	switch {
	case len(given) > 0:
		if !x.repeats {
			given = given[len(given)-1:]
		}
	case x.env != "" && getenv(x.env) != "":
		given, name = []string{getenv(x.env)}, name+" (from "+x.env+")"
	case x.fallback != "":
		given = []string{x.fallback}
	}
	for _, v := range given {
		if err := x.set(v); err != nil {
			return usagef("%s %v", name, err)
		}
	}
	return nil
}

func checkGiven(v string) error {
	if v == "" {
		return errors.New("must not be empty")
	}
	return nil
}

func checkListen(v string) error {
	_, port, err := net.SplitHostPort(v)
	if err != nil {
		return fmt.Errorf("must be an address and a port such as 127.0.0.1:8080, not %q", v)
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil {
		return fmt.Errorf("must end in a port from 0 to 65535, not %q", port)
	} else if strconv.FormatUint(n, 10) != port {
		return fmt.Errorf("must write its port plainly, %d instead of %q", n, port)
	}
	return nil
}

func checkBaseURL(v string) error {
	if v == "" {
		return nil
	}
	u, err := url.Parse(v)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return fmt.Errorf("must be an address such as https://help.example.com, not %q", v)
	}
	if strings.Trim(u.Path, "/") != "" {
		return fmt.Errorf("must not have a path, since Lectern answers at the root of a host: give it a name of its own instead of %q", u.Redacted())
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" || strings.ContainsAny(v, "?#") {
		return fmt.Errorf("must not have a user, a query or a fragment: %q", u.Redacted())
	}
	return nil
}

// checkToken refuses what could not be sent in an Authorization header: a
// Bearer token has no space, the user of Basic no colon. It refuses what can be
// guessed, too. The secret itself is not repeated.
func checkToken(v string) error {
	for _, r := range v {
		if r <= ' ' || r > '~' || r == ':' {
			return fmt.Errorf("must be of letters, digits and signs without spaces and colons; it contains %q", r)
		}
	}
	if v != "" && len(v) < lectern.MinTokenSecret {
		return fmt.Errorf("must have at least %d characters, as \"openssl rand -hex 32\" prints them; it has %d", lectern.MinTokenSecret, len(v))
	}
	return nil
}

func parseVersion(s string) (string, error) {
	v, err := apiversion.Parse(s)
	if err != nil || v.Unserved {
		return "", fmt.Errorf("must be one of %s, not %q", strings.Join(servedVersions(), ", "), s)
	}
	return v.Name, nil
}

// servedVersions lists the API versions answered, oldest first.
func servedVersions() []string {
	names := apiversion.Served()
	slices.Reverse(names)
	return names
}

func parseLocale(s string) (lectern.Locale, error) {
	l, ok := lectern.ParseLocale(s)
	if !ok {
		return "", fmt.Errorf("must be one of the locales of the API, such as en, fr or pt-BR, not %q", s)
	}
	return l, nil
}

// parseRegion takes an empty region for none: the workspace stays where it is.
func parseRegion(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	r, ok := lectern.ParseRegion(s)
	if !ok {
		return "", fmt.Errorf("must be one of %s, not %q", strings.Join(lectern.Regions, ", "), s)
	}
	return r, nil
}

func parseCount(s string) (int, error) {
	n, err := strconv.ParseUint(s, 10, 31)
	if err != nil {
		return 0, fmt.Errorf("must be a whole number from 0 to %d, not %q", math.MaxInt32, s)
	}
	return int(n), nil
}
