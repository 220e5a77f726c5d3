-- Adds a revision of an entry, if it is still at the revision the change was made from.
-- $1 uuid         workspace
-- $2 text         entry
-- $3 uuid         row
-- $4 boolean      whether it is retired
-- $5 bytea        sealed content, null when it is retired
-- $6 timestamptz  now
-- $7 int          the revision it was made from; 0 for a new entry
INSERT INTO knowledge.entry (client_id, entry_id, revision, row_id, retired, entry_sealed, created_at)
SELECT $1, $2, $7 + 1, $3, $4, $5, $6
FROM knowledge.entry WHERE client_id = $1 AND entry_id = $2
HAVING coalesce(max(revision), 0) = $7;
