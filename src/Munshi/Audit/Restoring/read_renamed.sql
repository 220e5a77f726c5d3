-- The leaves that gave the ledger a new name, the newest first; in the index of just these.
SELECT t.leaf
FROM ledger.tick t
WHERE t.leaf LIKE 'munshi-origin/1%'
ORDER BY t.seq DESC
