package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
)

// A state remembers, in a file, which article of the server holds which item
// of the corpus, so that a load that was killed goes on without making an
// article twice. The file has a JSON object a line and is only ever appended
// to:
//
//	{"server":"http://127.0.0.1:8080 abcd1234"}  whom it is about
//	{"item":"x","step":"sent"}                   x is about to be created
//	{"item":"x","step":"made","article":"7"}     it was, as article 7
//	{"item":"x","step":"done"}                   all its translations are there
//
// An item that was sent but not made is the one case of doubt: the answer was
// lost, on our side or the server's. It is then looked for by its exact title
// in its collection, among the articles that belong to no other item, and
// created only if there is none. Two workers may mean the same article by
// that; claim gives it to the first, and the second creates its own.
//
// The file survives the death of the process, not of the machine: it is not
// forced to disk.
type state struct {
	mu    sync.Mutex
	file  *os.File
	items map[string]progressOf // by external_id
	owner map[string]string     // item by article
}

// progressOf is how far one item has come.
type progressOf struct {
	sent    bool
	article string
	done    bool
}

// A line is one line of the file.
type line struct {
	Server  string `json:"server,omitempty"`
	Item    string `json:"item,omitempty"`
	Step    string `json:"step,omitempty"`
	Article string `json:"article,omitempty"`
}

// openState reads the file, or begins it for that server. It refuses a file
// about another server: its articles are not here.
func openState(path, server string) (*state, error) {
	data, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	s := &state{items: map[string]progressOf{}, owner: map[string]string{}}
	whole := data[:bytes.LastIndexByte(data, '\n')+1] // a kill may have cut the last line
	for n, text := range bytes.Split(bytes.TrimSpace(whole), []byte("\n")) {
		if len(text) == 0 {
			continue
		}
		var l line
		if err := json.Unmarshal(text, &l); err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", path, n+1, err)
		}
		if l.Server != "" && l.Server != server {
			return nil, fmt.Errorf("%s is about %q, not %q: name another file with --state", path, l.Server, server)
		}
		s.apply(l)
	}
	if s.file, err = os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644); err != nil {
		return nil, err
	}
	if err := s.file.Truncate(int64(len(whole))); err != nil {
		return nil, errors.Join(err, s.file.Close())
	}
	if len(whole) == 0 {
		if err := s.append(line{Server: server}); err != nil {
			return nil, errors.Join(err, s.file.Close())
		}
	}
	return s, nil
}

func (s *state) close() error { return s.file.Close() }

// of returns how far an item has come.
func (s *state) of(item string) progressOf {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.items[item]
}

// sent notes that the item is about to be created.
func (s *state) sent(item string) error { return s.append(line{Item: item, Step: "sent"}) }

// done notes that the item is on the server, whole.
func (s *state) done(item string) error { return s.append(line{Item: item, Step: "done"}) }

// claim notes that the article holds the item. It reports false if the article
// holds another one.
func (s *state) claim(item, article string) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if owner, taken := s.owner[article]; taken {
		return owner == item, nil
	}
	return true, s.write(line{Item: item, Step: "made", Article: article})
}

func (s *state) append(l line) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.write(l)
}

// write appends a line in one system call, so that a kill cannot tear lines of
// two workers into each other. The caller holds s.mu.
func (s *state) write(l line) error {
	data, err := json.Marshal(l)
	if err != nil {
		return err
	}
	if _, err := s.file.Write(append(data, '\n')); err != nil {
		return fmt.Errorf("write the state: %w", err)
	}
	s.apply(l)
	return nil
}

// apply takes a line into memory.
func (s *state) apply(l line) {
	p := s.items[l.Item]
	switch l.Step {
	case "sent":
		p.sent = true
	case "made":
		p.article = l.Article
		s.owner[l.Article] = l.Item
	case "done":
		p.done = true
	default:
		return
	}
	s.items[l.Item] = p
}
