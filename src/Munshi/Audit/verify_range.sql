-- A log's first row from a number on, and the row before it.
-- $1 uuid    workspace
-- $2 bigint  the number
SELECT f.seq, f.event_id, b.seq, b.leaf, b.row_hash
FROM (
    SELECT e.seq, e.event_id FROM ledger.entry e WHERE e.client_id = $1 AND e.seq >= $2 ORDER BY e.seq LIMIT 1
) f
LEFT JOIN LATERAL (
    SELECT e.seq, e.leaf, e.row_hash FROM ledger.entry e WHERE e.client_id = $1 AND e.seq < f.seq ORDER BY e.seq DESC LIMIT 1
) b ON true
