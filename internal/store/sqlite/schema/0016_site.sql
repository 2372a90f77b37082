-- What the public help center needs. Days are counted from 1970-01-01, in UTC.

-- The texts that readers may see, by locale: counted without reading them, and
-- the newest first.
CREATE INDEX article_text_reader ON article_text (workspace_id, locale, state, article_id, content_id, author_id);
CREATE INDEX article_text_latest ON article_text (workspace_id, locale, state, updated_at DESC, article_id DESC);

-- Which articles to read next, by the words of their texts.
CREATE TABLE article_related (
	workspace_id INTEGER NOT NULL,
	article_id   INTEGER NOT NULL,
	locale       TEXT NOT NULL,
	related      TEXT NOT NULL, -- IDs with commas between, best first; perhaps of articles deleted since
	PRIMARY KEY (workspace_id, article_id, locale),
	FOREIGN KEY (workspace_id, article_id) REFERENCES article (workspace_id, id)
) STRICT, WITHOUT ROWID;

-- How far those have come who follow the events in the background.
CREATE TABLE follower (
	workspace_id INTEGER NOT NULL CHECK (workspace_id = 0),
	name         TEXT NOT NULL,
	event_id     INTEGER NOT NULL, -- the last that was heeded
	PRIMARY KEY (workspace_id, name)
) STRICT, WITHOUT ROWID;

INSERT INTO follower (workspace_id, name, event_id) VALUES (0, 'related', 0);

-- What readers did with an article on a day, on its page in a locale.
CREATE TABLE article_day (
	workspace_id INTEGER NOT NULL,
	article_id   INTEGER NOT NULL,
	day          INTEGER NOT NULL,
	locale       TEXT NOT NULL,
	people       INTEGER NOT NULL, -- views, as all below but the faces
	bots         INTEGER NOT NULL,
	agents       INTEGER NOT NULL,
	happy        INTEGER NOT NULL,
	neutral      INTEGER NOT NULL,
	sad          INTEGER NOT NULL,
	recent       INTEGER NOT NULL, -- whether people are counted in article_count
	PRIMARY KEY (workspace_id, article_id, day, locale),
	FOREIGN KEY (workspace_id, article_id) REFERENCES article (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_day_recent ON article_day (day) WHERE recent = 1;

CREATE TABLE article_count (
	workspace_id INTEGER NOT NULL,
	article_id   INTEGER NOT NULL,
	recent       INTEGER NOT NULL, -- views by people within 30 days
	change       INTEGER NOT NULL, -- when its statistics changed last, by count_clock
	PRIMARY KEY (workspace_id, article_id),
	FOREIGN KEY (workspace_id, article_id) REFERENCES article (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_count_recent ON article_count (workspace_id, recent DESC, article_id DESC);
CREATE INDEX article_count_change ON article_count (change);

-- Numbers the changes of statistics, in the order of commits.
CREATE TABLE count_clock (
	workspace_id INTEGER NOT NULL CHECK (workspace_id = 0),
	value        INTEGER NOT NULL,
	PRIMARY KEY (workspace_id)
) STRICT, WITHOUT ROWID;

INSERT INTO count_clock (workspace_id, value) VALUES (0, 0);

-- What keeps a visitor from reacting twice, for a day. The visitor is a hash
-- that no one can repeat once the day's salt is deleted.
CREATE TABLE reaction (
	workspace_id INTEGER NOT NULL,
	article_id   INTEGER NOT NULL,
	visitor      BLOB NOT NULL,
	day          INTEGER NOT NULL,
	locale       TEXT NOT NULL,
	face         TEXT NOT NULL,
	PRIMARY KEY (workspace_id, article_id, visitor),
	FOREIGN KEY (workspace_id, article_id) REFERENCES article (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX reaction_day ON reaction (day);

CREATE TABLE visitor_salt (
	workspace_id INTEGER NOT NULL CHECK (workspace_id = 0),
	day          INTEGER NOT NULL,
	salt         BLOB NOT NULL,
	PRIMARY KEY (workspace_id, day)
) STRICT, WITHOUT ROWID;

-- How a help center looks.
CREATE TABLE theme (
	workspace_id   INTEGER NOT NULL,
	help_center_id INTEGER NOT NULL,
	data           TEXT NOT NULL, -- JSON; see lectern.Theme
	updated_at     INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, help_center_id),
	FOREIGN KEY (workspace_id, help_center_id) REFERENCES help_center (workspace_id, id)
) STRICT, WITHOUT ROWID;

-- Pictures of themes. With a rowid, since a picture may be far longer than a
-- page of the file.
CREATE TABLE asset (
	workspace_id INTEGER NOT NULL,
	hash         TEXT NOT NULL, -- of the data; see lectern.AssetName
	media_type   TEXT NOT NULL,
	data         BLOB NOT NULL,
	used_at      INTEGER NOT NULL, -- when a theme that shows it was saved or replaced last
	PRIMARY KEY (workspace_id, hash),
	FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id)
) STRICT;

-- Identifiers that help centers had before: their addresses still lead there,
-- unless another help center has the identifier now.
CREATE TABLE former_identifier (
	workspace_id   INTEGER NOT NULL,
	identifier     TEXT NOT NULL,
	help_center_id INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, identifier),
	FOREIGN KEY (workspace_id, help_center_id) REFERENCES help_center (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX former_identifier_any ON former_identifier (identifier);
