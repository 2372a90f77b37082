// Package differential holds tests that need both databases at once: that the
// API answers the same on SQLite and on PostgreSQL whatever is asked of it, that
// everything moves from one to the other and back, and how fast each is beside
// the other.
package differential
