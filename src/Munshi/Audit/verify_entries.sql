-- A log's rows after a number, each with its event as it stands now.
-- $1 uuid    workspace
-- $2 bigint  the number
SELECT l.seq, l.leaf, l.row_hash, v.id, trunc(extract(epoch FROM v.at) * 1000000)::text, v.actor, v.action, v.object, v.commitment, v.ciphertext_hash, l.event_id
FROM ledger.entry l
LEFT JOIN audit.event v ON v.client_id = l.client_id AND v.id = l.event_id
WHERE l.client_id = $1 AND l.seq > $2
ORDER BY l.seq
LIMIT 5000
