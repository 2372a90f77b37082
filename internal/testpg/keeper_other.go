//go:build !unix

package testpg

import "syscall"

// unprivileged returns nil: servers run as the account of the tests.
func unprivileged() (*account, error) { return nil, nil }

func apart(*account) *syscall.SysProcAttr { return nil }
