package cli_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

const drainToken = "token-of-the-drain-test-and-of-no-other"

func TestARequestUnderWayIsAnsweredBeforeTheServerStops(t *testing.T) {
	s, finish := startWithHalfARequest(t)
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	awaitRefusal(t, s)
	if status := finish(); status != http.StatusOK {
		t.Errorf("the request under way = %d, want 200", status)
	}
	<-s.exited
	if !s.cmd.ProcessState.Success() {
		t.Errorf("lectern serve ended with %v\n%s", s.cmd.ProcessState, s.stderr.String())
	}
}

func TestASecondSignalEndsTheServerAtOnce(t *testing.T) {
	s, _ := startWithHalfARequest(t)
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	awaitRefusal(t, s)
	if _, err := s.stop(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if end, ok := s.cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || !end.Signaled() {
		t.Errorf("lectern serve ended with %v after the second signal: it drained", s.cmd.ProcessState)
	}
}

// startWithHalfARequest starts a server that has read the head of a request and
// waits for its body; finish sends that and returns the status of the answer.
func startWithHalfARequest(t *testing.T) (s *server, finish func() int) {
	t.Helper()
	s, err := startServer(t.TempDir(), nil, "--token", drainToken)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.kill)
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	const body = `{"name": "under way"}`
	// The server says 100 Continue when its handler begins to read the body.
	fmt.Fprintf(conn, "POST /tags HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n", drainToken, len(body))
	answers := bufio.NewReader(conn)
	if res, err := http.ReadResponse(answers, nil); err != nil || res.StatusCode != http.StatusContinue {
		t.Fatalf("the server does not ask for the body: %v, %v", res, err)
	}
	return s, func() int {
		io.WriteString(conn, body)
		res, err := http.ReadResponse(answers, nil)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		return res.StatusCode
	}
}

// awaitRefusal returns when the server takes no connections any more.
func awaitRefusal(t *testing.T, s *server) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
		if err != nil {
			return
		}
		conn.Close()
	}
	t.Fatal("the server goes on taking connections after the signal")
}
