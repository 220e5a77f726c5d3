-- A workspace's events that have no entry, among those named and those of transactions that had not ended when the reading began.
-- $1 uuid         workspace
-- $2 timestamptz  an event before this time should have its entry
-- $3 timestamptz  an event after this time lies in the future
-- $4 bigint[]     events that had none when they were read
-- $5 xid8         the oldest transaction that had not ended
SELECT v.id, v.action, v.object, v.commitment, v.ciphertext_hash, v.at NOT BETWEEN $2 AND $3
FROM audit.event v
WHERE v.client_id = $1
    AND v.id = ANY ($4)
    AND NOT EXISTS (SELECT FROM ledger.entry l WHERE l.client_id = v.client_id AND l.event_id = v.id)
UNION
SELECT v.id, v.action, v.object, v.commitment, v.ciphertext_hash, v.at NOT BETWEEN $2 AND $3
FROM audit.event v
WHERE v.client_id = $1
    AND v.xid >= $5
    AND NOT EXISTS (SELECT FROM ledger.entry l WHERE l.client_id = v.client_id AND l.event_id = v.id)
ORDER BY 1
