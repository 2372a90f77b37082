-- Changes have an order within each workspace: every one has a counter of its
-- own. All IDs of the workspace come from there, those of events included.
-- Whoever changes the workspace keeps the others who would waiting until the
-- commit: that makes the IDs of its events grow in the order in which they
-- become visible, and whoever has seen one has missed none before it. Row 0 has
-- the IDs of workspaces, and is locked by whoever checks what must be unique in
-- the whole installation.
--
-- A mark is a random number that each change leaves with the last event: it
-- tells two events of the same number apart after a database has lost some.
CREATE TABLE counter_of_workspace (
	workspace_id   INTEGER NOT NULL,
	value          INTEGER NOT NULL, -- the last ID given
	last_event     INTEGER NOT NULL, -- the last ID given to an event
	mark           INTEGER NOT NULL, -- of last_event
	previous_event INTEGER NOT NULL, -- the last ID given to an event by the transaction before
	previous_mark  INTEGER NOT NULL,
	PRIMARY KEY (workspace_id)
) STRICT, WITHOUT ROWID;

INSERT INTO counter_of_workspace (workspace_id, value, last_event, mark, previous_event, previous_mark)
SELECT workspace_id, value, 0, 0, 0, 0 FROM counter;

INSERT INTO counter_of_workspace (workspace_id, value, last_event, mark, previous_event, previous_mark)
SELECT w.workspace_id, c.value, COALESCE((SELECT max(e.id) FROM event e WHERE e.workspace_id = w.workspace_id), 0), 0, 0, 0
FROM workspace w, counter c;

DROP TABLE counter;
ALTER TABLE counter_of_workspace RENAME TO counter;

DROP INDEX event_order;

-- So do the numbers of changes of statistics.
DROP TABLE count_clock;
CREATE TABLE count_clock (
	workspace_id INTEGER NOT NULL,
	value        INTEGER NOT NULL,
	PRIMARY KEY (workspace_id)
) STRICT, WITHOUT ROWID;

INSERT INTO count_clock (workspace_id, value)
SELECT workspace_id, max(change) FROM (
	SELECT workspace_id, change FROM article_count UNION ALL SELECT workspace_id, change FROM search_vector) AS changes
GROUP BY workspace_id;

DROP INDEX article_count_change;
CREATE INDEX article_count_change ON article_count (workspace_id, change);

-- Up to which event of a workspace it does not matter by which rules a text was
-- read. Row 0 has the version for all, and how often it was outdated.
CREATE TABLE search_version_of (
	workspace_id INTEGER NOT NULL,
	version      INTEGER NOT NULL, -- of the rules by which every text was read
	outdated     INTEGER NOT NULL, -- an event up to which it does not matter by which
	PRIMARY KEY (workspace_id)
) STRICT, WITHOUT ROWID;

INSERT INTO search_version_of SELECT workspace_id, version, outdated FROM search_version;
DROP TABLE search_version;
ALTER TABLE search_version_of RENAME TO search_version;

-- Who does some work that one process does at a time.
CREATE TABLE lease (
	workspace_id INTEGER NOT NULL CHECK (workspace_id = 0),
	name         TEXT NOT NULL, -- of the work
	owner        TEXT NOT NULL, -- a process; empty for none
	beat         INTEGER NOT NULL, -- counts renewals
	PRIMARY KEY (workspace_id, name)
) STRICT, WITHOUT ROWID;
