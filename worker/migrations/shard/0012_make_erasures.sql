-- What was erased: a receipt for each person, without anything personal, and hashes of the keys that must stay away.
CREATE TABLE erasures (
  account INTEGER NOT NULL,
  at INTEGER NOT NULL,
  person INTEGER NOT NULL,
  actor TEXT NOT NULL,
  -- JSON: rows erased by kind.
  facts TEXT NOT NULL,
  PRIMARY KEY (account, at, person)
) WITHOUT ROWID;

CREATE TABLE tombstones (
  account INTEGER NOT NULL,
  hash TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (account, hash)
) WITHOUT ROWID;

CREATE INDEX moves_into ON moves (account, into_person);
CREATE INDEX moves_from ON moves (account, from_person);
