-- What administrators decided about merges, also what was undone. Copies are named as their upstreams name them, so that
-- a decision holds for what is learned anew.
CREATE TABLE merge_ruling (
    id             INTEGER NOT NULL PRIMARY KEY,
    act            TEXT    NOT NULL,
    made           BIGINT  NOT NULL,
    made_by        TEXT    NOT NULL, -- the user's id; people may be gone
    made_by_name   TEXT    NOT NULL,
    undone         BIGINT,
    undone_by      TEXT,
    undone_by_name TEXT
);

CREATE TABLE merge_ruling_copy (
    ruling           INTEGER NOT NULL REFERENCES merge_ruling (id),
    side             INTEGER NOT NULL, -- 0, 1
    upstream         INTEGER NOT NULL,
    space            INTEGER NOT NULL,
    upstream_item_id TEXT    NOT NULL,
    PRIMARY KEY (ruling, upstream, upstream_item_id, space)
) WITHOUT ROWID;
CREATE INDEX merge_ruling_copy_identity ON merge_ruling_copy (upstream, upstream_item_id, space);
