-- Languages that writing switched on are known apart from those that the
-- operator did: they go again with their last text.
ALTER TABLE help_center ADD COLUMN written_locales TEXT NOT NULL DEFAULT ''; -- with commas between

-- No two help centers of the installation have one domain; whoever writes one
-- looks here.
CREATE INDEX help_center_domain ON help_center (lower(custom_domain));
