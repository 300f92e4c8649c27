-- Facts clustered by person, the journal that says whose facts changed, and the cards derived from them.

-- A profile is one source customer; it belongs to a person. Its own key ('id:…', 'email:…' or 'phone:…') names it.
CREATE TABLE profiles (
  account INTEGER NOT NULL,
  person INTEGER NOT NULL,
  key TEXT NOT NULL,
  channel TEXT,
  name TEXT,
  email TEXT,
  phone TEXT,
  created_at INTEGER,
  traits TEXT NOT NULL DEFAULT '{}',
  tags TEXT NOT NULL DEFAULT '[]',
  updated_at INTEGER,
  PRIMARY KEY (account, person, key)
) WITHOUT ROWID;

-- A key leads to the profile that claimed it first; the row of a profile's own key carries the person.
CREATE TABLE identities (
  account INTEGER NOT NULL,
  key TEXT NOT NULL,
  profile TEXT NOT NULL,
  verified INTEGER NOT NULL DEFAULT 0,
  person INTEGER,
  PRIMARY KEY (account, key)
) WITHOUT ROWID;

CREATE TABLE persons (
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  -- Highest journal entry that the card has seen.
  seq INTEGER NOT NULL,
  events INTEGER NOT NULL DEFAULT 0,
  -- Given by a human; wins over every profile's name.
  name TEXT,
  card TEXT NOT NULL DEFAULT '{}',
  -- Where all profiles of this person went; null while it has any.
  merged_into INTEGER,
  PRIMARY KEY (account, id)
) WITHOUT ROWID;

CREATE TABLE places (
  account INTEGER NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  person INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (account, kind, id)
) WITHOUT ROWID;

CREATE TABLE orders (
  account INTEGER NOT NULL,
  person INTEGER NOT NULL,
  at INTEGER NOT NULL,
  id TEXT NOT NULL,
  profile TEXT NOT NULL,
  channel TEXT NOT NULL,
  status TEXT NOT NULL,
  currency TEXT NOT NULL,
  total INTEGER NOT NULL,
  paid INTEGER NOT NULL,
  -- JSON: paymentStatus, fulfilment, url, shipTo, refunds, properties, lines.
  detail TEXT NOT NULL DEFAULT '{}',
  updated_at INTEGER,
  PRIMARY KEY (account, person, at, id)
) WITHOUT ROWID;

CREATE TABLE refunds (
  account INTEGER NOT NULL,
  person INTEGER NOT NULL,
  at INTEGER NOT NULL,
  id TEXT NOT NULL,
  profile TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL,
  order_id TEXT,
  updated_at INTEGER,
  PRIMARY KEY (account, person, at, id)
) WITHOUT ROWID;

CREATE TABLE tickets (
  account INTEGER NOT NULL,
  person INTEGER NOT NULL,
  at INTEGER NOT NULL,
  id TEXT NOT NULL,
  profile TEXT NOT NULL,
  channel TEXT NOT NULL,
  status TEXT NOT NULL,
  type TEXT,
  subject TEXT,
  solved_at INTEGER,
  reopens INTEGER NOT NULL DEFAULT 0,
  assignee TEXT,
  assignee_name TEXT,
  group_name TEXT,
  -- JSON: tags, fields, orderIds, mergedInto.
  detail TEXT NOT NULL DEFAULT '{}',
  updated_at INTEGER,
  PRIMARY KEY (account, person, at, id)
) WITHOUT ROWID;

CREATE INDEX tickets_open ON tickets (account, person, at) WHERE status IN ('new', 'open', 'pending', 'hold');

-- Person 0 keeps what arrived before its ticket.
CREATE TABLE messages (
  account INTEGER NOT NULL,
  person INTEGER NOT NULL,
  ticket TEXT NOT NULL,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  author TEXT NOT NULL,
  public INTEGER NOT NULL,
  text TEXT,
  -- JSON: score, label, language, evidence; null until scored.
  sentiment TEXT,
  updated_at INTEGER,
  PRIMARY KEY (account, person, ticket, id)
) WITHOUT ROWID;

CREATE TABLE ratings (
  account INTEGER NOT NULL,
  person INTEGER NOT NULL,
  ticket TEXT NOT NULL,
  id TEXT NOT NULL,
  offered_at INTEGER,
  rated_at INTEGER,
  level INTEGER,
  scale INTEGER NOT NULL,
  reasons TEXT NOT NULL DEFAULT '[]',
  comment TEXT,
  agent TEXT,
  agent_name TEXT,
  group_name TEXT,
  updated_at INTEGER,
  PRIMARY KEY (account, person, ticket, id)
) WITHOUT ROWID;

