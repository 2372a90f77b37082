// Withpg runs a command, usually go test, with a PostgreSQL server that all its
// processes share: go run ./internal/tools/withpg go test ./...
//
// It exits with the command's status. The server is removed afterwards, also
// when withpg is killed.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"

	"lectern/internal/testpg"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "Usage: withpg COMMAND [ARGUMENT...]")
		os.Exit(2)
	}
	signal.Ignore(os.Interrupt) // the command gets it too, and decides
	err := testpg.Run(os.Args[1], os.Args[2:]...)
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		os.Exit(max(exit.ExitCode(), 1)) // -1 is a signal
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "withpg: %v\n", err)
		os.Exit(1)
	}
}
