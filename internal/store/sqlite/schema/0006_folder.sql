CREATE TABLE folder (
	workspace_id INTEGER NOT NULL,
	id           INTEGER NOT NULL,
	name         TEXT NOT NULL,
	description  TEXT NOT NULL,
	emoji        TEXT NOT NULL,
	parent_id    INTEGER, -- NULL at the top level
	created_at   INTEGER NOT NULL,
	updated_at   INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id),
	FOREIGN KEY (workspace_id, parent_id) REFERENCES folder (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX folder_list ON folder (workspace_id, updated_at DESC, id DESC);
CREATE INDEX folder_parent ON folder (workspace_id, parent_id);

-- Which objects are in a folder. An object is an article or an internal
-- article; who deletes one takes it out.
CREATE TABLE folder_content (
	workspace_id INTEGER NOT NULL,
	object_kind  TEXT NOT NULL, -- see lectern.ObjectKind
	object_id    INTEGER NOT NULL,
	folder_id    INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, object_kind, object_id),
	FOREIGN KEY (workspace_id, folder_id) REFERENCES folder (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX folder_content_folder ON folder_content (workspace_id, folder_id, object_kind, object_id);
