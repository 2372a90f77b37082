package db

// A Column is one of a table, as the database describes it.
type Column struct {
	Table  string
	Name   string
	Type   string // as the database spells it
	Key    int    // its place in the primary key, from 1; 0 if it is not in it
	Refers string // the tables its foreign keys refer to, with commas between
}
