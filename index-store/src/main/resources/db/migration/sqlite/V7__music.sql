-- Albums are merged by whose they are and by how many songs they have, songs within their merged album: series_id and
-- series_item of a song are those of its album.
ALTER TABLE item_copy ADD COLUMN album_artist TEXT NOT NULL DEFAULT '';
ALTER TABLE item_copy ADD COLUMN tracks INTEGER;

-- Artists exist by their name, as people do.
UPDATE merge_ruling_copy SET space = 9 WHERE space = 0 AND EXISTS (
    SELECT 1 FROM item_copy c
    WHERE c.kind = 9 AND c.upstream = merge_ruling_copy.upstream
        AND c.upstream_item_id = merge_ruling_copy.upstream_item_id);
UPDATE item_copy SET space = 9, library_id = '' WHERE kind = 9;

-- Nothing of that was kept so far: servers with music are read once more.
UPDATE sync_state SET checkpoint = '', fully_indexed = 0, delta_from = NULL
WHERE upstream IN (SELECT upstream FROM item_copy WHERE kind IN (9, 10, 11) AND gone = 0);
