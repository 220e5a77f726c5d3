-- The leaves that tell of an erasure, from a row of a log on.
-- $1 uuid    workspace
-- $2 bigint  the row
SELECT l.leaf
FROM ledger.entry l
WHERE l.client_id = $1 AND l.seq >= $2 AND position(E'\naction erasure.destroyed\n' IN l.leaf) > 0
ORDER BY l.seq
