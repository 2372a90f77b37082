-- Actions on many objects, and what became of each.
CREATE TABLE bulk_action (
	workspace_id INTEGER NOT NULL,
	id           INTEGER NOT NULL,
	verb         TEXT NOT NULL,
	data         TEXT NOT NULL, -- JSON of a lectern.BulkAction without its items
	admin_id     INTEGER NOT NULL,
	ip           TEXT NOT NULL,
	pending      INTEGER NOT NULL, -- items
	created_at   INTEGER NOT NULL,
	finished_at  INTEGER, -- NULL while items are pending
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX bulk_action_finished ON bulk_action (workspace_id, finished_at);

CREATE TABLE bulk_item (
	workspace_id INTEGER NOT NULL,
	action_id    INTEGER NOT NULL,
	position     INTEGER NOT NULL, -- in the order in which they are done
	object_kind  TEXT NOT NULL,
	object_id    INTEGER NOT NULL,
	outcome      TEXT NOT NULL,
	reason       TEXT NOT NULL,
	PRIMARY KEY (workspace_id, action_id, position),
	FOREIGN KEY (workspace_id, action_id) REFERENCES bulk_action (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX bulk_item_pending ON bulk_item (action_id, position) WHERE outcome = 'pending';

-- Articles are told by the IDs of their texts, too.
CREATE INDEX article_text_content ON article_text (workspace_id, content_id);
