-- How many entries of a log were signed before two instants, and are signed now.
-- $1 uuid         workspace
-- $2 timestamptz  the earlier instant
-- $3 timestamptz  the later
SELECT
    coalesce((
        SELECT c.size FROM ledger.checkpoint c
        WHERE c.client_id = $1 AND c.tick < (SELECT i.size FROM ledger.instance_checkpoint i WHERE i.at < $2 ORDER BY i.size DESC LIMIT 1)
        ORDER BY c.tick DESC LIMIT 1
    ), 0),
    coalesce((
        SELECT c.size FROM ledger.checkpoint c
        WHERE c.client_id = $1 AND c.tick < (SELECT i.size FROM ledger.instance_checkpoint i WHERE i.at < $3 ORDER BY i.size DESC LIMIT 1)
        ORDER BY c.tick DESC LIMIT 1
    ), 0),
    coalesce((SELECT max(c.size) FROM ledger.checkpoint c WHERE c.client_id = $1), 0)
