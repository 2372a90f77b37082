package cli

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
)

var versionCommand = command{
	name:    "version",
	summary: "print the version of the program and of the API",
	about:   "Prints the version of this program, what it was built from and with,\nand the API versions it answers.\n",
	exits:   exitStatuses,
	run:     runVersion,
}

func runVersion(_ context.Context, p *process, _ *settings, _ []string) error {
	build := &debug.BuildInfo{}
	if info, ok := debug.ReadBuildInfo(); ok {
		build = info
	}
	_, err := fmt.Fprintf(p.stdout, "lectern %s\nrevision %s\n%s %s/%s\nAPI versions %s\n",
		cmp.Or(build.Main.Version, "(devel)"), revision(build),
		runtime.Version(), runtime.GOOS, runtime.GOARCH, strings.Join(servedVersions(), ", "))
	return err
}

// revision names the commit the program was built from. A build from an
// archive, or with -buildvcs=false, does not know it.
func revision(build *debug.BuildInfo) string {
	value := map[string]string{}
	for _, s := range build.Settings {
		value[s.Key] = s.Value
	}
	text := cmp.Or(value["vcs.revision"], "unknown")
	if at := value["vcs.time"]; at != "" {
		text += " of " + at
	}
	if value["vcs.modified"] == "true" {
		text += ", with changes"
	}
	return text
}
