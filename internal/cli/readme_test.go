package cli_test

import (
	"image/png"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"lectern/internal/testpg"
)

// readmeAddress is where the README's server listens. The test's own listens
// elsewhere, and this is put right in what it runs.
const readmeAddress = "http://127.0.0.1:8080"

// A readmeBlock is what comes of a block of the README.
type readmeBlock struct {
	begin string // how its first line begins
	want  string // what it prints, as a regular expression
	twice bool   // whether it may be run again
	skip  string // why it is not run here; empty if it is
}

// readmeBlocks are all blocks of the README, in their order but for what takes
// the server to PostgreSQL, which is a test of its own.
var readmeBlocks = []readmeBlock{
	{begin: "go run ./cmd/lectern serve --demo", skip: "the test starts this server"},
	{begin: "go build ./cmd/lectern", skip: "the program is this test itself"},
	{begin: "export TOKEN=", want: `(?s)"title": ".+?"url": "` + readmeAddress + `/help/en/articles/.*\n"[^"\n]*[Tt]oken[^"\n]*"`},
	{begin: "AUTHOR=", want: `^` + readmeAddress + `/help/en/articles/\d+-change-your-password\n$`},
	{begin: "npm install", skip: "it is run by the part sdk of ./check"},
	{begin: "import { IntercomClient }", skip: "it is run by the part sdk of ./check"},
	{begin: "pip install", skip: "checks install nothing from there"},
	{begin: "import os", skip: "TestTheREADMEsPythonIsPython"},
	{begin: "createdb", skip: "TestTheREADMEMovesToPostgreSQL"},
	{begin: "./lectern token create", want: `(?s)^lct_\S+\nID .*sync +\d+ +read_articles_scope .*`},
	{begin: "go run ./cmd/fidelity", skip: "it is run by the tests of cmd/fidelity"},
	{begin: "(umask 077", want: `^$`, twice: true},
	{begin: "./check", skip: "it runs this"},
	{begin: "go test -run '^$' -bench", skip: "a benchmark measures; it is no test"},
	{begin: "echo '{\"external_id\"", want: `\b0 failures`, twice: true},
}

// readme returns the blocks of the README, in which lines are set in by four.
func readme(t *testing.T) (text string, blocks []string) {
	t.Helper()
	raw, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	text = string(raw)
	for part := range strings.SplitSeq(text, "\n\n") {
		if strings.HasPrefix(part, "    ") {
			blocks = append(blocks, strings.TrimSpace(strings.ReplaceAll("\n"+part, "\n    ", "\n")))
		}
	}
	return text, blocks
}

// A shell runs blocks of the README one after the other, as a reader does who
// stays in one terminal.
type shell struct {
	dir string // the reader's folder, with the program in it
	env []string
}

func newShell(t *testing.T) *shell {
	t.Helper()
	for _, name := range []string{"bash", "curl", "jq", "sqlite3"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("the README's commands need %s; ./check unit installs it", name)
		}
	}
	program, err := exec.LookPath("lectern")
	if err != nil {
		t.Fatal(err)
	}
	s := &shell{dir: t.TempDir()}
	if err := os.Symlink(program, filepath.Join(s.dir, "lectern")); err != nil {
		t.Fatal(err)
	}
	for _, e := range os.Environ() {
		if !strings.HasPrefix(e, "LECTERN_") {
			s.env = append(s.env, e)
		}
	}
	return s
}

// around is what stands around a block: what the blocks before it exported, and
// a go that runs the tools of the checkout from the reader's folder.
const around = `touch exported; . ./exported; set -eu -o pipefail
go() { local tool=$2; shift 2; command go build -C "$CHECKOUT" -o "$PWD/tool" "$tool" && ./tool "$@"; }
BLOCK
export -p > exported
`

func (s *shell) run(t *testing.T, block string) string {
	t.Helper()
	checkout, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "bash", "-c", strings.Replace(around, "BLOCK", block, 1))
	cmd.Dir, cmd.Env = s.dir, append(s.env, "CHECKOUT="+checkout)
	var failed strings.Builder
	cmd.Stderr = &failed
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s\n%v\n%s%s", block, err, out, &failed)
	}
	return string(out)
}

