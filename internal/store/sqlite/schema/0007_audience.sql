-- Whom content is meant for.
CREATE TABLE audience (
	workspace_id    INTEGER NOT NULL,
	id              INTEGER NOT NULL,
	name            TEXT NOT NULL,
	predicates      TEXT NOT NULL, -- JSON; see lectern.Predicate
	role_predicates TEXT NOT NULL, -- JSON
	created_at      INTEGER NOT NULL,
	updated_at      INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
) STRICT, WITHOUT ROWID;

-- The audiences of every kind of content. No two things share an ID, so one
-- table does; whoever deletes an object deletes its rows.
CREATE TABLE audience_of (
	workspace_id INTEGER NOT NULL,
	object_id    INTEGER NOT NULL, -- a text of an article, a snippet, …
	position     INTEGER NOT NULL, -- in the order given, from 1, perhaps with gaps
	audience_id  INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, object_id, position),
	FOREIGN KEY (workspace_id, audience_id) REFERENCES audience (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX audience_of_audience ON audience_of (workspace_id, audience_id);
