// Lectern is a self-hosted help center that answers Intercom's knowledge API.
package main

import (
	"context"
	"os"

	"lectern/internal/cli"
)

func main() {
	os.Exit(cli.Run(context.Background(), os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
}
