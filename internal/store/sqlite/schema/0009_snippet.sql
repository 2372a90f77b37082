-- Pieces of content for AI agents. With a rowid, since the content may be far
-- longer than a page of the file.
CREATE TABLE content_snippet (
	workspace_id INTEGER NOT NULL,
	id           INTEGER NOT NULL,
	title        TEXT NOT NULL,
	locale       TEXT NOT NULL,
	blocks       TEXT NOT NULL, -- JSON; see lectern.SnippetContent
	body         TEXT NOT NULL, -- the same as HTML
	chatbot      INTEGER NOT NULL,
	copilot      INTEGER NOT NULL,
	sales_agent  INTEGER NOT NULL,
	created_at   INTEGER NOT NULL,
	updated_at   INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
) STRICT;

CREATE INDEX content_snippet_list ON content_snippet (workspace_id, updated_at DESC, id DESC);
