-- Whoever follows the events of the whole installation reads on from one ID.
CREATE INDEX event_order ON event (id);

-- Texts are read into memory in parts, from one place in this order on.
DROP INDEX search_text_event;
CREATE INDEX search_text_event ON search_text (workspace_id, locale, event_id, object_id);

-- Related articles are found when a page is made, and follow no events.
DROP TABLE article_related;
DROP TABLE follower;
