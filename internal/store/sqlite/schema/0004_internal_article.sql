-- Written by teammates for teammates. With a rowid, since a body may be far
-- longer than a page of the file.
CREATE TABLE internal_article (
	workspace_id INTEGER NOT NULL,
	id           INTEGER NOT NULL,
	title        TEXT NOT NULL,
	body         TEXT NOT NULL,
	locale       TEXT NOT NULL,
	owner_id     INTEGER NOT NULL,
	author_id    INTEGER NOT NULL,
	chatbot      INTEGER NOT NULL, -- whether Intercom's assistants may answer from it
	copilot      INTEGER NOT NULL,
	sales_agent  INTEGER NOT NULL,
	created_at   INTEGER NOT NULL,
	updated_at   INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id),
	FOREIGN KEY (workspace_id, owner_id) REFERENCES admin (workspace_id, id),
	FOREIGN KEY (workspace_id, author_id) REFERENCES admin (workspace_id, id)
) STRICT;

CREATE INDEX internal_article_list ON internal_article (workspace_id, updated_at DESC, id DESC);
