-- The names under which a workspace speaks to its readers.

CREATE TABLE brand (
	workspace_id        INTEGER NOT NULL,
	id                  INTEGER NOT NULL,
	name                TEXT NOT NULL,
	is_default          INTEGER NOT NULL,
	help_center_id      INTEGER, -- NULL for the default brand: it has the default help center, whichever that is
	address_settings_id INTEGER NOT NULL,
	created_at          INTEGER NOT NULL,
	updated_at          INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id),
	FOREIGN KEY (workspace_id, help_center_id) REFERENCES help_center (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX brand_default ON brand (workspace_id) WHERE is_default;

-- Workspaces made before there were brands get their default one, with two IDs
-- each from the counter.
INSERT INTO brand (workspace_id, id, name, is_default, help_center_id, address_settings_id, created_at, updated_at)
SELECT w.workspace_id, c.value + 2 * w.place - 1, w.name, 1, NULL, c.value + 2 * w.place, w.created_at, w.created_at
FROM counter c, (SELECT *, row_number() OVER (ORDER BY workspace_id) AS place FROM workspace) w;

UPDATE counter SET value = value + 2 * (SELECT count(*) FROM workspace);
