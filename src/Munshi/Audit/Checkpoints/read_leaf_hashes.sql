-- A workspace log's row hashes.
-- $1 uuid      workspace
-- $2 bigint[]  sequence numbers
SELECT e.seq, e.row_hash
FROM ledger.entry e
WHERE e.client_id = $1 AND e.seq = ANY ($2)
