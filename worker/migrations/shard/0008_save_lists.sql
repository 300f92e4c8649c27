-- Lists of customers that somebody keeps: for themselves, or for everybody in the account.
CREATE TABLE lists (
  account INTEGER NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  -- Caller who made it.
  owner TEXT NOT NULL,
  shared INTEGER NOT NULL,
  -- JSON: parameters of the customer list.
  query TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (account, id)
) WITHOUT ROWID;
