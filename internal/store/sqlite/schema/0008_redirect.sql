-- Addresses of a help center that lead to an article or a collection. A
-- redirect is deleted with its target.
CREATE TABLE redirect (
	workspace_id   INTEGER NOT NULL,
	id             INTEGER NOT NULL,
	help_center_id INTEGER NOT NULL,
	address_key    TEXT NOT NULL, -- equal for addresses that count as one; see lectern.Redirect.Key
	from_address   TEXT NOT NULL, -- what follows the help center's address
	locale         TEXT NOT NULL,
	article_id     INTEGER,
	collection_id  INTEGER,
	created_at     INTEGER NOT NULL,
	updated_at     INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, id),
	UNIQUE (workspace_id, help_center_id, address_key),
	CHECK ((article_id IS NULL) <> (collection_id IS NULL)),
	FOREIGN KEY (workspace_id, help_center_id) REFERENCES help_center (workspace_id, id),
	FOREIGN KEY (workspace_id, article_id) REFERENCES article (workspace_id, id),
	FOREIGN KEY (workspace_id, collection_id) REFERENCES collection (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX redirect_list ON redirect (workspace_id, help_center_id, updated_at DESC, id DESC);
CREATE INDEX redirect_article ON redirect (workspace_id, article_id) WHERE article_id IS NOT NULL;
CREATE INDEX redirect_collection ON redirect (workspace_id, collection_id) WHERE collection_id IS NOT NULL;
