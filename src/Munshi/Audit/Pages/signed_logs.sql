-- The newest checkpoints of one log, each with the leaf of its tick.
-- $1 uuid  log
-- $2 int   how many
SELECT c.size, c.root, c.tick, t.leaf, c.note
FROM ledger.checkpoint c LEFT JOIN ledger.tick t ON t.seq = c.tick
WHERE c.client_id = $1
ORDER BY c.size DESC
LIMIT $2;
