-- The leaf that gave the ledger its newest name; in the index of just these.
SELECT t.leaf
FROM ledger.tick t
WHERE t.leaf LIKE 'munshi-origin/1%'
ORDER BY t.seq DESC
LIMIT 1
