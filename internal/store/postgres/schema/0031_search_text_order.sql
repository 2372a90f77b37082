-- expand: Texts are found by what has changed since an event.
CREATE INDEX search_text_order ON search_text (event_id);
