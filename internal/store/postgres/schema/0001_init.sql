-- The first schema of the PostgreSQL engine. Files 0001 to 0003 make what the
-- SQLite engine's files 0001 to 0013 make, with the same names, columns and
-- meanings, so that the statements of internal/store run on both. The next file
-- is 0014: from there on a file has the same number and name in both engines.
--
-- As there, every table begins with workspace_id, and every primary key, unique
-- index and foreign key includes it, so that the rows of a workspace can live on
-- a server of their own. Rows of the whole installation have workspace_id 0.
--
-- INTEGER became BIGINT, for truth values, too (0 and 1), and BLOB became BYTEA.
-- Every text column has COLLATE "C": both engines then order and compare texts
-- by their bytes, whatever the locale of the server.
--
-- Times are Unix seconds, but event.at is milliseconds. Locales and states are
-- spelled as in the API.

-- All IDs come from here, those of events included, so that an ID names one
-- thing only. Whoever takes one keeps all others waiting until the commit:
-- that makes the IDs of events grow in the order in which events become
-- visible, and whoever has seen an event has missed none before it.
CREATE TABLE counter (
	workspace_id   BIGINT NOT NULL CHECK (workspace_id = 0),
	value          BIGINT NOT NULL, -- the last ID given
	last_event     BIGINT NOT NULL, -- the last ID given to an event
	previous_event BIGINT NOT NULL, -- the last ID given to an event by the transaction before
	PRIMARY KEY (workspace_id)
) WITH (fillfactor = 10);

INSERT INTO counter (workspace_id, value, last_event, previous_event) VALUES (0, 1000, 0, 0);

CREATE TABLE workspace (
	workspace_id BIGINT NOT NULL,
	code         TEXT COLLATE "C" NOT NULL,
	name         TEXT COLLATE "C" NOT NULL,
	region       TEXT COLLATE "C" NOT NULL,
	timezone     TEXT COLLATE "C" NOT NULL,
	created_at   BIGINT NOT NULL,
	PRIMARY KEY (workspace_id)
);

CREATE TABLE admin (
	workspace_id   BIGINT NOT NULL,
	id             BIGINT NOT NULL,
	name           TEXT COLLATE "C" NOT NULL,
	email          TEXT COLLATE "C" NOT NULL,
	email_folded   TEXT COLLATE "C", -- equal for addresses that differ in case alone; NULL without an address
	job_title      TEXT COLLATE "C" NOT NULL,
	email_verified BIGINT NOT NULL,
	bot            BIGINT NOT NULL,
	has_inbox_seat BIGINT NOT NULL,
	avatar_url     TEXT COLLATE "C" NOT NULL,
	away           BIGINT NOT NULL,
	away_reassign  BIGINT NOT NULL,
	away_reason    BIGINT NOT NULL,
	created_at     BIGINT NOT NULL,
	updated_at     BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id),
	UNIQUE (workspace_id, email_folded),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
);

CREATE TABLE team (
	workspace_id BIGINT NOT NULL,
	id           BIGINT NOT NULL,
	name         TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
);

CREATE TABLE team_member (
	workspace_id BIGINT NOT NULL,
	team_id      BIGINT NOT NULL,
	admin_id     BIGINT NOT NULL,
	position     BIGINT NOT NULL, -- in the order given, from 1
	PRIMARY KEY (workspace_id, team_id, admin_id),
	FOREIGN KEY (workspace_id, team_id) REFERENCES team (workspace_id, id),
	FOREIGN KEY (workspace_id, admin_id) REFERENCES admin (workspace_id, id)
);

CREATE INDEX team_member_admin ON team_member (workspace_id, admin_id);

CREATE TABLE token (
	workspace_id BIGINT NOT NULL,
	id           BIGINT NOT NULL,
	admin_id     BIGINT NOT NULL,
	name         TEXT COLLATE "C" NOT NULL,
	hash         BYTEA NOT NULL, -- SHA-256 of the token
	scopes       TEXT COLLATE "C" NOT NULL, -- with commas between; empty for all
	api_version  TEXT COLLATE "C" NOT NULL,
	created_at   BIGINT NOT NULL,
	revoked_at   BIGINT,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id, admin_id) REFERENCES admin (workspace_id, id)
);

CREATE INDEX token_hash ON token (hash);

