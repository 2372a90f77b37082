-- Words of more than articles: internal articles, snippets and external pages
-- are found, too. No two things share an ID, so an object's is enough.
ALTER TABLE search_fwd RENAME COLUMN article_id TO object_id;

-- The totals are of each kind by itself, so that one kind does not change how
-- another ranks.
ALTER TABLE search_stat RENAME TO search_stat_before;

CREATE TABLE search_stat (
	workspace_id    INTEGER NOT NULL,
	kind            TEXT NOT NULL, -- see lectern.ObjectKind
	locale          TEXT NOT NULL,
	state           TEXT NOT NULL,
	docs            INTEGER NOT NULL,
	title_len       INTEGER NOT NULL,
	description_len INTEGER NOT NULL,
	body_len        INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, kind, locale, state)
) STRICT, WITHOUT ROWID;

INSERT INTO search_stat (workspace_id, kind, locale, state, docs, title_len, description_len, body_len)
SELECT workspace_id, 'article', locale, state, docs, title_len, description_len, body_len FROM search_stat_before;

DROP TABLE search_stat_before;

-- What content search keeps of objects that are no articles.
CREATE TABLE search_object (
	workspace_id INTEGER NOT NULL,
	object_id    INTEGER NOT NULL,
	digest       TEXT NOT NULL, -- of the text it is found by
	created_by   INTEGER NOT NULL,
	updated_by   INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, object_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX search_object_created ON search_object (workspace_id, created_by, object_id);
CREATE INDEX search_object_updated ON search_object (workspace_id, updated_by, object_id);
