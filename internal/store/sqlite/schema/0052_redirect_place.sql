-- Redirects are found by the path of their address without its language.
ALTER TABLE redirect ADD COLUMN place TEXT NOT NULL DEFAULT ''; -- see lectern.Redirect.Place

CREATE INDEX redirect_place ON redirect (workspace_id, help_center_id, place);
