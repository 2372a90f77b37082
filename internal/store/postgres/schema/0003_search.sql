-- What search keeps of each text. No two things share an ID, so an object's is
-- enough.

-- The forward bytes say how often each term is in a text. Searching turns them
-- around in memory, so the server's own full text is not used.
CREATE TABLE search_text (
	workspace_id    BIGINT NOT NULL,
	object_id       BIGINT NOT NULL,
	locale          TEXT COLLATE "C" NOT NULL,
	kind            TEXT COLLATE "C" NOT NULL, -- see lectern.ObjectKind
	state           TEXT COLLATE "C" NOT NULL,
	event_id        BIGINT NOT NULL, -- the last one given when the row was written; grows in the order of commits
	version         BIGINT NOT NULL, -- of the rules by which the text was read
	title_len       BIGINT NOT NULL, -- in words
	description_len BIGINT NOT NULL,
	headings_len    BIGINT NOT NULL,
	body_len        BIGINT NOT NULL,
	words           TEXT COLLATE "C" NOT NULL, -- those no other text was known to have, a space between
	forward         BYTEA NOT NULL, -- empty once the text is gone
	PRIMARY KEY (workspace_id, object_id, locale)
);

-- Hashes do not compress.
ALTER TABLE search_text ALTER COLUMN forward SET STORAGE EXTERNAL;

CREATE INDEX search_text_event ON search_text (workspace_id, locale, event_id);

-- The totals are of each kind by itself, so that one kind does not change how
-- another ranks.
CREATE TABLE search_stat (
	workspace_id    BIGINT NOT NULL,
	kind            TEXT COLLATE "C" NOT NULL, -- see lectern.ObjectKind
	locale          TEXT COLLATE "C" NOT NULL,
	state           TEXT COLLATE "C" NOT NULL,
	docs            BIGINT NOT NULL,
	title_len       BIGINT NOT NULL,
	description_len BIGINT NOT NULL,
	body_len        BIGINT NOT NULL,
	headings_len    BIGINT NOT NULL,
	event_id        BIGINT NOT NULL, -- of the last change; see search_text
	PRIMARY KEY (workspace_id, kind, locale, state)
) WITH (fillfactor = 50);

-- What content search keeps of objects that are no articles.
CREATE TABLE search_object (
	workspace_id BIGINT NOT NULL,
	object_id    BIGINT NOT NULL,
	digest       TEXT COLLATE "C" NOT NULL, -- of the text it is found by
	created_by   BIGINT NOT NULL,
	updated_by   BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, object_id)
);

CREATE INDEX search_object_created ON search_object (workspace_id, created_by, object_id);
CREATE INDEX search_object_updated ON search_object (workspace_id, updated_by, object_id);

-- Texts read by older rules, or before an event, are to be read anew.
CREATE TABLE search_version (
	workspace_id BIGINT NOT NULL CHECK (workspace_id = 0),
	version      BIGINT NOT NULL, -- of the rules by which every text was read
	outdated     BIGINT NOT NULL, -- an event up to which it does not matter by which
	PRIMARY KEY (workspace_id)
);

INSERT INTO search_version (workspace_id, version, outdated) VALUES (0, 1, -1);

-- The last batch that each writer has committed; see outcome.go. This table is
-- the engine's own: SQLite has none.
CREATE TABLE commit_mark (
	workspace_id BIGINT NOT NULL CHECK (workspace_id = 0),
	writer       TEXT COLLATE "C" NOT NULL,
	batch        BIGINT NOT NULL,
	at           BIGINT NOT NULL, -- Unix seconds by the clock of the server
	PRIMARY KEY (workspace_id, writer)
) WITH (fillfactor = 10);