CREATE TABLE help_center (
	workspace_id      BIGINT NOT NULL,
	id                BIGINT NOT NULL,
	identifier        TEXT COLLATE "C" NOT NULL,
	display_name      TEXT COLLATE "C" NOT NULL,
	website_turned_on BIGINT NOT NULL,
	custom_domain     TEXT COLLATE "C" NOT NULL,
	is_default        BIGINT NOT NULL,
	default_locale    TEXT COLLATE "C" NOT NULL,
	locales           TEXT COLLATE "C" NOT NULL, -- with commas between; the default one first
	locales_fixed     BIGINT NOT NULL,
	created_at        BIGINT NOT NULL,
	updated_at        BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
);

CREATE UNIQUE INDEX help_center_default ON help_center (workspace_id) WHERE is_default = 1;
CREATE INDEX help_center_identifier ON help_center (identifier);

-- The names under which a workspace speaks to its readers.

CREATE TABLE brand (
	workspace_id        BIGINT NOT NULL,
	id                  BIGINT NOT NULL,
	name                TEXT COLLATE "C" NOT NULL,
	is_default          BIGINT NOT NULL,
	help_center_id      BIGINT, -- NULL for the default brand: it has the default help center, whichever that is
	address_settings_id BIGINT NOT NULL,
	created_at          BIGINT NOT NULL,
	updated_at          BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id),
	FOREIGN KEY (workspace_id, help_center_id) REFERENCES help_center (workspace_id, id)
);

CREATE UNIQUE INDEX brand_default ON brand (workspace_id) WHERE is_default = 1;

CREATE TABLE collection (
	workspace_id   BIGINT NOT NULL,
	id             BIGINT NOT NULL,
	help_center_id BIGINT NOT NULL,
	parent_id      BIGINT, -- NULL at the top level
	position       BIGINT NOT NULL, -- among its siblings, from 1, perhaps with gaps
	icon           TEXT COLLATE "C" NOT NULL,
	created_at     BIGINT NOT NULL,
	updated_at     BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id, help_center_id) REFERENCES help_center (workspace_id, id),
	FOREIGN KEY (workspace_id, parent_id) REFERENCES collection (workspace_id, id)
);

CREATE INDEX collection_list ON collection (workspace_id, updated_at DESC, id DESC);
CREATE INDEX collection_parent ON collection (workspace_id, parent_id);
CREATE INDEX collection_help_center ON collection (workspace_id, help_center_id);

CREATE TABLE collection_text (
	workspace_id  BIGINT NOT NULL,
	collection_id BIGINT NOT NULL,
	locale        TEXT COLLATE "C" NOT NULL,
	name          TEXT COLLATE "C" NOT NULL,
	description   TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (workspace_id, collection_id, locale),
	FOREIGN KEY (workspace_id, collection_id) REFERENCES collection (workspace_id, id)
);

CREATE TABLE article (
	workspace_id   BIGINT NOT NULL,
	id             BIGINT NOT NULL,
	help_center_id BIGINT NOT NULL, -- of its parents, or the default one
	created_by     BIGINT NOT NULL,
	updated_by     BIGINT NOT NULL,
	created_at     BIGINT NOT NULL,
	updated_at     BIGINT NOT NULL,
	views          BIGINT NOT NULL,
	conversations  BIGINT NOT NULL,
	happy          BIGINT NOT NULL,
	neutral        BIGINT NOT NULL,
	sad            BIGINT NOT NULL,
	scheduled_at      BIGINT, -- what becomes of the article later, at most one thing; NULL for nothing
	scheduled_state   TEXT COLLATE "C" NOT NULL DEFAULT '',
	scheduled_locales TEXT COLLATE "C" NOT NULL DEFAULT '', -- with commas between
	scheduled_by      BIGINT NOT NULL DEFAULT 0,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id, help_center_id) REFERENCES help_center (workspace_id, id)
);

CREATE INDEX article_scheduled ON article (scheduled_at) WHERE scheduled_at IS NOT NULL;
CREATE INDEX article_list ON article (workspace_id, updated_at DESC, id DESC);
CREATE INDEX article_help_center ON article (workspace_id, help_center_id);

CREATE TABLE article_text (
	workspace_id BIGINT NOT NULL,
	article_id   BIGINT NOT NULL,
	locale       TEXT COLLATE "C" NOT NULL,
	content_id   BIGINT NOT NULL,
	title        TEXT COLLATE "C" NOT NULL,
	description  TEXT COLLATE "C" NOT NULL,
	body         TEXT COLLATE "C" NOT NULL,
	author_id    BIGINT NOT NULL,
	state        TEXT COLLATE "C" NOT NULL,
	created_at   BIGINT NOT NULL,
	updated_at   BIGINT NOT NULL,
	version_id   BIGINT NOT NULL,
	chatbot      BIGINT NOT NULL,
	copilot      BIGINT NOT NULL,
	sales_agent  BIGINT NOT NULL,
	created_by   BIGINT NOT NULL,
	updated_by   BIGINT NOT NULL,
	published_at BIGINT, -- for the first time; NULL if it never was
	PRIMARY KEY (workspace_id, article_id, locale),
	FOREIGN KEY (workspace_id, article_id) REFERENCES article (workspace_id, id),
	FOREIGN KEY (workspace_id, author_id) REFERENCES admin (workspace_id, id)
);

