-- Times are nanoseconds since 1970-01-01T00:00Z, flags are 0 or 1, user ids are 32 hex digits.

CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- The next number of each kind of id; a number is never given twice.
CREATE TABLE sequence (
    name TEXT   NOT NULL PRIMARY KEY,
    next BIGINT NOT NULL
);

-- People and what they hold -------------------------------------------------------------------------------------------

CREATE TABLE gateway_user (
    id            TEXT    NOT NULL PRIMARY KEY,
    name          TEXT    NOT NULL,
    name_key      TEXT    NOT NULL UNIQUE, -- the name as it is compared
    password_hash TEXT    NOT NULL,
    admin         INTEGER NOT NULL,
    disabled      INTEGER NOT NULL,
    all_upstreams INTEGER NOT NULL,        -- 0: those in user_upstream
    configuration TEXT    NOT NULL,
    created       BIGINT  NOT NULL,
    last_login    BIGINT,
    last_activity BIGINT
);

CREATE TABLE user_upstream (
    user_id  TEXT    NOT NULL REFERENCES gateway_user (id) ON DELETE CASCADE,
    upstream INTEGER NOT NULL,
    PRIMARY KEY (user_id, upstream)
);

CREATE TABLE sign_in (
    id         INTEGER NOT NULL PRIMARY KEY,
    user_id    TEXT    NOT NULL REFERENCES gateway_user (id) ON DELETE CASCADE,
    session_id TEXT    NOT NULL,
    token_hash TEXT    NOT NULL UNIQUE, -- SHA-256 in hex
    client     TEXT    NOT NULL,
    device     TEXT    NOT NULL,
    device_id  TEXT    NOT NULL,
    version    TEXT    NOT NULL,
    created    BIGINT  NOT NULL,
    last_seen  BIGINT  NOT NULL
);
CREATE INDEX sign_in_user ON sign_in (user_id);

CREATE TABLE preference (
    user_id TEXT NOT NULL REFERENCES gateway_user (id) ON DELETE CASCADE,
    scope   TEXT NOT NULL,
    name    TEXT NOT NULL,
    value   TEXT NOT NULL,
    PRIMARY KEY (user_id, scope, name)
);

-- Upstreams and the logins on them ------------------------------------------------------------------------------------

CREATE TABLE upstream (
    id         INTEGER NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    name_key   TEXT    NOT NULL UNIQUE,
    url        TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    playback   TEXT    NOT NULL,
    sync       TEXT    NOT NULL,
    priority   INTEGER NOT NULL,
    enabled    INTEGER NOT NULL,
    configured INTEGER NOT NULL,
    removed    INTEGER NOT NULL -- the number stays taken
);

CREATE TABLE account (
    id          INTEGER NOT NULL PRIMARY KEY,
    upstream    INTEGER NOT NULL REFERENCES upstream (id),
    owner       TEXT REFERENCES gateway_user (id) ON DELETE CASCADE, -- null: the upstream's default account
    username    TEXT    NOT NULL,
    password    TEXT    NOT NULL, -- encrypted
    watch_state TEXT    NOT NULL
);
CREATE INDEX account_upstream ON account (upstream);
CREATE INDEX account_owner ON account (owner);

CREATE TABLE upstream_sign_in (
    account_id    INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    device_id     TEXT    NOT NULL,
    upstream_user TEXT    NOT NULL,
    token         TEXT    NOT NULL, -- encrypted
    PRIMARY KEY (account_id, device_id)
);

CREATE TABLE sync_state (
    upstream      INTEGER NOT NULL PRIMARY KEY,
    checkpoint    TEXT    NOT NULL,
    fully_indexed INTEGER NOT NULL,
    last_full     BIGINT,
    delta_from    BIGINT
);

-- Media ---------------------------------------------------------------------------------------------------------------

-- Every id of a merged item that was ever given. An alias stands for another item, which is never an alias itself.
CREATE TABLE item (
    id       INTEGER NOT NULL PRIMARY KEY,
    kind     INTEGER NOT NULL,
    alias_of INTEGER
);
CREATE INDEX item_alias ON item (alias_of) WHERE alias_of IS NOT NULL;

