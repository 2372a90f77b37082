-- Whether the custom domain of a help center leads here.
ALTER TABLE help_center ADD COLUMN domain_seen_at INTEGER; -- since when; NULL for not yet
ALTER TABLE help_center ADD COLUMN domain_secure INTEGER NOT NULL DEFAULT 0; -- whether it does by https
