-- The last row of every log: one index look-up a log, never a scan of the ledger.
WITH RECURSIVE log AS (
    (SELECT client_id FROM ledger.entry ORDER BY client_id LIMIT 1)
    UNION ALL
    SELECT (SELECT e.client_id FROM ledger.entry e WHERE e.client_id > log.client_id ORDER BY e.client_id LIMIT 1)
    FROM log
    WHERE log.client_id IS NOT NULL
)
SELECT log.client_id, head.seq, head.row_hash
FROM log
CROSS JOIN LATERAL (
    SELECT e.seq, e.row_hash FROM ledger.entry e WHERE e.client_id = log.client_id ORDER BY e.seq DESC LIMIT 1
) head
