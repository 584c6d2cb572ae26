-- What comes with an item, by the item or version it came with.
CREATE INDEX item_copy_extra ON item_copy (upstream, parent_id) WHERE kind IN (28, 29, 30, 31, 32);
