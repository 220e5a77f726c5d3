-- The first entries of messages, as far as a checkpoint covers them.
-- $1 uuid    workspace
-- $2 uuid[]  messages
-- $3 bigint  the checkpoint's number of entries
SELECT p.object, e.seq, e.leaf
FROM ledger.place p
JOIN ledger.entry e ON e.client_id = $1 AND e.seq = p.seq
WHERE p.client_id = $1 AND p.object = ANY ($2) AND p.seq < $3
