-- A log's nodes that cover rows which are not there.
-- $1 uuid  workspace
SELECT n.height, n.index
FROM ledger.node n
WHERE n.client_id = $1
    AND (n.index + 1) * (16::numeric ^ (n.height + 1)) > (
        SELECT coalesce(max(e.seq) + 1, 0) FROM ledger.entry e WHERE e.client_id = $1
    )
ORDER BY n.height, n.index
