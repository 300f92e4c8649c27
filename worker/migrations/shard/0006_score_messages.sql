-- What an agent said a message is; it stays when the message is scored again.
ALTER TABLE messages ADD COLUMN corrected TEXT;

CREATE INDEX messages_corrected ON messages (account, corrected) WHERE corrected IS NOT NULL;

-- JSON: what the account's corrections add to every new score.
ALTER TABLE states ADD COLUMN calibration TEXT NOT NULL DEFAULT '{}';
-- JSON: how well scores agree with the account's own ratings, as of the last night.
ALTER TABLE states ADD COLUMN agreement TEXT NOT NULL DEFAULT '{}';
