-- Those of a log's recorded erasures that have one of these ids.
-- $1 uuid    workspace
-- $2 uuid[]  ids
SELECT e.id, e.note
FROM ledger.erasure e
WHERE e.client_id = $1 AND e.id = ANY ($2)
