package db

import (
	"errors"
	"iter"
	"slices"
)

// Every statement is a way to the server and back, which costs more than many a
// statement itself; and in a transaction that writes, others wait meanwhile. So
// a Conn to a server may send several at once.

// A Pipeline is a Conn that can send several statements at once.
type Pipeline interface {
	// Later runs a statement with the next one, or with the commit, which
	// reports its error.
	Later(text string, args ...any) error
	// QueryAll runs queries and hands the result of each, in order, to read,
	// which reads it to its end. It stops at the first error.
	QueryAll(queries []Statement, read func(i int, r Rows) error) error
}

// A Statement is one with its arguments.
type Statement struct {
	Text string
	Args []any
}

// A Wrapper is a Conn that adds something to another one.
type Wrapper interface{ Unwrap() Conn }

// Later runs a statement whose number of rows is of no interest. On a [Pipeline]
// it may report an error later: the transaction fails all the same.
func Later(c Conn, text string, args ...any) error {
	if err := CheckTexts(args); err != nil {
		return err
	}
	if p, ok := asPipeline(c); ok {
		return p.Later(text, args...)
	}
	_, err := c.Exec(text, args...)
	return err
}

// asPipeline returns the Pipeline that a Conn is or wraps.
func asPipeline(c Conn) (Pipeline, bool) {
	for {
		w, ok := c.(Wrapper)
		if !ok {
			p, ok := c.(Pipeline)
			return p, ok
		}
		c = w.Unwrap()
	}
}

// Pipelined runs functions that only read, and do not depend on one another. On a
// [Pipeline] what they ask next is always sent at once.
func Pipelined(c Conn, fns ...func(Conn) error) error {
	p, ok := asPipeline(c)
	if !ok {
		for _, fn := range fns {
			if err := fn(c); err != nil {
				return err
			}
		}
		return nil
	}
	var running []*coroutine
	for _, fn := range fns {
		a := &coroutine{}
		a.next, a.stop = iter.Pull(func(yield func(Statement) bool) {
			a.yield = yield
			a.err = fn(a)
		})
		defer a.stop()
		running = append(running, a)
		if a.resume(); a.err != nil {
			return a.err
		}
	}
	for {
		running = slices.DeleteFunc(running, func(a *coroutine) bool { return !a.waiting })
		if len(running) == 0 {
			return nil
		}
		var queries []Statement
		for _, a := range running {
			queries = append(queries, a.query)
		}
		err := p.QueryAll(queries, func(i int, r Rows) error {
			running[i].rows = r
			running[i].resume()
			return running[i].err
		})
		if err != nil {
			return err
		}
	}
}

// errInterrupted ends a function when another one has failed.
var errInterrupted = errors.New("another of the pipelined reads has failed")

// A coroutine is the Conn of one of several functions that Pipelined runs. A
// function rests, in its Query, from when it asks until it has its answer.
type coroutine struct {
	next  func() (Statement, bool)
	stop  func()
	yield func(Statement) bool

	query   Statement
	waiting bool // the function rests at a query that is not sent yet
	rows    Rows
	err     error // of the function, once it has ended
}

// resume runs the function up to its next query, or to its end.
func (a *coroutine) resume() { a.query, a.waiting = a.next() }

// Query implements Conn.
func (a *coroutine) Query(text string, args ...any) (Rows, error) {
	if !a.yield(Statement{text, args}) {
		return nil, errInterrupted
	}
	return a.rows, nil
}

// Exec implements Conn. Pipelined functions do not write.
func (a *coroutine) Exec(string, ...any) (int64, error) { return 0, errInterrupted }
