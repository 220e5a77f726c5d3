-- A log's newest checkpoint whose tick the instance log has published.
-- $1 uuid  workspace
SELECT c.size, c.root, c.note, c.tick, c.place, c.salt, c.path, c.frontier
FROM ledger.checkpoint c
WHERE c.client_id = $1 AND c.tick < (SELECT max(i.size) FROM ledger.instance_checkpoint i)
ORDER BY c.size DESC
LIMIT 1