-- What an upstream holds or held. A copy that is gone stays, since it may return and since it may have proved a merge.
CREATE TABLE item_copy (
    id               INTEGER NOT NULL PRIMARY KEY,
    upstream         INTEGER NOT NULL,
    space            INTEGER NOT NULL, -- 0; for by-name items their kind, since some servers number each kind apart
    upstream_item_id TEXT    NOT NULL, -- by-name items without an id: their compared name
    has_id           INTEGER NOT NULL, -- 0: upstream_item_id is ours
    kind             INTEGER NOT NULL,
    gone             INTEGER NOT NULL,
    seen             BIGINT  NOT NULL, -- the sweep it was last learned in
    content          BIGINT  NOT NULL, -- hash of all that was learned
    item_id          INTEGER NOT NULL, -- the merged item it is part of
    home_id          INTEGER NOT NULL, -- the id it was first given, which it takes back when a merge is undone
    library_id       TEXT    NOT NULL,
    name             TEXT    NOT NULL,
    production_year  INTEGER,
    run_time         BIGINT  NOT NULL,
    provider_ids     TEXT    NOT NULL,
    parent_id        TEXT    NOT NULL,
    series_id        TEXT    NOT NULL,
    season_id        TEXT    NOT NULL,
    series_item      INTEGER NOT NULL, -- the merged series; 0: not known yet
    season_item      INTEGER NOT NULL,
    index_number     INTEGER,
    index_number_end INTEGER,
    parent_index     INTEGER,
    premiere         BIGINT,           -- days since 1970-01-01
    collection_type  TEXT    NOT NULL
);
CREATE UNIQUE INDEX item_copy_identity ON item_copy (upstream, upstream_item_id, space);
CREATE INDEX item_copy_item ON item_copy (item_id);
CREATE INDEX item_copy_home ON item_copy (home_id);
CREATE INDEX item_copy_series ON item_copy (upstream, series_id) WHERE series_id <> '';
CREATE INDEX item_copy_season ON item_copy (upstream, season_id) WHERE season_id <> '';
CREATE INDEX item_copy_library ON item_copy (upstream, library_id) WHERE library_id <> '';
CREATE INDEX item_copy_view ON item_copy (kind) WHERE kind IN (19, 20);

CREATE TABLE copy_document (
    copy_id  INTEGER NOT NULL PRIMARY KEY,
    document BLOB    NOT NULL, -- compressed
    names    BLOB    NOT NULL  -- the by-name items it names, packed
);

-- Hashes of what may connect a copy with others.
CREATE TABLE copy_key (
    hash    BIGINT  NOT NULL,
    copy_id INTEGER NOT NULL,
    PRIMARY KEY (hash, copy_id)
) WITHOUT ROWID;
CREATE INDEX copy_key_copy ON copy_key (copy_id);

-- Which copies name a by-name item.
CREATE TABLE copy_naming (
    named   INTEGER NOT NULL, -- item_copy.id of the by-name item
    copy_id INTEGER NOT NULL,
    PRIMARY KEY (named, copy_id)
) WITHOUT ROWID;

CREATE TABLE media_source (
    id                  INTEGER NOT NULL PRIMARY KEY, -- of the same sequence as item.id
    upstream            INTEGER NOT NULL,
    upstream_item_id    TEXT    NOT NULL,
    upstream_source_id  TEXT    NOT NULL,
    upstream_version_id TEXT    NOT NULL,
    position            INTEGER NOT NULL, -- in the copy; -1: not listed by it
    size                BIGINT  NOT NULL,
    run_time            BIGINT  NOT NULL
);
CREATE UNIQUE INDEX media_source_identity ON media_source (upstream, upstream_item_id, upstream_source_id);
CREATE INDEX media_source_version ON media_source (upstream, upstream_version_id);

CREATE TABLE merge_conflict (
    one    INTEGER NOT NULL,
    other  INTEGER NOT NULL,
    reason TEXT    NOT NULL,
    PRIMARY KEY (one, other)
);
CREATE INDEX merge_conflict_other ON merge_conflict (other);

CREATE TABLE sweep (
    upstream INTEGER NOT NULL PRIMARY KEY,
    number   BIGINT  NOT NULL
);

-- Watch state ---------------------------------------------------------------------------------------------------------

CREATE TABLE user_data (
    user_id            TEXT    NOT NULL REFERENCES gateway_user (id) ON DELETE CASCADE,
    item_id            INTEGER NOT NULL,
    played             INTEGER NOT NULL,
    position           BIGINT  NOT NULL,
    play_count         INTEGER NOT NULL,
    favorite           INTEGER NOT NULL,
    last_played        BIGINT,
    rating             DOUBLE PRECISION,
    hidden_from_resume INTEGER NOT NULL,
    changed            BIGINT  NOT NULL,
    PRIMARY KEY (user_id, item_id)
);

CREATE TABLE outbox (
    id       INTEGER NOT NULL PRIMARY KEY,
    user_id  TEXT    NOT NULL REFERENCES gateway_user (id) ON DELETE CASCADE,
    item_id  INTEGER NOT NULL,
    upstream INTEGER NOT NULL,
    kind     TEXT    NOT NULL,
    body     TEXT    NOT NULL,
    made     BIGINT  NOT NULL,
    due      BIGINT  NOT NULL,
    attempts INTEGER NOT NULL,
    reason   TEXT    NOT NULL -- of the last failure
);
CREATE UNIQUE INDEX outbox_waiting ON outbox (user_id, item_id, upstream, kind);
CREATE INDEX outbox_due ON outbox (due);
CREATE INDEX outbox_upstream ON outbox (upstream);
