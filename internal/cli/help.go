package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

const about = `Lectern is a self-hosted help center that answers Intercom's knowledge API.

Usage: lectern COMMAND [FLAGS]

`

// helpCommand is a function, not a variable: it prints the table it is in.
func helpCommand() command {
	return command{
		name:    "help",
		args:    "[COMMAND]",
		summary: "say how a command is used",
		about:   "Prints the list of commands, or how one of them is used.\n",
		exits:   exitStatuses,
		run:     runHelp,
	}
}

func runHelp(_ context.Context, p *process, _ *settings, args []string) error {
	if len(args) == 0 {
		return printCommands(p.stdout, "")
	}
	if len(args) == 1 && len(members(args[0])) > 0 {
		return printCommands(p.stdout, args[0]+" ")
	}
	name := strings.Join(args, " ")
	for _, c := range commands() {
		if c.name == name {
			return printHelp(p.stdout, &c)
		}
	}
	return usagef("there is no command %q", name)
}

// printCommands lists the commands whose names begin with prefix.
func printCommands(w io.Writer, prefix string) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(t, about, "Commands\n")
	for _, c := range commands() {
		if strings.HasPrefix(c.name, prefix) {
			fmt.Fprintf(t, "  %s\t%s\n", c.name, c.summary)
		}
	}
	fmt.Fprint(t, "\nRun \"lectern help COMMAND\" for its flags.\n\nExit status\n", exitStatuses)
	return t.Flush()
}

// printHelp says how one command is used.
func printHelp(w io.Writer, c *command) error {
	flags := c.settings(new(settings))
	usage := "lectern " + c.name
	if len(flags) > 0 {
		usage += " [FLAGS]"
	}
	if c.args != "" {
		usage += " " + c.args
	}
	fmt.Fprintf(w, "Usage: %s\n\n%s", usage, c.about)
	if len(flags) > 0 {
		fmt.Fprint(w, "\nFlags\n")
	}
	for _, x := range flags {
		printFlag(w, x)
	}
	_, err := fmt.Fprint(w, "\nExit status\n", c.exits)
	return err
}

func printFlag(w io.Writer, x setting) {
	line := "  --" + x.flag
	if x.value != "" {
		line += " " + x.value
	}
	text := x.help
	if x.env != "" {
		text += fmt.Sprintf("\n%s, default %s", x.env, cmp.Or(x.fallback, "none"))
	}
	fmt.Fprintf(w, "%s\n        %s\n", line, strings.ReplaceAll(text, "\n", "\n        "))
}
