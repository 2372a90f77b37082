-- Where pages written elsewhere come from, and those pages.

CREATE TABLE import_source (
	workspace_id   INTEGER NOT NULL,
	id             INTEGER NOT NULL,
	url            TEXT NOT NULL,
	sync_behavior  TEXT NOT NULL,
	status         TEXT NOT NULL,
	last_synced_at INTEGER NOT NULL,
	created_at     INTEGER NOT NULL,
	updated_at     INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
) STRICT, WITHOUT ROWID;

-- With a rowid, since the HTML may be far longer than a page of the file.
CREATE TABLE external_page (
	workspace_id     INTEGER NOT NULL,
	id               INTEGER NOT NULL,
	source_id        INTEGER NOT NULL,
	external_id      TEXT NOT NULL, -- what the source calls the page
	title            TEXT NOT NULL,
	html             TEXT NOT NULL, -- as it was sent
	url              TEXT NOT NULL, -- empty when the page has none
	locale           TEXT NOT NULL,
	chatbot          INTEGER NOT NULL,
	copilot          INTEGER NOT NULL,
	sales_agent      INTEGER NOT NULL,
	last_ingested_at INTEGER NOT NULL,
	created_at       INTEGER NOT NULL,
	updated_at       INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, id),
	UNIQUE (workspace_id, source_id, external_id),
	FOREIGN KEY (workspace_id, source_id) REFERENCES import_source (workspace_id, id)
) STRICT;