-- Articles are told by the IDs of their texts, too.
CREATE INDEX article_text_content ON article_text (workspace_id, content_id);
CREATE INDEX article_text_state ON article_text (workspace_id, state, article_id);

CREATE TABLE article_parent (
	workspace_id  BIGINT NOT NULL,
	article_id    BIGINT NOT NULL,
	position      BIGINT NOT NULL, -- in the order given, from 1, perhaps with gaps
	collection_id BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, article_id, position),
	FOREIGN KEY (workspace_id, article_id) REFERENCES article (workspace_id, id),
	FOREIGN KEY (workspace_id, collection_id) REFERENCES collection (workspace_id, id)
);

CREATE INDEX article_parent_collection ON article_parent (workspace_id, collection_id, article_id);

-- Wordings as they were saved.
CREATE TABLE article_version (
	workspace_id    BIGINT NOT NULL,
	id              BIGINT NOT NULL,
	article_id      BIGINT NOT NULL,
	locale          TEXT COLLATE "C" NOT NULL,
	from_version_id BIGINT, -- NULL for the first
	title           TEXT COLLATE "C" NOT NULL,
	description     TEXT COLLATE "C" NOT NULL,
	body            TEXT COLLATE "C" NOT NULL,
	author_id       BIGINT NOT NULL,
	created_by      BIGINT NOT NULL,
	created_via     TEXT COLLATE "C" NOT NULL,
	created_at      BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id, article_id) REFERENCES article (workspace_id, id),
	FOREIGN KEY (workspace_id, author_id) REFERENCES admin (workspace_id, id)
);

CREATE INDEX article_version_article ON article_version (workspace_id, article_id, id);

-- What is staged over published texts: the wording of a version.
CREATE TABLE article_draft (
	workspace_id BIGINT NOT NULL,
	article_id   BIGINT NOT NULL,
	locale       TEXT COLLATE "C" NOT NULL,
	version_id   BIGINT NOT NULL,
	updated_by   BIGINT NOT NULL,
	updated_at   BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, article_id, locale),
	FOREIGN KEY (workspace_id, article_id, locale) REFERENCES article_text (workspace_id, article_id, locale),
	FOREIGN KEY (workspace_id, version_id) REFERENCES article_version (workspace_id, id)
);

-- For the foreign key, when versions are deleted.
CREATE INDEX article_draft_version ON article_draft (workspace_id, version_id);

CREATE TABLE tag (
	workspace_id BIGINT NOT NULL,
	id           BIGINT NOT NULL,
	name         TEXT COLLATE "C" NOT NULL,
	name_folded  TEXT COLLATE "C" NOT NULL, -- equal for names that differ in case alone
	PRIMARY KEY (workspace_id, id),
	UNIQUE (workspace_id, name_folded),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
);

-- Which tags are on which objects. An object is an article, an internal article
-- or a content snippet; who deletes one takes its tags off.
CREATE TABLE tagging (
	workspace_id BIGINT NOT NULL,
	object_kind  TEXT COLLATE "C" NOT NULL, -- see lectern.ObjectKind
	object_id    BIGINT NOT NULL,
	tag_id       BIGINT NOT NULL,
	applied_at   BIGINT NOT NULL,
	applied_by   BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, object_kind, object_id, tag_id),
	FOREIGN KEY (workspace_id, tag_id) REFERENCES tag (workspace_id, id),
	FOREIGN KEY (workspace_id, applied_by) REFERENCES admin (workspace_id, id)
);

CREATE INDEX tagging_tag ON tagging (workspace_id, tag_id, object_kind, object_id);

-- What happened, in order, never altered.
CREATE TABLE event (
	workspace_id BIGINT NOT NULL,
	id           BIGINT NOT NULL,
	at           BIGINT NOT NULL, -- Unix milliseconds
	kind         TEXT COLLATE "C" NOT NULL,
	object       BIGINT NOT NULL,
	admin_id     BIGINT NOT NULL, -- 0 for the installation itself
	ip           TEXT COLLATE "C" NOT NULL,
	data         TEXT COLLATE "C" NOT NULL, -- JSON; see lectern.EventData
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
);

CREATE INDEX event_time ON event (workspace_id, at, kind);
