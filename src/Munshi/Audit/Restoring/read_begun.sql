-- What tells of the ledger's new names, in any log; in the index of just these.
SELECT e.object
FROM audit.event e
WHERE e.action = 'ledger.begun-anew'
