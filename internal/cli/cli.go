// Package cli is the lectern command: it reads the settings, has package app put
// an installation together and runs it.
//
// Each subcommand has a file of its own, which holds its help text, its exit
// statuses and what it does. settings.go says once what every setting is
// called, where it comes from and which values it takes. A subcommand returns
// an error; the table in this file turns it into an exit status.
package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"lectern"
)

// Exit statuses, the same for every subcommand.
const (
	exitOK     = 0
	exitFailed = 1 // what was asked for could not be done
	exitUsage  = 2 // the command line or a setting is wrong
)

// exitStatuses is what they mean to a command that has no more to say.
const exitStatuses = `  0  done
  1  it could not be done; the message says why
  2  the command line or a setting is wrong
`

// A command is a subcommand of lectern.
type command struct {
	name    string // as typed, "token create"
	args    string // what follows the flags, for the usage line; empty for nothing
	summary string // one line for the list of commands
	about   string // what it does, in sentences
	exits   string // what its exit statuses mean, one a line
	flags   func(*settings) []setting
	run     func(ctx context.Context, p *process, s *settings, args []string) error
}

// commands returns every subcommand, in the order of the help text. It is a
// function since help prints the table that help is in.
func commands() []command {
	return []command{serveCommand, tokenCreateCommand, tokenListCommand, tokenRevokeCommand, moveCommand, checkCommand, reindexCommand, searchCommand, versionCommand, helpCommand()}
}

// A process is what a command has of the outside world.
type process struct {
	getenv         func(string) string
	stdout, stderr io.Writer
}

// A usageError is a mistake in the command line or in a setting.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

func usagef(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

// Run runs the command line args, without the program's name, and returns the
// exit status. Settings that no flag gives are looked up with getenv; an empty
// variable counts as unset. No command reads its standard input yet.
func Run(ctx context.Context, args []string, getenv func(string) string, _ io.Reader, stdout, stderr io.Writer) int {
	p := &process{getenv: getenv, stdout: stdout, stderr: stderr}
	c, rest, err := find(args)
	if err == nil {
		err = p.runCommand(ctx, c, rest)
	}
	return p.exit(c, err)
}

// find returns the command that args name and the arguments left for it.
func find(args []string) (*command, []string, error) {
	if len(args) == 0 {
		return nil, nil, usagef("say what to do, for example: lectern serve")
	}
	switch args[0] {
	case "-h", "-help", "--help":
		args = append([]string{"help"}, args[1:]...)
	case "-v", "-version", "--version":
		args = append([]string{"version"}, args[1:]...)
	}
	all := commands()
	for i, c := range all {
		words := strings.Fields(c.name)
		if len(args) >= len(words) && slices.Equal(args[:len(words)], words) {
			return &all[i], args[len(words):], nil
		}
	}
	if group := members(args[0]); len(group) > 0 {
		if len(args) > 1 && isHelpFlag(args[1]) {
			c := helpCommand()
			return &c, args[:1], nil
		}
		return nil, nil, usagef("say what to do with it: %s", strings.Join(group, ", "))
	}
	return nil, nil, usagef("there is no command %q", args[0])
}

// members lists the full names of the commands whose first of two words is group.
func members(group string) []string {
	var names []string
	for _, c := range commands() {
		if strings.HasPrefix(c.name, group+" ") {
			names = append(names, "lectern "+c.name)
		}
	}
	return names
}

func isHelpFlag(arg string) bool {
	return slices.Contains([]string{"-h", "-help", "--help"}, arg)
}

func (p *process) runCommand(ctx context.Context, c *command, args []string) error {
	s := new(settings)
	rest, err := s.read(c, args, p.getenv)
	if errors.Is(err, flag.ErrHelp) {
		return printHelp(p.stdout, c)
	}
	if err != nil {
		return err
	}
	if c.args == "" && len(rest) > 0 {
		return usagef("takes no arguments but flags, and got %q", rest[0])
	}
	return c.run(ctx, p, s, rest)
}

// exit tells the user about err and returns the exit status it stands for.
func (p *process) exit(c *command, err error) int {
	if err == nil {
		return exitOK
	}
	name, help := "lectern", "lectern help"
	if c != nil {
		name, help = name+" "+c.name, help+" "+c.name
	}
	fmt.Fprintf(p.stderr, "%s: %v\n", name, err)
	if _, usage := errors.AsType[*usageError](err); usage {
		fmt.Fprintf(p.stderr, "Run %q to see how it is used.\n", help)
		return exitUsage
	}
	if errors.Is(err, lectern.Invalid) || errors.Is(err, lectern.Missing) {
		return exitUsage
	}
	return exitFailed
}
