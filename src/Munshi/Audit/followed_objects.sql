-- What the entries of a log after a number are about, and each entry's hash. The range bounds the scan whatever the planner thinks of the log's length.
-- $1 uuid    workspace
-- $2 bigint  the number
-- $3 int     how many entries
SELECT l.seq, l.row_hash, v.object
FROM ledger.entry l
LEFT JOIN LATERAL (SELECT e.object FROM audit.event e WHERE e.client_id = l.client_id AND e.id = l.event_id OFFSET 0) v ON true
WHERE l.client_id = $1 AND l.seq > $2 AND l.seq <= $2 + $3
ORDER BY l.seq;
