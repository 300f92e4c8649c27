-- Journey boards: nodes and arrows between segments, one board for each group of segments and one for all.
CREATE TABLE boards (
  account INTEGER NOT NULL,
  -- Key of a segment group; empty: the board of all segments.
  grouping TEXT NOT NULL,
  -- JSON: nodes, arrows.
  body TEXT NOT NULL,
  version INTEGER NOT NULL,
  actor TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (account, grouping)
) WITHOUT ROWID;
