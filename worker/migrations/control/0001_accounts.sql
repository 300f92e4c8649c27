-- Accounts, their keys and members, and which signed requests were already used.
CREATE TABLE accounts (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  currency TEXT NOT NULL,
  industry TEXT,
  week_start INTEGER NOT NULL DEFAULT 1,
  count_unpaid INTEGER NOT NULL DEFAULT 0,
  schedules TEXT NOT NULL DEFAULT '[]',
  settings TEXT NOT NULL DEFAULT '{}',
  -- Help desk: sub-domain, installation of the app, PEM key of its signed requests, origins that may frame it.
  subdomain TEXT UNIQUE,
  installation TEXT,
  app_public_key TEXT,
  frame_origins TEXT NOT NULL DEFAULT '[]',
  shard TEXT NOT NULL DEFAULT 'SHARD_00',
  -- Raised when a change makes every card and column stale (zone, currency, what counts).
  revision INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL
);

CREATE TABLE keys (
  account INTEGER NOT NULL,
  hash TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER,
  PRIMARY KEY (account, hash)
) WITHOUT ROWID;

CREATE TABLE members (
  account INTEGER NOT NULL,
  user_id TEXT NOT NULL,
  name TEXT,
  role TEXT NOT NULL DEFAULT 'agent',
  checked_at INTEGER NOT NULL,
  PRIMARY KEY (account, user_id)
) WITHOUT ROWID;

-- Signed requests already used, by the hash of what was signed; ordered by expiry so that old ones go without a scan.
CREATE TABLE used_tokens (
  account INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (account, expires_at, hash)
) WITHOUT ROWID;
