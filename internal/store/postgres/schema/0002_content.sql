-- Content beside articles, and what articles share with it.

-- Written by teammates for teammates.
CREATE TABLE internal_article (
	workspace_id BIGINT NOT NULL,
	id           BIGINT NOT NULL,
	title        TEXT COLLATE "C" NOT NULL,
	body         TEXT COLLATE "C" NOT NULL,
	locale       TEXT COLLATE "C" NOT NULL,
	owner_id     BIGINT NOT NULL,
	author_id    BIGINT NOT NULL,
	chatbot      BIGINT NOT NULL, -- whether Intercom's assistants may answer from it
	copilot      BIGINT NOT NULL,
	sales_agent  BIGINT NOT NULL,
	created_at   BIGINT NOT NULL,
	updated_at   BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id),
	FOREIGN KEY (workspace_id, owner_id) REFERENCES admin (workspace_id, id),
	FOREIGN KEY (workspace_id, author_id) REFERENCES admin (workspace_id, id)
);

CREATE INDEX internal_article_list ON internal_article (workspace_id, updated_at DESC, id DESC);

-- Pieces of content for AI agents.
CREATE TABLE content_snippet (
	workspace_id BIGINT NOT NULL,
	id           BIGINT NOT NULL,
	title        TEXT COLLATE "C" NOT NULL,
	locale       TEXT COLLATE "C" NOT NULL,
	blocks       TEXT COLLATE "C" NOT NULL, -- JSON; see lectern.SnippetContent
	body         TEXT COLLATE "C" NOT NULL, -- the same as HTML
	chatbot      BIGINT NOT NULL,
	copilot      BIGINT NOT NULL,
	sales_agent  BIGINT NOT NULL,
	created_at   BIGINT NOT NULL,
	updated_at   BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
);

CREATE INDEX content_snippet_list ON content_snippet (workspace_id, updated_at DESC, id DESC);

-- Where pages written elsewhere come from, and those pages.

CREATE TABLE import_source (
	workspace_id   BIGINT NOT NULL,
	id             BIGINT NOT NULL,
	url            TEXT COLLATE "C" NOT NULL,
	sync_behavior  TEXT COLLATE "C" NOT NULL,
	status         TEXT COLLATE "C" NOT NULL,
	last_synced_at BIGINT NOT NULL,
	created_at     BIGINT NOT NULL,
	updated_at     BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
);

CREATE TABLE external_page (
	workspace_id     BIGINT NOT NULL,
	id               BIGINT NOT NULL,
	source_id        BIGINT NOT NULL,
	external_id      TEXT COLLATE "C" NOT NULL, -- what the source calls the page
	title            TEXT COLLATE "C" NOT NULL,
	html             TEXT COLLATE "C" NOT NULL, -- as it was sent
	url              TEXT COLLATE "C" NOT NULL, -- empty when the page has none
	locale           TEXT COLLATE "C" NOT NULL,
	chatbot          BIGINT NOT NULL,
	copilot          BIGINT NOT NULL,
	sales_agent      BIGINT NOT NULL,
	last_ingested_at BIGINT NOT NULL,
	created_at       BIGINT NOT NULL,
	updated_at       BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id),
	UNIQUE (workspace_id, source_id, external_id),
	FOREIGN KEY (workspace_id, source_id) REFERENCES import_source (workspace_id, id)
);

CREATE TABLE folder (
	workspace_id BIGINT NOT NULL,
	id           BIGINT NOT NULL,
	name         TEXT COLLATE "C" NOT NULL,
	description  TEXT COLLATE "C" NOT NULL,
	emoji        TEXT COLLATE "C" NOT NULL,
	parent_id    BIGINT, -- NULL at the top level
	created_at   BIGINT NOT NULL,
	updated_at   BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id),
	FOREIGN KEY (workspace_id, parent_id) REFERENCES folder (workspace_id, id)
);

CREATE INDEX folder_list ON folder (workspace_id, updated_at DESC, id DESC);
CREATE INDEX folder_parent ON folder (workspace_id, parent_id);