func TestTheREADMEDoesAsItSays(t *testing.T) {
	_, blocks := readme(t)
	for i, b := range blocks {
		if i >= len(readmeBlocks) || !strings.HasPrefix(b, readmeBlocks[i].begin) {
			t.Fatalf("the README has a block that no test knows: say in readmeBlocks what comes of it:\n%s", b)
		}
	}
	if len(blocks) != len(readmeBlocks) {
		t.Fatalf("the README has %d blocks, and %d are known", len(blocks), len(readmeBlocks))
	}
	if blocks[0] != "go run ./cmd/lectern serve --demo" {
		t.Fatalf("the first block starts no server:\n%s", blocks[0])
	}
	sh := newShell(t)
	server, err := startServer(sh.dir, sh.env, "--demo")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.kill)
	var article string
	for i, b := range readmeBlocks {
		if b.skip != "" {
			continue
		}
		block := strings.ReplaceAll(blocks[i], readmeAddress, server.url)
		runs := 1
		if b.twice {
			runs = 2
		}
		for range runs {
			out := strings.ReplaceAll(sh.run(t, block), server.url, readmeAddress)
			if !regexp.MustCompile(b.want).MatchString(out) {
				t.Errorf("%s\nprints\n%s\nwant %s", block, out, b.want)
			}
			if b.begin == "AUTHOR=" {
				article = strings.TrimSpace(out)
			}
		}
	}
	if t.Failed() {
		return
	}
	if page := get(t, strings.Replace(article, readmeAddress, server.url, 1)); !strings.Contains(page, "Open the settings.") {
		t.Errorf("readers do not see the article at %s", article)
	}
	if home := get(t, server.url+"/"); !strings.Contains(home, "Your account") {
		t.Error("the home page does not show the collection of the article, or a browser is not led to it")
	}
	info, err := os.Stat(filepath.Join(sh.dir, "backup.db"))
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the backup: %v, %v, want a file that its owner alone may read", info, err)
	}
	if _, err := server.stop(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	restored := t.TempDir()
	if err := os.Rename(filepath.Join(sh.dir, "backup.db"), filepath.Join(restored, "lectern.db")); err != nil {
		t.Fatal(err)
	}
	again, err := startServer(restored, sh.env, "--data", restored)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(again.kill)
	if home := get(t, again.url+"/"); !strings.Contains(home, "Your account") {
		t.Error("the backup does not have the collection")
	}
}

// get reads a page as a browser does.
func get(t *testing.T, url string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), "GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept", "text/html,application/xhtml+xml;q=.9,*/*;q=.8")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("%s: %s, %v", url, res.Status, err)
	}
	return string(page)
}

func TestTheREADMEMovesToPostgreSQL(t *testing.T) {
	_, blocks := readme(t)
	var block string
	for _, b := range blocks {
		if strings.HasPrefix(b, "createdb ") {
			block = b
		}
	}
	move, rest, ok := strings.Cut(block, "\n./lectern serve")
	if !ok || rest != "" {
		t.Fatalf("the block does not end in starting the server:\n%s", block)
	}
	sh := newShell(t)
	c := testpg.Start(t, testpg.Options{Fast: true})
	dsn := c.DSN("lectern")
	sh.env = append(sh.env, "ADMIN="+c.DSN("postgres"))
	server, err := startServer(sh.dir, sh.env)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.kill)
	if _, err := server.stop(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	// createdb finds its server by itself; here it is told.
	move = `createdb() { command createdb --maintenance-db="$ADMIN" "$@"; }` + "\n" + strings.Replace(move, "postgres://user:password@host/lectern", "'"+dsn+"'", 1)
	if _, err := exec.LookPath("createdb"); err != nil {
		t.Skip("createdb is not on the PATH; ./check unit puts it there")
	}
	sh.run(t, move)
	moved, err := startServer(t.TempDir(), append(sh.env, "LECTERN_DATABASE="+dsn))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(moved.kill)
	get(t, moved.url+"/")
}

func TestTheREADMEsPythonIsPython(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no python3; ./check unit installs it")
	}
	_, blocks := readme(t)
	for _, b := range blocks {
		if strings.HasPrefix(b, "import os") {
			cmd := exec.CommandContext(t.Context(), python, "-c", "import sys; compile(sys.stdin.read(), 'README', 'exec')")
			cmd.Stdin = strings.NewReader(b)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%s\n%s", b, out)
			}
			return
		}
	}
	t.Error("the README has no sample in Python")
}

func TestTheREADMEHasAPicture(t *testing.T) {
	text, _ := readme(t)
	names := regexp.MustCompile(`!\[[^\]]+\]\(([^)]+\.png)\)`).FindAllStringSubmatch(text, -1)
	if len(names) == 0 {
		t.Fatal("the README shows no picture of the product")
	}
	for _, name := range names {
		f, err := os.Open(filepath.Join("../..", name[1]))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.DecodeConfig(f)
		if err != nil || picture.Width < 800 || info.Size() > 300_000 {
			t.Errorf("%s: %d wide, %d bytes, %v; want at least 800 and at most 300 kB", name[1], picture.Width, info.Size(), err)
		}
	}
}
