-- What API 2.16 adds to articles: AI products, who wrote what, versions, drafts
-- and schedules. Audiences and folders have tables of their own.

-- What becomes of the article later; at most one thing.
ALTER TABLE article ADD COLUMN scheduled_at INTEGER; -- NULL for nothing
ALTER TABLE article ADD COLUMN scheduled_state TEXT NOT NULL DEFAULT '';
ALTER TABLE article ADD COLUMN scheduled_locales TEXT NOT NULL DEFAULT ''; -- with commas between
ALTER TABLE article ADD COLUMN scheduled_by INTEGER NOT NULL DEFAULT 0;

CREATE INDEX article_scheduled ON article (scheduled_at) WHERE scheduled_at IS NOT NULL;

ALTER TABLE article_text ADD COLUMN version_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE article_text ADD COLUMN chatbot INTEGER NOT NULL DEFAULT 1;
ALTER TABLE article_text ADD COLUMN copilot INTEGER NOT NULL DEFAULT 1;
ALTER TABLE article_text ADD COLUMN sales_agent INTEGER NOT NULL DEFAULT 1;
ALTER TABLE article_text ADD COLUMN created_by INTEGER NOT NULL DEFAULT 0;
ALTER TABLE article_text ADD COLUMN updated_by INTEGER NOT NULL DEFAULT 0;
ALTER TABLE article_text ADD COLUMN published_at INTEGER; -- for the first time; NULL if it never was

-- Wordings as they were saved. With a rowid, since a body may be far longer
-- than a page of the file.
CREATE TABLE article_version (
	workspace_id    INTEGER NOT NULL,
	id              INTEGER NOT NULL,
	article_id      INTEGER NOT NULL,
	locale          TEXT NOT NULL,
	from_version_id INTEGER, -- NULL for the first
	title           TEXT NOT NULL,
	description     TEXT NOT NULL,
	body            TEXT NOT NULL,
	author_id       INTEGER NOT NULL,
	created_by      INTEGER NOT NULL,
	created_via     TEXT NOT NULL,
	created_at      INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id, article_id) REFERENCES article (workspace_id, id),
	FOREIGN KEY (workspace_id, author_id) REFERENCES admin (workspace_id, id)
) STRICT;

CREATE INDEX article_version_article ON article_version (workspace_id, article_id, id);

-- What is staged over published texts: the wording of a version.
CREATE TABLE article_draft (
	workspace_id INTEGER NOT NULL,
	article_id   INTEGER NOT NULL,
	locale       TEXT NOT NULL,
	version_id   INTEGER NOT NULL,
	updated_by   INTEGER NOT NULL,
	updated_at   INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, article_id, locale),
	FOREIGN KEY (workspace_id, article_id, locale) REFERENCES article_text (workspace_id, article_id, locale),
	FOREIGN KEY (workspace_id, version_id) REFERENCES article_version (workspace_id, id)
) STRICT, WITHOUT ROWID;

-- Texts from before have one version each, with IDs from the counter.
UPDATE article_text SET
	version_id = numbered.id,
	created_by = numbered.created_by,
	updated_by = numbered.updated_by,
	published_at = CASE state WHEN 'published' THEN created_at END
FROM (
	SELECT t.workspace_id, t.article_id, t.locale, a.created_by, a.updated_by,
		c.value + row_number() OVER (ORDER BY t.workspace_id, t.article_id, t.locale) AS id
	FROM article_text t JOIN article a ON a.workspace_id = t.workspace_id AND a.id = t.article_id, counter c
) AS numbered
WHERE article_text.workspace_id = numbered.workspace_id
	AND article_text.article_id = numbered.article_id AND article_text.locale = numbered.locale;

INSERT INTO article_version (workspace_id, id, article_id, locale, from_version_id, title, description, body,
	author_id, created_by, created_via, created_at)
SELECT workspace_id, version_id, article_id, locale, NULL, title, description, body,
	author_id, updated_by, 'api', updated_at
FROM article_text;

UPDATE counter SET value = value + (SELECT count(*) FROM article_text);
