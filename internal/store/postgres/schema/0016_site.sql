-- What the public help center needs. Days are counted from 1970-01-01, in UTC.

-- The texts that readers may see, by locale: counted without reading them, and
-- the newest first.
CREATE INDEX article_text_reader ON article_text (workspace_id, locale, state, article_id, content_id, author_id);
CREATE INDEX article_text_latest ON article_text (workspace_id, locale, state, updated_at DESC, article_id DESC);

-- Which articles to read next, by the words of their texts.
CREATE TABLE article_related (
	workspace_id BIGINT NOT NULL,
	article_id   BIGINT NOT NULL,
	locale       TEXT COLLATE "C" NOT NULL,
	related      TEXT COLLATE "C" NOT NULL, -- IDs with commas between, best first; perhaps of articles deleted since
	PRIMARY KEY (workspace_id, article_id, locale),
	FOREIGN KEY (workspace_id, article_id) REFERENCES article (workspace_id, id)
);

-- How far those have come who follow the events in the background.
CREATE TABLE follower (
	workspace_id BIGINT NOT NULL CHECK (workspace_id = 0),
	name         TEXT COLLATE "C" NOT NULL,
	event_id     BIGINT NOT NULL, -- the last that was heeded
	PRIMARY KEY (workspace_id, name)
);

INSERT INTO follower (workspace_id, name, event_id) VALUES (0, 'related', 0);

-- What readers did with an article on a day, on its page in a locale.
CREATE TABLE article_day (
	workspace_id BIGINT NOT NULL,
	article_id   BIGINT NOT NULL,
	day          BIGINT NOT NULL,
	locale       TEXT COLLATE "C" NOT NULL,
	people       BIGINT NOT NULL, -- views, as all below but the faces
	bots         BIGINT NOT NULL,
	agents       BIGINT NOT NULL,
	happy        BIGINT NOT NULL,
	neutral      BIGINT NOT NULL,
	sad          BIGINT NOT NULL,
	recent       BIGINT NOT NULL, -- whether people are counted in article_count
	PRIMARY KEY (workspace_id, article_id, day, locale),
	FOREIGN KEY (workspace_id, article_id) REFERENCES article (workspace_id, id)
);

CREATE INDEX article_day_recent ON article_day (day) WHERE recent = 1;

CREATE TABLE article_count (
	workspace_id BIGINT NOT NULL,
	article_id   BIGINT NOT NULL,
	recent       BIGINT NOT NULL, -- views by people within 30 days
	change       BIGINT NOT NULL, -- when its statistics changed last, by count_clock
	PRIMARY KEY (workspace_id, article_id),
	FOREIGN KEY (workspace_id, article_id) REFERENCES article (workspace_id, id)
);

CREATE INDEX article_count_recent ON article_count (workspace_id, recent DESC, article_id DESC);
CREATE INDEX article_count_change ON article_count (change);

-- Numbers the changes of statistics, in the order of commits.
CREATE TABLE count_clock (
	workspace_id BIGINT NOT NULL CHECK (workspace_id = 0),
	value        BIGINT NOT NULL,
	PRIMARY KEY (workspace_id)
);

INSERT INTO count_clock (workspace_id, value) VALUES (0, 0);

-- What keeps a visitor from reacting twice, for a day. The visitor is a hash
-- that no one can repeat once the day's salt is deleted.
CREATE TABLE reaction (
	workspace_id BIGINT NOT NULL,
	article_id   BIGINT NOT NULL,
	visitor      BYTEA NOT NULL,
	day          BIGINT NOT NULL,
	locale       TEXT COLLATE "C" NOT NULL,
	face         TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (workspace_id, article_id, visitor),
	FOREIGN KEY (workspace_id, article_id) REFERENCES article (workspace_id, id)
);

CREATE INDEX reaction_day ON reaction (day);

CREATE TABLE visitor_salt (
	workspace_id BIGINT NOT NULL CHECK (workspace_id = 0),
	day          BIGINT NOT NULL,
	salt         BYTEA NOT NULL,
	PRIMARY KEY (workspace_id, day)
);

-- How a help center looks.
CREATE TABLE theme (
	workspace_id   BIGINT NOT NULL,
	help_center_id BIGINT NOT NULL,
	data           TEXT COLLATE "C" NOT NULL, -- JSON; see lectern.Theme
	updated_at     BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, help_center_id),
	FOREIGN KEY (workspace_id, help_center_id) REFERENCES help_center (workspace_id, id)
);

-- Pictures of themes.
CREATE TABLE asset (
	workspace_id BIGINT NOT NULL,
	hash         TEXT COLLATE "C" NOT NULL, -- of the data; see lectern.AssetName
	media_type   TEXT COLLATE "C" NOT NULL,
	data         BYTEA NOT NULL,
	used_at      BIGINT NOT NULL, -- when a theme that shows it was saved or replaced last
	PRIMARY KEY (workspace_id, hash),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
);

-- Identifiers that help centers had before: their addresses still lead there,
-- unless another help center has the identifier now.
CREATE TABLE former_identifier (
	workspace_id   BIGINT NOT NULL,
	identifier     TEXT COLLATE "C" NOT NULL,
	help_center_id BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, identifier),
	FOREIGN KEY (workspace_id, help_center_id) REFERENCES help_center (workspace_id, id)
);

CREATE INDEX former_identifier_any ON former_identifier (identifier);
