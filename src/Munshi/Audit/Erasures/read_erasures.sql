-- A log's recorded erasures.
-- $1 uuid  workspace
SELECT e.id, e.note
FROM ledger.erasure e
WHERE e.client_id = $1
ORDER BY e.id
