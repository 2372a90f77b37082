package testpg

import (
	"os"
	"os/exec"
)

// Run runs a command that inherits the process's standard files, with a server
// in [EnvServer] that all its tests share: the one that is there already, or a
// new one that is removed when the command has ended. The error is one of
// starting the server, or what [exec.Cmd.Run] returns.
func Run(name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if os.Getenv(EnvServer) == "" {
		c, err := start(Options{Fast: true})
		if err != nil {
			return err
		}
		defer c.close()
		cmd.Env = append(os.Environ(), EnvServer+"="+c.DSN("postgres"))
	}
	return cmd.Run()
}
