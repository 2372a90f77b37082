-- Until when an access token is good, and when and from where it was used last.
ALTER TABLE token ADD COLUMN expires_at BIGINT; -- NULL for good
ALTER TABLE token ADD COLUMN used_day BIGINT NOT NULL DEFAULT 0; -- counted from 1970-01-01, in UTC; 0 if never
ALTER TABLE token ADD COLUMN used_from TEXT COLLATE "C" NOT NULL DEFAULT ''; -- the network
