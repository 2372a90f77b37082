-- Where a deleted article stood in the order of lists: its event tells, and
-- whoever walks a list from there asks for it.
CREATE INDEX event_deleted_article ON event (workspace_id, object) WHERE kind = 'article.deleted';
