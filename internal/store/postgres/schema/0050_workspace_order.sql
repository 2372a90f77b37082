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
	workspace_id   BIGINT NOT NULL,
	value          BIGINT NOT NULL, -- the last ID given
	last_event     BIGINT NOT NULL, -- the last ID given to an event
	mark           BIGINT NOT NULL, -- of last_event
	previous_event BIGINT NOT NULL, -- the last ID given to an event by the transaction before
	previous_mark  BIGINT NOT NULL,
	PRIMARY KEY (workspace_id)
) WITH (fillfactor = 10);

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
	workspace_id BIGINT NOT NULL,
	value        BIGINT NOT NULL,
	PRIMARY KEY (workspace_id)
) WITH (fillfactor = 10);

INSERT INTO count_clock (workspace_id, value)
SELECT workspace_id, max(change) FROM (
	SELECT workspace_id, change FROM article_count UNION ALL SELECT workspace_id, change FROM search_vector) AS changes
GROUP BY workspace_id;

DROP INDEX article_count_change;
CREATE INDEX article_count_change ON article_count (workspace_id, change);

-- Up to which event of a workspace it does not matter by which rules a text was
-- read. Row 0 has the version for all, and how often it was outdated.
ALTER TABLE search_version DROP CONSTRAINT search_version_workspace_id_check;

-- Who does some work that one process does at a time.
CREATE TABLE lease (
	workspace_id BIGINT NOT NULL CHECK (workspace_id = 0),
	name         TEXT COLLATE "C" NOT NULL, -- of the work
	owner        TEXT COLLATE "C" NOT NULL, -- a process; empty for none
	beat         BIGINT NOT NULL, -- counts renewals
	PRIMARY KEY (workspace_id, name)
);
