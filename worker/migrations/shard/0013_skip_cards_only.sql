-- For an entry that only remakes cards: the latest one before it that tells of facts, so that a reader of facts
-- steps over a whole run of such entries.
ALTER TABLE journal ADD COLUMN prior INTEGER NOT NULL DEFAULT 0;

UPDATE journal SET prior = coalesce((SELECT max(f.seq) FROM journal f
    WHERE f.account = journal.account AND f.seq < journal.seq AND f.facts = 1), 0)
  WHERE facts = 0;

-- Ranges have another size now; columns are made again from the rows.
DELETE FROM chunks;
