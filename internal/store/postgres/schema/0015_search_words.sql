-- What operators tell the search, what is searched for, and what texts mean.

-- Phrases are a line each.
CREATE TABLE search_rule (
	workspace_id   BIGINT NOT NULL,
	id             BIGINT NOT NULL,
	help_center_id BIGINT NOT NULL,
	locale         TEXT COLLATE "C" NOT NULL,
	kind           TEXT COLLATE "C" NOT NULL, -- see lectern.SearchRuleKind
	phrases        TEXT COLLATE "C" NOT NULL,
	finds          TEXT COLLATE "C" NOT NULL,
	articles       TEXT COLLATE "C" NOT NULL, -- IDs with commas between; perhaps of articles deleted since
	created_at     BIGINT NOT NULL,
	updated_at     BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id, help_center_id) REFERENCES help_center (workspace_id, id)
);

CREATE INDEX search_rule_center ON search_rule (workspace_id, help_center_id, id);

-- How often a phrase was searched for on a day, counted from 1970-01-01 in UTC.
CREATE TABLE search_day (
	workspace_id   BIGINT NOT NULL,
	day            BIGINT NOT NULL,
	help_center_id BIGINT NOT NULL,
	locale         TEXT COLLATE "C" NOT NULL,
	source         TEXT COLLATE "C" NOT NULL, -- see lectern.SearchSource
	phrase         TEXT COLLATE "C" NOT NULL, -- see lectern.LoggedPhrase
	searches       BIGINT NOT NULL,
	unanswered     BIGINT NOT NULL, -- searches among them that found nothing
	people         BIGINT NOT NULL, -- who searched, as far as they were told apart
	PRIMARY KEY (workspace_id, day, help_center_id, locale, source, phrase),
	FOREIGN KEY (workspace_id, help_center_id) REFERENCES help_center (workspace_id, id)
);

CREATE INDEX search_day_old ON search_day (day);

-- What a model of the operator's makes of the texts of articles.
CREATE TABLE search_vector (
	workspace_id BIGINT NOT NULL,
	article_id   BIGINT NOT NULL,
	locale       TEXT COLLATE "C" NOT NULL,
	model        TEXT COLLATE "C" NOT NULL,
	digest       TEXT COLLATE "C" NOT NULL, -- of the text
	event_id     BIGINT NOT NULL, -- of search_text, when the text was read
	change       BIGINT NOT NULL, -- when the row was written, by count_clock
	vector       BYTEA NOT NULL, -- numbers of 32 bits, the low byte first; empty if the model refused the text
	PRIMARY KEY (workspace_id, article_id, locale),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
);

-- Vectors do not compress.
ALTER TABLE search_vector ALTER COLUMN vector SET STORAGE EXTERNAL;

CREATE INDEX search_vector_change ON search_vector (workspace_id, change);
