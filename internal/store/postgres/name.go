package postgres

import (
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Name returns what may be told of a connection string: its hosts and its
// database. Who connects, with what password and how, is left out.
func Name(dsn string) string {
	c, err := pgx.ParseConfig(dsn)
	if err != nil {
		return "the PostgreSQL database"
	}
	var hosts []string
	add := func(host string, port uint16) {
		if at := net.JoinHostPort(host, strconv.Itoa(int(port))); !slices.Contains(hosts, at) {
			hosts = append(hosts, at)
		}
	}
	add(c.Host, c.Port)
	for _, f := range c.Fallbacks {
		add(f.Host, f.Port)
	}
	return fmt.Sprintf("the PostgreSQL database %q at %s", c.Database, strings.Join(hosts, ", "))
}

// Check returns an error if a connection string cannot be read. It does not
// repeat the string, which may hold a password.
func Check(dsn string) error {
	_, err := parse(dsn)
	return err
}
