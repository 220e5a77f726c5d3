-- The newest checkpoint that enough witnesses cosigned, and the newest of all: the same one where they have kept up. Newest first.
-- $1 text[]  the configured witnesses' names
-- $2 int     how many of them are enough; 0 where there are none
WITH newest AS (
    SELECT max(c.size) AS size FROM ledger.instance_checkpoint c
), met AS (
    SELECT s.size
    FROM ledger.cosignature s, newest
    WHERE s.size > newest.size - 100000 AND s.witness = ANY ($1)
    GROUP BY s.size
    HAVING count(*) >= greatest($2, 1)
    ORDER BY s.size DESC
    LIMIT 1
)
SELECT c.size, c.note, c.at, coalesce((SELECT array_agg(s.line ORDER BY s.witness) FROM ledger.cosignature s WHERE s.size = c.size AND s.witness = ANY ($1)), '{}')
FROM ledger.instance_checkpoint c
WHERE c.size IN (SELECT size FROM met UNION SELECT size FROM newest)
ORDER BY c.size DESC
