-- The visible events from the cursor on that have no entry yet; never "id > the last one seen", which misses late commits.
-- $1 xid8    the cursor's transaction
-- $2 bigint  the cursor's event
SELECT e.xid, e.id, e.client_id, e.at, e.actor, e.action, e.object, e.commitment, e.ciphertext_hash
FROM audit.event e
WHERE (e.xid, e.id) > ($1, $2)
    AND NOT EXISTS (SELECT FROM ledger.entry l WHERE l.event_id = e.id)
ORDER BY e.xid, e.id
LIMIT 5000
