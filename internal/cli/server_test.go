package cli_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"sync"
	"time"
)

// A server is a lectern serve process that a test started.
type server struct {
	cmd            *exec.Cmd
	stdout, stderr transcript
	exited         chan struct{} // closed when the process is gone
	url            string
}

// startServer runs lectern serve on a free port and returns when it listens.
// Dir and env are those of the process; nil is the test's own environment.
func startServer(dir string, env []string, args ...string) (*server, error) {
	s := &server{}
	return s, s.start(dir, env, &s.stderr, args...)
}

// start is startServer with the log going elsewhere.
func (s *server) start(dir string, env []string, log io.Writer, args ...string) error {
	s.exited = make(chan struct{})
	s.cmd = exec.Command("lectern", append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
	s.cmd.Dir, s.cmd.Env = dir, env
	s.cmd.Stdout, s.cmd.Stderr = &s.stdout, log
	if err := s.cmd.Start(); err != nil {
		return err
	}
	go func() {
		s.cmd.Wait() // what it returns is in s.cmd.ProcessState
		close(s.exited)
	}()
	address, err := s.await(regexp.MustCompile(`(?m)^Lectern listens on (\S+)\n`))
	if err != nil {
		s.kill()
		return fmt.Errorf("%w\nstdout: %s\nstderr: %s", err, s.stdout.String(), s.stderr.String())
	}
	s.url = address
	return nil
}

// await returns the first group of re once the server has printed it.
func (s *server) await(re *regexp.Regexp) (string, error) {
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if m := re.FindStringSubmatch(s.stdout.String()); m != nil {
			return m[1], nil
		}
		select {
		case <-s.exited:
			return "", fmt.Errorf("lectern serve ended: %v", s.cmd.ProcessState)
		default:
		}
	}
	return "", fmt.Errorf("lectern serve did not print %s within 30 seconds", re)
}

// stop sends the signal and returns how the process ended.
func (s *server) stop(signal os.Signal) (*os.ProcessState, error) {
	if err := s.cmd.Process.Signal(signal); err != nil {
		return nil, err
	}
	select {
	case <-s.exited:
		return s.cmd.ProcessState, nil
	case <-time.After(30 * time.Second):
		s.kill()
		return nil, errors.New("lectern serve did not stop within 30 seconds")
	}
}

// kill ends the process without a chance to finish anything.
func (s *server) kill() {
	s.cmd.Process.Kill()
	<-s.exited
}

// A transcript is what a process printed so far.
type transcript struct {
	mu   sync.Mutex // a process writes while the test reads
	text bytes.Buffer
}

func (t *transcript) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.Write(p)
}

func (t *transcript) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.String()
}
