-- How tickets are grouped into inquiry cases. Cases themselves are computed from the columns.
CREATE TABLE aggregation_methods (
  account INTEGER NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  -- JSON list of keys.
  keys TEXT NOT NULL,
  gap_hours REAL,
  gap_from TEXT NOT NULL,
  -- First day (since 1970) of the tickets that are grouped; null: three months back from today.
  since INTEGER,
  -- JSON list of filters on tickets.
  filters TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account, id)
) WITHOUT ROWID;

-- What humans said of a ticket: it begins a case, or belongs to the one before it.
CREATE TABLE case_sayings (
  account INTEGER NOT NULL,
  method TEXT NOT NULL,
  ticket TEXT NOT NULL,
  said TEXT NOT NULL,
  actor TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (account, method, ticket)
) WITHOUT ROWID;
