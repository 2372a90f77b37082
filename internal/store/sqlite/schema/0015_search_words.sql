-- What operators tell the search, what is searched for, and what texts mean.

-- Phrases are a line each.
CREATE TABLE search_rule (
	workspace_id   INTEGER NOT NULL,
	id             INTEGER NOT NULL,
	help_center_id INTEGER NOT NULL,
	locale         TEXT NOT NULL,
	kind           TEXT NOT NULL, -- see lectern.SearchRuleKind
	phrases        TEXT NOT NULL,
	finds          TEXT NOT NULL,
	articles       TEXT NOT NULL, -- IDs with commas between; perhaps of articles deleted since
	created_at     INTEGER NOT NULL,
	updated_at     INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id, help_center_id) REFERENCES help_center (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX search_rule_center ON search_rule (workspace_id, help_center_id, id);

-- How often a phrase was searched for on a day, counted from 1970-01-01 in UTC.
CREATE TABLE search_day (
	workspace_id   INTEGER NOT NULL,
	day            INTEGER NOT NULL,
	help_center_id INTEGER NOT NULL,
	locale         TEXT NOT NULL,
	source         TEXT NOT NULL, -- see lectern.SearchSource
	phrase         TEXT NOT NULL, -- see lectern.LoggedPhrase
	searches       INTEGER NOT NULL,
	unanswered     INTEGER NOT NULL, -- searches among them that found nothing
	people         INTEGER NOT NULL, -- who searched, as far as they were told apart
	PRIMARY KEY (workspace_id, day, help_center_id, locale, source, phrase),
	FOREIGN KEY (workspace_id, help_center_id) REFERENCES help_center (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX search_day_old ON search_day (day);

-- What a model of the operator's makes of the texts of articles. With a rowid,
-- since a vector is longer than a quarter of a page of the file.
CREATE TABLE search_vector (
	workspace_id INTEGER NOT NULL,
	article_id   INTEGER NOT NULL,
	locale       TEXT NOT NULL,
	model        TEXT NOT NULL,
	digest       TEXT NOT NULL, -- of the text
	event_id     INTEGER NOT NULL, -- of search_text, when the text was read
	change       INTEGER NOT NULL, -- when the row was written, by count_clock
	vector       BLOB NOT NULL, -- numbers of 32 bits, the low byte first; empty if the model refused the text
	PRIMARY KEY (workspace_id, article_id, locale),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
) STRICT;

CREATE INDEX search_vector_change ON search_vector (workspace_id, change);
