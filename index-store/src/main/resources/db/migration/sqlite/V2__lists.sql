-- Collections and playlists.

-- Which lists of an upstream have been read, and of which content of their copy.
CREATE TABLE list_reading (
    upstream INTEGER NOT NULL,
    list_id  TEXT    NOT NULL, -- the upstream's id of the collection or playlist
    content  BIGINT  NOT NULL, -- item_copy.content of then
    PRIMARY KEY (upstream, list_id)
) WITHOUT ROWID;

-- What they hold, in their order. A member need not be known as a copy.
CREATE TABLE list_member (
    upstream  INTEGER NOT NULL,
    list_id   TEXT    NOT NULL,
    position  INTEGER NOT NULL,
    member_id TEXT    NOT NULL, -- the upstream's id of the item
    PRIMARY KEY (upstream, list_id, position)
) WITHOUT ROWID;
CREATE INDEX list_member_member ON list_member (upstream, member_id);
CREATE INDEX item_copy_list ON item_copy (upstream) WHERE kind IN (5, 17);

-- Those that people made at the gateway.
CREATE TABLE own_list (
    id         INTEGER NOT NULL PRIMARY KEY, -- item.id
    kind       INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    owner      TEXT REFERENCES gateway_user (id) ON DELETE SET NULL,
    media_type TEXT    NOT NULL,
    is_public  INTEGER NOT NULL,
    created    BIGINT  NOT NULL,
    changed    BIGINT  NOT NULL
);
CREATE INDEX own_list_owner ON own_list (owner);

CREATE TABLE own_list_entry (
    id       INTEGER NOT NULL PRIMARY KEY, -- PlaylistItemId
    list_id  INTEGER NOT NULL REFERENCES own_list (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    item_id  INTEGER NOT NULL              -- the merged item as it was called when it was added
);
CREATE INDEX own_list_entry_list ON own_list_entry (list_id, position);

CREATE TABLE own_list_share (
    list_id INTEGER NOT NULL REFERENCES own_list (id) ON DELETE CASCADE,
    user_id TEXT    NOT NULL REFERENCES gateway_user (id) ON DELETE CASCADE,
    level   TEXT    NOT NULL,
    PRIMARY KEY (list_id, user_id)
);
CREATE INDEX own_list_share_user ON own_list_share (user_id);