-- Dated sights of traits and tags: name is 'trait:<name>' or 'tag:<tag>', value is JSON (tags: true or false).
CREATE TABLE observations (
  account INTEGER NOT NULL,
  person INTEGER NOT NULL,
  profile TEXT NOT NULL,
  name TEXT NOT NULL,
  at INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (account, person, profile, name, at)
) WITHOUT ROWID;

CREATE TABLE journal (
  account INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  -- JSON list of the persons whose facts changed, owners before and after.
  persons TEXT NOT NULL,
  -- 0: only their cards are made again (rules, settings or a line changed); columns need not look.
  facts INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (account, seq)
) WITHOUT ROWID;

-- One row per account: how far evaluation came, and today's lines of the rank segments (JSON, see worker/lines.ts).
CREATE TABLE states (
  account INTEGER NOT NULL PRIMARY KEY,
  evaluated INTEGER NOT NULL DEFAULT 0,
  -- Settings and segment versions that all journaled cards follow.
  basis TEXT NOT NULL DEFAULT '',
  lines TEXT NOT NULL DEFAULT '{}'
) WITHOUT ROWID;

CREATE TABLE suggestions (
  account INTEGER NOT NULL,
  person INTEGER NOT NULL,
  other INTEGER NOT NULL,
  key TEXT NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'open',
  PRIMARY KEY (account, person, other, key)
) WITHOUT ROWID;

CREATE INDEX suggestions_other ON suggestions (account, other);

-- Every move of profiles between persons: merges, splits and their undoing.
CREATE TABLE moves (
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  from_person INTEGER NOT NULL,
  into_person INTEGER NOT NULL,
  -- JSON list of the profiles that moved.
  profiles TEXT NOT NULL,
  actor TEXT NOT NULL,
  undone_at INTEGER,
  PRIMARY KEY (account, id)
) WITHOUT ROWID;

CREATE TABLE segments (
  account INTEGER NOT NULL,
  key TEXT NOT NULL,
  name TEXT,
  rule TEXT NOT NULL,
  basis TEXT,
  grouping TEXT,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  -- Default segments live in code; a row of the same key stands for an edited or deleted one.
  deleted_at INTEGER,
  PRIMARY KEY (account, key)
) WITHOUT ROWID;

-- Sets of segments that are shown together.
CREATE TABLE segment_groups (
  account INTEGER NOT NULL,
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account, key)
) WITHOUT ROWID;

CREATE TABLE segment_versions (
  account INTEGER NOT NULL,
  key TEXT NOT NULL,
  version INTEGER NOT NULL,
  name TEXT,
  rule TEXT NOT NULL,
  basis TEXT,
  actor TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account, key, version)
) WITHOUT ROWID;

-- Histories of the lines of rank rules, as of a journal entry: JSON {day, value, n, k}, a line of lists.
CREATE TABLE lines (
  account INTEGER NOT NULL,
  key TEXT NOT NULL,
  steps TEXT NOT NULL,
  PRIMARY KEY (account, key)
) WITHOUT ROWID;

CREATE TABLE rates (
  account INTEGER NOT NULL,
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  day INTEGER NOT NULL,
  rate REAL NOT NULL,
  PRIMARY KEY (account, source, target, day)
) WITHOUT ROWID;

CREATE TABLE leases (
  account INTEGER NOT NULL,
  name TEXT NOT NULL,
  holder TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (account, name)
) WITHOUT ROWID;

CREATE TABLE jobs (
  account INTEGER NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  detail TEXT NOT NULL DEFAULT '{}',
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (account, name)
) WITHOUT ROWID;

-- Columns: a projection of the rows, dropped and rebuilt at any time. A chunk is a slice of the facts of the persons
-- from `first` on; the row at first -1 lists the ranges that are held.
CREATE TABLE chunks (
  account INTEGER NOT NULL,
  first INTEGER NOT NULL,
  slice TEXT NOT NULL,
  part INTEGER NOT NULL,
  parts INTEGER NOT NULL,
  -- Names one writing of the range: chunks of two writings do not fit together.
  version TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (account, first, slice, part)
) WITHOUT ROWID;
