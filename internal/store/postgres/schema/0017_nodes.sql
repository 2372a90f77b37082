-- How far a move into this database has come. There are rows while it is
-- unfinished: the database is then no help center yet.
CREATE TABLE move_progress (
	workspace_id BIGINT NOT NULL CHECK (workspace_id = 0),
	name         TEXT COLLATE "C" NOT NULL, -- of a table; "source" is what is moved
	copied       BIGINT NOT NULL, -- rows
	position     TEXT COLLATE "C" NOT NULL, -- the key of the last one as JSON; "done" after the last
	PRIMARY KEY (workspace_id, name)
);

-- How many requests the nodes together have taken for a token in a window of its
-- rate limit; the next window overwrites it. SQLite has no such table: there one
-- process counts in memory. It is not logged, so that taking some waits neither
-- for a disk nor for a standby; after a crash it is empty, and the window counts
-- anew.
CREATE UNLOGGED TABLE rate_window (
	workspace_id BIGINT NOT NULL,
	token_id     BIGINT NOT NULL,
	start        BIGINT NOT NULL, -- of the window, in Unix seconds
	taken        BIGINT NOT NULL, -- by all nodes
	granted      BIGINT NOT NULL, -- to the last one that asked
	PRIMARY KEY (workspace_id, token_id)
) WITH (fillfactor = 50);