-- Which objects are in a folder. An object is an article or an internal
-- article; who deletes one takes it out.
CREATE TABLE folder_content (
	workspace_id BIGINT NOT NULL,
	object_kind  TEXT COLLATE "C" NOT NULL, -- see lectern.ObjectKind
	object_id    BIGINT NOT NULL,
	folder_id    BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, object_kind, object_id),
	FOREIGN KEY (workspace_id, folder_id) REFERENCES folder (workspace_id, id)
);

CREATE INDEX folder_content_folder ON folder_content (workspace_id, folder_id, object_kind, object_id);

-- Whom content is meant for.
CREATE TABLE audience (
	workspace_id    BIGINT NOT NULL,
	id              BIGINT NOT NULL,
	name            TEXT COLLATE "C" NOT NULL,
	predicates      TEXT COLLATE "C" NOT NULL, -- JSON; see lectern.Predicate
	role_predicates TEXT COLLATE "C" NOT NULL, -- JSON
	created_at      BIGINT NOT NULL,
	updated_at      BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
);

-- The audiences of every kind of content. No two things share an ID, so one
-- table does; whoever deletes an object deletes its rows.
CREATE TABLE audience_of (
	workspace_id BIGINT NOT NULL,
	object_id    BIGINT NOT NULL, -- a text of an article, a snippet, …
	position     BIGINT NOT NULL, -- in the order given, from 1, perhaps with gaps
	audience_id  BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, object_id, position),
	FOREIGN KEY (workspace_id, audience_id) REFERENCES audience (workspace_id, id)
);

CREATE INDEX audience_of_audience ON audience_of (workspace_id, audience_id);

-- Addresses of a help center that lead to an article or a collection. A
-- redirect is deleted with its target.
CREATE TABLE redirect (
	workspace_id   BIGINT NOT NULL,
	id             BIGINT NOT NULL,
	help_center_id BIGINT NOT NULL,
	address_key    TEXT COLLATE "C" NOT NULL, -- equal for addresses that count as one; see lectern.Redirect.Key
	from_address   TEXT COLLATE "C" NOT NULL, -- what follows the help center's address
	locale         TEXT COLLATE "C" NOT NULL,
	article_id     BIGINT,
	collection_id  BIGINT,
	created_at     BIGINT NOT NULL,
	updated_at     BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id),
	UNIQUE (workspace_id, help_center_id, address_key),
	CHECK ((article_id IS NULL) <> (collection_id IS NULL)),
	FOREIGN KEY (workspace_id, help_center_id) REFERENCES help_center (workspace_id, id),
	FOREIGN KEY (workspace_id, article_id) REFERENCES article (workspace_id, id),
	FOREIGN KEY (workspace_id, collection_id) REFERENCES collection (workspace_id, id)
);

CREATE INDEX redirect_list ON redirect (workspace_id, help_center_id, updated_at DESC, id DESC);
CREATE INDEX redirect_article ON redirect (workspace_id, article_id) WHERE article_id IS NOT NULL;
CREATE INDEX redirect_collection ON redirect (workspace_id, collection_id) WHERE collection_id IS NOT NULL;

-- Actions on many objects, and what became of each.
CREATE TABLE bulk_action (
	workspace_id BIGINT NOT NULL,
	id           BIGINT NOT NULL,
	verb         TEXT COLLATE "C" NOT NULL,
	data         TEXT COLLATE "C" NOT NULL, -- JSON of a lectern.BulkAction without its items
	admin_id     BIGINT NOT NULL,
	ip           TEXT COLLATE "C" NOT NULL,
	pending      BIGINT NOT NULL, -- items
	created_at   BIGINT NOT NULL,
	finished_at  BIGINT, -- NULL while items are pending
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
);

CREATE INDEX bulk_action_finished ON bulk_action (workspace_id, finished_at);

CREATE TABLE bulk_item (
	workspace_id BIGINT NOT NULL,
	action_id    BIGINT NOT NULL,
	position     BIGINT NOT NULL, -- in the order in which they are done
	object_kind  TEXT COLLATE "C" NOT NULL,
	object_id    BIGINT NOT NULL,
	outcome      TEXT COLLATE "C" NOT NULL,
	reason       TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (workspace_id, action_id, position),
	FOREIGN KEY (workspace_id, action_id) REFERENCES bulk_action (workspace_id, id)
);

CREATE INDEX bulk_item_pending ON bulk_item (action_id, position) WHERE outcome = 'pending';
