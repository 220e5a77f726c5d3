-- A log's rows from a number on.
-- $1 uuid    workspace
-- $2 bigint  the first number
-- $3 bigint  how many at most
SELECT e.seq, e.leaf, e.row_hash
FROM ledger.entry e
WHERE e.client_id = $1 AND e.seq >= $2
ORDER BY e.seq
LIMIT $3
