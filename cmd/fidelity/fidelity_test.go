package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lectern/internal/testshared"
)

// execute runs the command in the folder of the module.
func execute(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	t.Chdir("../..")
	var out, problems bytes.Buffer
	status = run(t.Context(), args, func(string) string { return "" }, &out, &problems)
	return status, out.String(), problems.String()
}

func TestThePageInTheRepositoryIsInStep(t *testing.T) {
	if testing.Short() {
		t.Skip("driving every operation takes long, and the tests of internal/rest do so")
	}
	file := filepath.Join(t.TempDir(), "fidelity.md")
	status, stdout, stderr := execute(t, "--descriptions", "none", "--markdown", file)
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err, stderr)
	}
	want, err := os.ReadFile("docs/fidelity.md")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("docs/fidelity.md is out of step: go run ./cmd/fidelity --markdown docs/fidelity.md")
	}
	lines := strings.Split(strings.TrimSpace(stdout), "\n")
	var passed, all int
	if _, err := fmt.Sscanf(lines[len(lines)-1], "fidelity: %d/%d", &passed, &all); err != nil || all != 436 {
		t.Errorf("the last line is %q, want the score out of 436", lines[len(lines)-1])
	}
	if perfect := passed == all; perfect != (status == exitOK) {
		t.Errorf("exit status %d at %d of %d:\n%s", status, passed, all, stdout)
	}
}

func TestHelpSaysHowItIsUsed(t *testing.T) {
	if status, stdout, _ := execute(t, "--help"); status != exitOK || !strings.Contains(stdout, "Exit status") {
		t.Errorf("exit status %d:\n%s", status, stdout)
	}
}

func TestOneOperationCanBeLookedAt(t *testing.T) {
	status, stdout, stderr := execute(t, "--descriptions", "none", "--version", "2.11", "--operation", "GET /tags/{any_name}", "--details")
	if status != exitOK || !strings.HasSuffix(stdout, "\nfidelity: 1/1\n") {
		t.Errorf("exit status %d:\n%s%s", status, stdout, stderr)
	}
}

func TestItSaysWhichDescriptionsItJudgedBy(t *testing.T) {
	one := []string{"--version", "2.11", "--operation", "GET /tags/{id}"}
	t.Run("none", func(t *testing.T) {
		status, stdout, _ := execute(t, append(one, "--descriptions", "none")...)
		if status != exitOK || !strings.Contains(stdout, "NOT JUDGED by Intercom's published descriptions") {
			t.Errorf("exit status %d:\n%s", status, stdout)
		}
	})
	t.Run("not where they are looked for", func(t *testing.T) {
		t.Chdir(t.TempDir())
		var stdout, stderr bytes.Buffer
		status := run(t.Context(), one, func(string) string { return "" }, &stdout, &stderr)
		if status != exitOK || !strings.Contains(stderr.String(), "are not at ../shared/contract") || !strings.Contains(stdout.String(), "NOT JUDGED") {
			t.Errorf("exit status %d:\n%s%s", status, &stdout, &stderr)
		}
	})
	t.Run("shared", func(t *testing.T) {
		folder := testshared.Need(t, "contract")
		status, stdout, stderr := execute(t, "--descriptions", folder)
		if status != exitOK || !strings.Contains(stdout, "Judged by Intercom's published descriptions in "+folder) {
			t.Errorf("exit status %d:\n%s%s", status, stdout, stderr)
		}
	})
}

func TestAWrongCommandLineIsRefused(t *testing.T) {
	for _, args := range []string{
		"all", "--unheard-of", "--version 3.0", "--write", "--base-url http://127.0.0.1:1",
		"--base-url http://127.0.0.1:1 --token x --markdown f", "--markdown f --version 2.11",
	} {
		if status, stdout, stderr := execute(t, strings.Fields(args)...); status != exitUsage || stdout != "" || !strings.HasPrefix(stderr, "fidelity: ") {
			t.Errorf("%s: exit status %d, %q", args, status, stderr)
		}
	}
}

func TestAServerThatDoesNotAnswerIsAFailure(t *testing.T) {
	if status, _, stderr := execute(t, "--base-url", "http://127.0.0.1:1", "--token", "x", "--version", "2.11"); status != exitFailed || stderr == "" {
		t.Errorf("exit status %d, %q", status, stderr)
	}
}
