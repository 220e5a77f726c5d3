-- The recorded restores of which no event tells; the events are looked up in the index of just these.
SELECT r.note, r.client_id
FROM ledger.restore r
WHERE NOT EXISTS (
    SELECT FROM audit.event e WHERE e.client_id = r.client_id AND e.object = 'restore:' || r.id AND e.action = 'ledger.restored'
)
ORDER BY r.client_id, r.first_seq
