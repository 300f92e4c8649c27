-- The account's connection to its help desk: sealed tokens, webhook, what was spent of the rate limit.
CREATE TABLE connections (
  account INTEGER PRIMARY KEY,
  state TEXT NOT NULL,
  subdomain TEXT NOT NULL,
  -- Sealed with the key ring; a new pair raises the version.
  access TEXT,
  refresh TEXT,
  expires_at INTEGER NOT NULL DEFAULT 0,
  refresh_expires_at INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  scope TEXT NOT NULL DEFAULT '',
  -- Our own address, where webhooks come to.
  origin TEXT NOT NULL,
  webhook TEXT,
  -- Sealed.
  webhook_secret TEXT,
  -- The help desk's own account number, known from its first genuine delivery.
  zendesk_account TEXT,
  trouble TEXT,
  -- Nothing is asked before this instant.
  resume_at INTEGER NOT NULL DEFAULT 0,
  -- JSON: minute, calls, exports, and the limits last seen.
  spent TEXT NOT NULL DEFAULT '{}',
  -- JSON: agents, groups, ticket fields.
  directory TEXT NOT NULL DEFAULT '{}',
  connected_by TEXT NOT NULL,
  connected_at INTEGER NOT NULL
);

-- Logins that were begun: the hash of their state, the sealed verifier.
CREATE TABLE logins (
  account INTEGER NOT NULL,
  state TEXT NOT NULL,
  verifier TEXT NOT NULL,
  actor TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (account, state)
) WITHOUT ROWID;

-- How far each stream has been read.
CREATE TABLE streams (
  account INTEGER NOT NULL,
  name TEXT NOT NULL,
  -- JSON, of the stream.
  cursor TEXT NOT NULL,
  done INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0,
  total INTEGER,
  -- 1 once the end was reached for the first time.
  caught_up INTEGER NOT NULL DEFAULT 0,
  -- What happened until then is here.
  up_to INTEGER NOT NULL DEFAULT 0,
  trouble TEXT,
  fails INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account, name)
) WITHOUT ROWID;

-- Things that may have changed, to be looked at by themselves.
CREATE TABLE hints (
  account INTEGER NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account, kind, id)
) WITHOUT ROWID;

-- Deliveries that were taken, so that a repeated one does nothing.
CREATE TABLE deliveries (
  account INTEGER NOT NULL,
  at INTEGER NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (account, id)
) WITHOUT ROWID;

-- Whose ticket it was when a survey was answered; it is told apart from the answer.
CREATE TABLE survey_marks (
  account INTEGER NOT NULL,
  response TEXT NOT NULL,
  agent TEXT,
  group_id TEXT,
  PRIMARY KEY (account, response)
) WITHOUT ROWID;

-- Tickets that went into others; it is told on the other ticket.
CREATE TABLE merged_tickets (
  account INTEGER NOT NULL,
  ticket TEXT NOT NULL,
  into_ticket TEXT NOT NULL,
  PRIMARY KEY (account, ticket)
) WITHOUT ROWID;
