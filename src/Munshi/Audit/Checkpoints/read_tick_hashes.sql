-- The instance log's leaf hashes.
-- $1 bigint[]  sequence numbers
SELECT t.seq, t.leaf_hash
FROM ledger.tick t
WHERE t.seq = ANY ($1)
