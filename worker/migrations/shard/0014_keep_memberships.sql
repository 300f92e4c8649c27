-- Membership logs of the nodes that are counted together, so that a fresh instance need not evaluate them again: a
-- projection of the columns, of no use beside others than those of its versions, dropped at any time.
CREATE TABLE kept_memberships (
  account INTEGER NOT NULL,
  -- Names the rules and lines.
  name TEXT NOT NULL,
  part INTEGER NOT NULL,
  parts INTEGER NOT NULL,
  at INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (account, name, part)
) WITHOUT ROWID;
