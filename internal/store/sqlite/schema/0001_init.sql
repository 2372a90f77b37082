-- The first schema of the SQLite engine.
--
-- Every table begins with workspace_id, and every primary key, unique index
-- and foreign key includes it: the rows of a workspace can live apart from all
-- others. Rows of the whole installation have workspace_id 0. What is unique in
-- the whole installation (hash of a token, identifier of a help center) has a
-- plain index and is checked in the transaction that writes it.
--
-- Times are Unix seconds, but event.at is milliseconds. Locales and states are
-- spelled as in the API.

-- All IDs come from here, those of events included, so that an ID names one
-- thing only. Whoever takes one keeps all others waiting until the commit:
-- that makes the IDs of events grow in the order in which events become
-- visible, and whoever has seen an event has missed none before it.
CREATE TABLE counter (
	workspace_id   INTEGER NOT NULL CHECK (workspace_id = 0),
	value          INTEGER NOT NULL, -- the last ID given
	last_event     INTEGER NOT NULL, -- the last ID given to an event
	previous_event INTEGER NOT NULL, -- the last ID given to an event by the transaction before
	PRIMARY KEY (workspace_id)
) STRICT, WITHOUT ROWID;

INSERT INTO counter (workspace_id, value, last_event, previous_event) VALUES (0, 1000, 0, 0);

