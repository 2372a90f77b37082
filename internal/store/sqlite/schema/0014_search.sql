-- What search keeps of each text: the forward bytes that say how often each
-- term is in it. Searching turns them around in memory, so the engine keeps no
-- full text any more.
--
-- With a rowid, since a row may be longer than a quarter of a page of the file.
CREATE TABLE search_text (
	workspace_id    INTEGER NOT NULL,
	object_id       INTEGER NOT NULL,
	locale          TEXT NOT NULL,
	kind            TEXT NOT NULL, -- see lectern.ObjectKind
	state           TEXT NOT NULL,
	event_id        INTEGER NOT NULL, -- the last one given when the row was written; grows in the order of commits
	version         INTEGER NOT NULL, -- of the rules by which the text was read
	title_len       INTEGER NOT NULL, -- in words
	description_len INTEGER NOT NULL,
	headings_len    INTEGER NOT NULL,
	body_len        INTEGER NOT NULL,
	words           TEXT NOT NULL, -- those no other text was known to have, a space between
	forward         BLOB NOT NULL, -- empty once the text is gone
	PRIMARY KEY (workspace_id, object_id, locale)
) STRICT;

CREATE INDEX search_text_event ON search_text (workspace_id, locale, event_id);

INSERT INTO search_text (workspace_id, object_id, locale, kind, state, event_id, version,
	title_len, description_len, headings_len, body_len, words, forward)
SELECT f.workspace_id, f.object_id, f.locale,
	CASE
	WHEN EXISTS (SELECT 1 FROM article o WHERE o.workspace_id = f.workspace_id AND o.id = f.object_id) THEN 'article'
	WHEN EXISTS (SELECT 1 FROM internal_article o WHERE o.workspace_id = f.workspace_id AND o.id = f.object_id) THEN 'internal_article'
	WHEN EXISTS (SELECT 1 FROM content_snippet o WHERE o.workspace_id = f.workspace_id AND o.id = f.object_id) THEN 'content_snippet'
	ELSE 'external_content' END,
	f.state, 0, 1, f.title_len, f.description_len, 0, f.body_len, '', f.forward
FROM search_fwd f;

DROP TABLE search_fwd;
DROP TABLE search_doc;

ALTER TABLE search_stat ADD COLUMN headings_len INTEGER NOT NULL DEFAULT 0;
ALTER TABLE search_stat ADD COLUMN event_id INTEGER NOT NULL DEFAULT 0; -- of the last change; see search_text

-- Texts read by older rules, or before an event, are to be read anew.
CREATE TABLE search_version (
	workspace_id INTEGER NOT NULL CHECK (workspace_id = 0),
	version      INTEGER NOT NULL, -- of the rules by which every text was read
	outdated     INTEGER NOT NULL, -- an event up to which it does not matter by which
	PRIMARY KEY (workspace_id)
) STRICT, WITHOUT ROWID;

INSERT INTO search_version (workspace_id, version, outdated) VALUES (0, 1, -1);
