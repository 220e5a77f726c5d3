-- Rows of a log whose event has another row before. The unique key forbids it; a superuser may have dropped the key.
-- $1 uuid  workspace
SELECT max(l.seq)
FROM ledger.entry l
WHERE l.client_id = $1
GROUP BY l.event_id
HAVING count(*) > 1
ORDER BY max(l.seq)
