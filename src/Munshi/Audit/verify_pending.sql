-- A workspace's events that have no entry.
-- $1 uuid         workspace
-- $2 timestamptz  an event before this time should have its entry
-- $3 timestamptz  an event after this time lies in the future
SELECT v.id, v.action, v.object, v.commitment, v.ciphertext_hash, v.at NOT BETWEEN $2 AND $3
FROM audit.event v
WHERE v.client_id = $1
    AND NOT EXISTS (SELECT FROM ledger.entry l WHERE l.client_id = v.client_id AND l.event_id = v.id)
ORDER BY v.id
