package sqlite

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"lectern"
)

// A dbFile is the database's file and the two that SQLite keeps beside it. While
// they are open, somebody may remove them or put others in their place: SQLite
// would go on writing into files that no name leads to, and everything it
// acknowledges would be gone with the process.
type dbFile struct {
	path string

	mu     sync.Mutex
	known  map[string]fs.FileInfo // by path; what stood there first
	looked time.Time
	result error // of that look
}

// lookEvery is how long a look at the files is good enough for who only reads.
const lookEvery = 50 * time.Millisecond

// besides are what SQLite adds to the name of a database for the files that
// hold its newest changes and their index.
var besides = []string{"", "-wal", "-shm"}

// here returns an error unless the files are those that were opened: the same
// device and inode, or what the system has for that.
func (f *dbFile) here() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.result = f.look()
	f.looked = time.Now()
	return f.result
}

// recently is here, or what it returned a moment ago.
func (f *dbFile) recently() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if now := time.Now(); now.Sub(f.looked) >= lookEvery {
		f.result, f.looked = f.look(), now
	}
	return f.result
}

// enoughRoom is what must fit on the disk before it is no longer called full, in
// bytes. A small change fits where a large one does not.
const enoughRoom = 1 << 20

// room returns an error unless there is enough room beside the database.
func (f *dbFile) room() (err error) {
	probe, err := os.CreateTemp(filepath.Dir(f.path), "lectern-room-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(probe.Name())) }()
	_, err = probe.Write(make([]byte, enoughRoom))
	return errors.Join(err, probe.Sync(), probe.Close())
}

func (f *dbFile) look() error {
	for _, suffix := range besides {
		path := f.path + suffix
		info, err := os.Stat(path)
		known, seen := f.known[path]
		switch {
		case err == nil && !seen:
			f.known[path] = info
		case err == nil && os.SameFile(info, known):
		case errors.Is(err, fs.ErrNotExist) && !seen && suffix != "":
			// SQLite makes it when it is first needed.
		default:
			return &lectern.Error{Kind: lectern.Unavailable, Err: err,
				Text: "The database file was removed or replaced while Lectern was running. Put it back and restart Lectern."}
		}
	}
	return nil
}
