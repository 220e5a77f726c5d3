-- A log's events that have no row yet, from the sequencer's cursor on: a backup may have them although their rows are younger than it.
-- $1 uuid  workspace
SELECT trunc(extract(epoch FROM e.at) * 1000000)::text, e.actor, e.action, e.object, e.commitment, e.ciphertext_hash, e.id
FROM audit.sequencer_cursor c
JOIN audit.event e ON (e.xid, e.id) > (c.xid, c.id)
WHERE e.client_id = $1
    AND NOT EXISTS (SELECT FROM ledger.entry l WHERE l.event_id = e.id)
ORDER BY e.xid, e.id
