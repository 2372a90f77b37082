package postgres

import "lectern"

const (
	// installationLock is the advisory lock of the whole installation: the first
	// eight letters of "lectern\0" as a number. Whoever makes a change of Write
	// shares it; whoever changes the schema has it alone.
	installationLock = 0x6c65637465726e00
	// workspaceLocks are the advisory locks of whoever writes in a workspace, one
	// each: the first of two numbers is "lect", the second the workspace's.
	workspaceLocks = 0x6c656374
)

const (
	// shareInstallation and lockWorkspace are held until the commit. The locks
	// are always taken in this order, so that none waits in a circle.
	shareInstallation = `SELECT pg_advisory_xact_lock_shared($1)`
	lockWorkspace     = `SELECT pg_advisory_xact_lock(CAST($1 AS INTEGER), CAST($2 AS INTEGER))`
	lockInstallation  = `SELECT pg_advisory_xact_lock($1)`
)

// lockOf is the second number of a workspace's lock. Two workspaces that had the
// same would only wait for one another.
func lockOf(ws lectern.WorkspaceID) int64 { return int64(int32(ws)) }
