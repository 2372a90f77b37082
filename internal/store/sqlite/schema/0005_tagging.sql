-- Which tags are on which objects. An object is an article, an internal article
-- or a content snippet; who deletes one takes its tags off.
CREATE TABLE tagging (
	workspace_id INTEGER NOT NULL,
	object_kind  TEXT NOT NULL, -- see lectern.ObjectKind
	object_id    INTEGER NOT NULL,
	tag_id       INTEGER NOT NULL,
	applied_at   INTEGER NOT NULL,
	applied_by   INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, object_kind, object_id, tag_id),
	FOREIGN KEY (workspace_id, tag_id) REFERENCES tag (workspace_id, id),
	FOREIGN KEY (workspace_id, applied_by) REFERENCES admin (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX tagging_tag ON tagging (workspace_id, tag_id, object_kind, object_id);
