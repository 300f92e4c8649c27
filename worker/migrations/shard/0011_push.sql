-- What the push to the help desk is set to, and how far it is; one row per account.
CREATE TABLE push_states (
  account INTEGER NOT NULL PRIMARY KEY,
  settings TEXT NOT NULL DEFAULT '{}',
  -- Raised whenever settings are saved: a run that began with others notes no progress.
  revision INTEGER NOT NULL DEFAULT 0,
  -- Journal entry up to which everybody was looked at.
  cursor INTEGER NOT NULL DEFAULT 0,
  -- Person up to which everybody is being looked at; null when nobody needs to be.
  everybody INTEGER,
  -- Why everybody is looked at.
  cause TEXT NOT NULL DEFAULT 'settings',
  -- Help-desk user up to which fields are being read there; null when they need not be.
  verified TEXT,
  -- Day of the account whose changes by date have been found.
  day INTEGER NOT NULL DEFAULT 0,
  -- JSON: our fields at the help desk by key, when they were looked at, triggers of the starter kit.
  fields TEXT NOT NULL DEFAULT '{}',
  triggers TEXT NOT NULL DEFAULT '{}',
  -- Group of the help desk that takes over tickets of those who are upset or at risk; null: none does.
  trigger_group TEXT,
  -- JSON: targets by what they wait for, and when they were counted.
  counted TEXT,
  trouble TEXT,
  resume_at INTEGER NOT NULL DEFAULT 0
);

-- A user or open ticket of the help desk: what it should hold and what it holds.
CREATE TABLE push_targets (
  account INTEGER NOT NULL,
  kind TEXT NOT NULL,
  target TEXT NOT NULL,
  -- 0: somebody who was erased, and whose fields are being emptied.
  person INTEGER NOT NULL,
  -- JSON with keys in order; equal texts = nothing to write.
  wanted TEXT NOT NULL,
  has TEXT NOT NULL DEFAULT '{}',
  -- JSON: why, by key.
  because TEXT NOT NULL DEFAULT '{}',
  cause TEXT NOT NULL,
  -- When to write; null while there is nothing to write, or while a batch is on its way.
  due_at INTEGER,
  batch TEXT,
  tries INTEGER NOT NULL DEFAULT 0,
  -- When it was last written to, and when the help desk itself showed it so.
  sent_at INTEGER,
  confirmed_at INTEGER,
  trouble TEXT,
  -- Day on which it may change though nothing happens.
  changes_on INTEGER,
  PRIMARY KEY (account, kind, target)
) WITHOUT ROWID;

CREATE INDEX push_due ON push_targets (account, kind, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX push_persons ON push_targets (account, person);

-- Rows on their way: written down before they are sent, with the help desk's job before its results are read.
CREATE TABLE push_batches (
  account INTEGER NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  job TEXT,
  -- JSON list: target, person, changes, because, cause.
  rows TEXT NOT NULL,
  PRIMARY KEY (account, id)
) WITHOUT ROWID;

-- Everything that was written, and why.
CREATE TABLE push_writes (
  account INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  target TEXT NOT NULL,
  person INTEGER NOT NULL,
  -- JSON by key: what was written (null = emptied), and why.
  changes TEXT NOT NULL,
  because TEXT NOT NULL,
  cause TEXT NOT NULL,
  outcome TEXT NOT NULL,
  PRIMARY KEY (account, at, kind, target)
) WITHOUT ROWID;

CREATE INDEX push_written ON push_writes (account, person);

-- What was put on persons by acting on a list; the field is named by the action.
CREATE TABLE push_actions (
  account INTEGER NOT NULL,
  name TEXT NOT NULL,
  -- checkbox or text.
  type TEXT NOT NULL,
  actor TEXT NOT NULL,
  at INTEGER NOT NULL,
  total INTEGER NOT NULL,
  PRIMARY KEY (account, name)
) WITHOUT ROWID;

CREATE TABLE push_marks (
  account INTEGER NOT NULL,
  person INTEGER NOT NULL,
  name TEXT NOT NULL,
  -- JSON value.
  value TEXT NOT NULL,
  PRIMARY KEY (account, person, name)
) WITHOUT ROWID;

-- JSON: what cards hold for the push alone.
ALTER TABLE states ADD COLUMN wishes TEXT NOT NULL DEFAULT '{}';

-- The webhook that triggers call; its secret is sealed.
ALTER TABLE connections ADD COLUMN trigger_webhook TEXT;
ALTER TABLE connections ADD COLUMN trigger_secret TEXT;
