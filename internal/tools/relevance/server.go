package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"lectern"
	"lectern/internal/cli"
)

// patience is how long a server may take to answer its first request.
const patience = time.Minute

// ownServer starts an empty server, hands it to use and takes it away again.
// With a database it keeps its content there, else in SQLite.
func ownServer(ctx context.Context, database string, locale lectern.Locale, use func(client) error) error {
	folder, err := os.MkdirTemp("", "relevance")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	address, err := freeAddress()
	if err != nil {
		return err
	}
	c := client{"http://" + address, "token-of-the-relevance-tool-and-of-no-other"}
	args := []string{"serve", "--listen", address, "--data", folder, "--token", c.token, "--rate-limit", "1000000"}
	if locale != "" {
		args = append(args, "--locale", string(locale))
	}
	if database != "" {
		args = append(args, "--database", database)
	}
	ctx, stop := context.WithCancel(ctx)
	var said locked
	var ended sync.WaitGroup
	status := make(chan int, 1)
	ended.Go(func() {
		status <- cli.Run(ctx, args, func(string) string { return "" }, strings.NewReader(""), io.Discard, &said)
	})
	defer ended.Wait()
	defer stop()
	if err := c.wait(status); err != nil {
		return fmt.Errorf("start a server: %w: %s", err, said.String())
	}
	return use(c)
}

// wait returns when the server answers.
func (c client) wait(ended <-chan int) error {
	for start := time.Now(); time.Since(start) < patience; {
		if answer, err := http.Get(c.base + "/me"); err == nil {
			return answer.Body.Close()
		}
		select {
		case status := <-ended:
			return fmt.Errorf("it ended with status %d", status)
		case <-time.After(20 * time.Millisecond):
		}
	}
	return fmt.Errorf("it does not answer")
}

// freeAddress returns an address of this machine that nobody listens on.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// locked is a buffer for two goroutines.
type locked struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *locked) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
