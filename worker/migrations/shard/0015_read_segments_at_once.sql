-- All current segments of an account in one row, as JSON: every question reads them, and so reads one row. Written
-- with `segments` and from it only.
CREATE TABLE segment_sets (
  account INTEGER NOT NULL PRIMARY KEY,
  body TEXT NOT NULL
);

INSERT INTO segment_sets (account, body)
SELECT account, json_group_array(json_object('key', key, 'name', name, 'rule', json(rule), 'basis', basis,
  'group', grouping, 'version', version, 'deleted', json(iif(deleted_at IS NULL, 'false', 'true')),
  'createdAt', created_at))
FROM segments GROUP BY account;
