-- Which of a workspace's events still have no entry.
-- $1 uuid      workspace
-- $2 bigint[]  events
SELECT v.id
FROM audit.event v
WHERE v.client_id = $1
    AND v.id = ANY ($2)
    AND NOT EXISTS (SELECT FROM ledger.entry l WHERE l.client_id = v.client_id AND l.event_id = v.id)
ORDER BY v.id
