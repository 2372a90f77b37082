-- Where an article stands in a collection: those that were put in order have places
-- below zero, and stand in that of these; the others have 0, and stand behind, by
-- their IDs.
ALTER TABLE article_parent ADD COLUMN place INTEGER NOT NULL DEFAULT 0;

CREATE INDEX article_parent_place ON article_parent (workspace_id, collection_id, place, article_id);
