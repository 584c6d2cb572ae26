-- What is known of merges: ids that disagree, and what only looks wrong.
ALTER TABLE merge_conflict ADD COLUMN suspicion INTEGER NOT NULL DEFAULT 0; -- 0: ids disagree; 1: no id says so

-- What films and series are compared by has changed: they are merged anew when they are next seen.
UPDATE item_copy SET content = 0 WHERE kind IN (1, 2);
