-- The newest checkpoint of every log: one index look-up a log.
WITH RECURSIVE log AS (
    (SELECT client_id FROM ledger.checkpoint ORDER BY client_id LIMIT 1)
    UNION ALL
    SELECT (SELECT c.client_id FROM ledger.checkpoint c WHERE c.client_id > log.client_id ORDER BY c.client_id LIMIT 1)
    FROM log
    WHERE log.client_id IS NOT NULL
)
SELECT log.client_id, last.size, last.root
FROM log
CROSS JOIN LATERAL (
    SELECT c.size, c.root FROM ledger.checkpoint c WHERE c.client_id = log.client_id ORDER BY c.size DESC LIMIT 1
) last
