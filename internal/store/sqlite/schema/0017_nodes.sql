-- How far a move into this database has come. There are rows while it is
-- unfinished: the database is then no help center yet.
CREATE TABLE move_progress (
	workspace_id INTEGER NOT NULL CHECK (workspace_id = 0),
	name         TEXT NOT NULL, -- of a table; "source" is what is moved
	copied       INTEGER NOT NULL, -- rows
	position     TEXT NOT NULL, -- the key of the last one as JSON; "done" after the last
	PRIMARY KEY (workspace_id, name)
) STRICT, WITHOUT ROWID;
