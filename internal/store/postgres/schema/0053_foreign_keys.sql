-- A foreign key that no index begins with makes the deletion of a row it refers
-- to read the whole table.
CREATE INDEX token_admin ON token (workspace_id, admin_id);
CREATE INDEX article_text_author ON article_text (workspace_id, author_id);
CREATE INDEX article_version_author ON article_version (workspace_id, author_id);
CREATE INDEX internal_article_author ON internal_article (workspace_id, author_id);
CREATE INDEX internal_article_owner ON internal_article (workspace_id, owner_id);
CREATE INDEX tagging_admin ON tagging (workspace_id, applied_by);
CREATE INDEX brand_help_center ON brand (workspace_id, help_center_id);
CREATE INDEX search_day_help_center ON search_day (workspace_id, help_center_id);
CREATE INDEX former_identifier_help_center ON former_identifier (workspace_id, help_center_id);
