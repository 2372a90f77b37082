-- A load fills an empty workspace in many transactions. While its row is here, it
-- was begun and is not finished, and whoever begins it again goes on with it.
CREATE TABLE content_load (
	workspace_id BIGINT NOT NULL,
	begun_at     BIGINT NOT NULL,
	PRIMARY KEY (workspace_id),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
);