CREATE TABLE workspace (
	workspace_id INTEGER NOT NULL,
	code         TEXT NOT NULL,
	name         TEXT NOT NULL,
	region       TEXT NOT NULL,
	timezone     TEXT NOT NULL,
	created_at   INTEGER NOT NULL,
	PRIMARY KEY (workspace_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE admin (
	workspace_id   INTEGER NOT NULL,
	id             INTEGER NOT NULL,
	name           TEXT NOT NULL,
	email          TEXT NOT NULL,
	email_folded   TEXT, -- equal for addresses that differ in case alone; NULL without an address
	job_title      TEXT NOT NULL,
	email_verified INTEGER NOT NULL,
	bot            INTEGER NOT NULL,
	has_inbox_seat INTEGER NOT NULL,
	avatar_url     TEXT NOT NULL,
	away           INTEGER NOT NULL,
	away_reassign  INTEGER NOT NULL,
	away_reason    INTEGER NOT NULL,
	created_at     INTEGER NOT NULL,
	updated_at     INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, id),
	UNIQUE (workspace_id, email_folded),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE team (
	workspace_id INTEGER NOT NULL,
	id           INTEGER NOT NULL,
	name         TEXT NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE team_member (
	workspace_id INTEGER NOT NULL,
	team_id      INTEGER NOT NULL,
	admin_id     INTEGER NOT NULL,
	position     INTEGER NOT NULL, -- in the order given, from 1
	PRIMARY KEY (workspace_id, team_id, admin_id),
	FOREIGN KEY (workspace_id, team_id) REFERENCES team (workspace_id, id),
	FOREIGN KEY (workspace_id, admin_id) REFERENCES admin (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX team_member_admin ON team_member (workspace_id, admin_id);

CREATE TABLE token (
	workspace_id INTEGER NOT NULL,
	id           INTEGER NOT NULL,
	admin_id     INTEGER NOT NULL,
	name         TEXT NOT NULL,
	hash         BLOB NOT NULL, -- SHA-256 of the token
	scopes       TEXT NOT NULL, -- with commas between; empty for all
	api_version  TEXT NOT NULL,
	created_at   INTEGER NOT NULL,
	revoked_at   INTEGER,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id, admin_id) REFERENCES admin (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX token_hash ON token (hash);

CREATE TABLE help_center (
	workspace_id      INTEGER NOT NULL,
	id                INTEGER NOT NULL,
	identifier        TEXT NOT NULL,
	display_name      TEXT NOT NULL,
	website_turned_on INTEGER NOT NULL,
	custom_domain     TEXT NOT NULL,
	is_default        INTEGER NOT NULL,
	default_locale    TEXT NOT NULL,
	locales           TEXT NOT NULL, -- with commas between; the default one first
	locales_fixed     INTEGER NOT NULL,
	created_at        INTEGER NOT NULL,
	updated_at        INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX help_center_default ON help_center (workspace_id) WHERE is_default;
CREATE INDEX help_center_identifier ON help_center (identifier);

CREATE TABLE collection (
	workspace_id   INTEGER NOT NULL,
	id             INTEGER NOT NULL,
	help_center_id INTEGER NOT NULL,
	parent_id      INTEGER, -- NULL at the top level
	position       INTEGER NOT NULL, -- among its siblings, from 1, perhaps with gaps
	icon           TEXT NOT NULL,
	created_at     INTEGER NOT NULL,
	updated_at     INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id, help_center_id) REFERENCES help_center (workspace_id, id),
	FOREIGN KEY (workspace_id, parent_id) REFERENCES collection (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX collection_list ON collection (workspace_id, updated_at DESC, id DESC);
CREATE INDEX collection_parent ON collection (workspace_id, parent_id);
CREATE INDEX collection_help_center ON collection (workspace_id, help_center_id);

CREATE TABLE collection_text (
	workspace_id  INTEGER NOT NULL,
	collection_id INTEGER NOT NULL,
	locale        TEXT NOT NULL,
	name          TEXT NOT NULL,
	description   TEXT NOT NULL,
	PRIMARY KEY (workspace_id, collection_id, locale),
	FOREIGN KEY (workspace_id, collection_id) REFERENCES collection (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE article (
	workspace_id   INTEGER NOT NULL,
	id             INTEGER NOT NULL,
	help_center_id INTEGER NOT NULL, -- of its parents, or the default one
	created_by     INTEGER NOT NULL,
	updated_by     INTEGER NOT NULL,
	created_at     INTEGER NOT NULL,
	updated_at     INTEGER NOT NULL,
	views          INTEGER NOT NULL,
	conversations  INTEGER NOT NULL,
	happy          INTEGER NOT NULL,
	neutral        INTEGER NOT NULL,
	sad            INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id, help_center_id) REFERENCES help_center (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_list ON article (workspace_id, updated_at DESC, id DESC);
CREATE INDEX article_help_center ON article (workspace_id, help_center_id);

-- With a rowid, since a body may be far longer than a page of the file.
CREATE TABLE article_text (
	workspace_id INTEGER NOT NULL,
	article_id   INTEGER NOT NULL,
	locale       TEXT NOT NULL,
	content_id   INTEGER NOT NULL,
	title        TEXT NOT NULL,
	description  TEXT NOT NULL,
	body         TEXT NOT NULL,
	author_id    INTEGER NOT NULL,
	state        TEXT NOT NULL,
	created_at   INTEGER NOT NULL,
	updated_at   INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, article_id, locale),
	FOREIGN KEY (workspace_id, article_id) REFERENCES article (workspace_id, id),
	FOREIGN KEY (workspace_id, author_id) REFERENCES admin (workspace_id, id)
) STRICT;

CREATE INDEX article_text_state ON article_text (workspace_id, state, article_id);

CREATE TABLE article_parent (
	workspace_id  INTEGER NOT NULL,
	article_id    INTEGER NOT NULL,
	position      INTEGER NOT NULL, -- in the order given, from 1, perhaps with gaps
	collection_id INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, article_id, position),
	FOREIGN KEY (workspace_id, article_id) REFERENCES article (workspace_id, id),
	FOREIGN KEY (workspace_id, collection_id) REFERENCES collection (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_parent_collection ON article_parent (workspace_id, collection_id, article_id);

CREATE TABLE tag (
	workspace_id INTEGER NOT NULL,
	id           INTEGER NOT NULL,
	name         TEXT NOT NULL,
	name_folded  TEXT NOT NULL, -- equal for names that differ in case alone
	PRIMARY KEY (workspace_id, id),
	UNIQUE (workspace_id, name_folded),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
) STRICT, WITHOUT ROWID;

-- What happened, in order, never altered.
CREATE TABLE event (
	workspace_id INTEGER NOT NULL,
	id           INTEGER NOT NULL,
	at           INTEGER NOT NULL, -- Unix milliseconds
	kind         TEXT NOT NULL,
	object       INTEGER NOT NULL,
	admin_id     INTEGER NOT NULL, -- 0 for the installation itself
	ip           TEXT NOT NULL,
	data         TEXT NOT NULL, -- JSON; see lectern.EventData
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_time ON event (workspace_id, at, kind);

-- What ranking needs of each text, and what the totals count of it.
CREATE TABLE search_fwd (
	workspace_id    INTEGER NOT NULL,
	article_id      INTEGER NOT NULL,
	locale          TEXT NOT NULL,
	state           TEXT NOT NULL,
	title_len       INTEGER NOT NULL, -- in words
	description_len INTEGER NOT NULL,
	body_len        INTEGER NOT NULL,
	forward         BLOB NOT NULL,
	PRIMARY KEY (workspace_id, article_id, locale)
) STRICT, WITHOUT ROWID;

CREATE TABLE search_stat (
	workspace_id    INTEGER NOT NULL,
	locale          TEXT NOT NULL,
	state           TEXT NOT NULL,
	docs            INTEGER NOT NULL,
	title_len       INTEGER NOT NULL,
	description_len INTEGER NOT NULL,
	body_len        INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, locale, state)
) STRICT, WITHOUT ROWID;

-- Which texts have a word. Rows and words are numbered and spelled by
-- fulltext.go; nothing of one workspace, locale or state meets another's.
CREATE VIRTUAL TABLE search_doc USING fts5 (
	words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);
