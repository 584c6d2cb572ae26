-- Digests of samples of files, by which two copies are known to be the same without having either.
CREATE TABLE fingerprint (
    upstream INTEGER NOT NULL REFERENCES upstream (id),
    file_id  TEXT    NOT NULL, -- the upstream's id of the version
    size     INTEGER NOT NULL,
    digest   TEXT    NOT NULL,
    taken_at INTEGER NOT NULL,
    PRIMARY KEY (upstream, file_id)
);
