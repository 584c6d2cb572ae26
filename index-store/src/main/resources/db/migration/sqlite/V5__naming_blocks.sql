-- Which copies name a by-name item: for each block of copies with neighbouring numbers a filter of what they name. Pairs
-- of the two were most of what was written when an item was learned. Filled at the next start.
DROP TABLE copy_naming;
CREATE TABLE naming_block (
    block INTEGER NOT NULL PRIMARY KEY,
    names BLOB    NOT NULL
);

-- The keys of a copy follow from its other columns: nobody looks for them by the copy.
DROP INDEX copy_key_copy;
