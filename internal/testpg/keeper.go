package testpg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// keeping is what a keeper's process does: it reads the IDs of servers until its
// standard input ends, which the end of the test process brings about in any
// case; then it ends the last one, if that runs, and removes the folder.
const keeping = `
pid=0
while read -r word; do pid=$word; done
if [ "$pid" -gt 0 ]; then
	kill -QUIT "$pid" 2>/dev/null
	tries=0
	while kill -0 "$pid" 2>/dev/null && [ "$tries" -lt 100 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
	kill -KILL "$pid" 2>/dev/null
fi
rm -rf "$1"
`

// A keeper owns a folder and the one server that runs on it. It is a process of
// its own, so that server and folder go when the test process is killed, too.
type keeper struct {
	folder string // belongs to the user that servers run as
	watch  *exec.Cmd
	pids   io.WriteCloser // to watch; a line with 0 says that no server runs
	closed sync.Once
}

func newKeeper() (*keeper, error) {
	folder, err := os.MkdirTemp("", "lectern-pg-")
	if err != nil {
		return nil, err
	}
	k := &keeper{folder: folder}
	if err := k.own(folder); err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	k.watch = exec.Command("sh", "-c", keeping, "keeper", folder)
	k.watch.SysProcAttr = apart(nil)
	k.watch.Dir = os.TempDir()
	if k.pids, err = k.watch.StdinPipe(); err == nil {
		err = k.watch.Start()
	}
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	return k, nil
}

// close has the folder removed and waits for that.
func (k *keeper) close() {
	k.closed.Do(func() {
		k.pids.Close()
		k.watch.Wait()
	})
}

// own gives a file to the user that servers run as.
func (k *keeper) own(path string) error {
	u, err := unprivileged()
	if err != nil || u == nil {
		return err
	}
	return os.Chown(path, u.uid, u.gid)
}

// command prepares a program to run as a user that PostgreSQL accepts.
func (k *keeper) command(ctx context.Context, path string, args ...string) (*exec.Cmd, error) {
	u, err := unprivileged()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Dir = k.folder
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + k.folder, "LC_ALL=C", "TZ=UTC"}
	cmd.SysProcAttr = apart(u)
	return cmd, nil
}

// run runs a program of PostgreSQL to its end.
func (k *keeper) run(name string, args ...string) error {
	path, err := program(name)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd, err := k.command(ctx, path, args...)
	if err != nil {
		return err
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", name, err, out)
	}
	return nil
}

// A process is a running server.
type process struct {
	name   string
	keeper *keeper
	cmd    *exec.Cmd
	log    string        // file
	ended  chan struct{} // closed once it has ended
}

// start runs a server in the background. What it prints goes into a log file in
// the folder.
func (k *keeper) start(path string, args ...string) (*process, error) {
	cmd, err := k.command(context.Background(), path, args...)
	if err != nil {
		return nil, err
	}
	name := filepath.Base(path)
	p := &process{name: name, keeper: k, cmd: cmd, log: filepath.Join(k.folder, name+".log"), ended: make(chan struct{})}
	log, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	fmt.Fprintln(k.pids, cmd.Process.Pid)
	go func() {
		cmd.Wait()
		fmt.Fprintln(k.pids, 0)
		close(p.ended)
	}()
	return p, nil
}

// await waits until ready returns nil.
func (p *process) await(ready func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for {
		err := ready(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-p.ended:
			return fmt.Errorf("%s has ended: %v\n%s", p.name, p.cmd.ProcessState, p.tail())
		case <-ctx.Done():
			return fmt.Errorf("%s does not answer: %w\n%s", p.name, err, p.tail())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// stop sends a signal and waits until the process has ended.
func (p *process) stop(signal syscall.Signal) error {
	if err := p.cmd.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-p.ended:
		return nil
	case <-time.After(patience):
		p.cmd.Process.Kill()
		<-p.ended
		return fmt.Errorf("%s did not stop by %v within %v, and was killed\n%s", p.name, signal, patience, p.tail())
	}
}

// tail returns the last lines of the log.
func (p *process) tail() string {
	text, err := os.ReadFile(p.log)
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return strings.Join(lines[max(0, len(lines)-20):], "\n")
}
