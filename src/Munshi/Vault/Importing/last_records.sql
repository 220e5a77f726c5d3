-- The last record of each import into a customer's chats, where it was new: its lines show whether the file ended in it.
-- $1 uuid  workspace
-- $2 uuid  contact
SELECT m.id, m.key_id, m.raw_sealed
FROM vault.import i
CROSS JOIN LATERAL (
    SELECT o.ordinal FROM vault.observation o WHERE o.client_id = $1 AND o.import_id = i.id ORDER BY o.ordinal DESC LIMIT 1) l
JOIN vault.observation o ON o.client_id = $1 AND o.import_id = i.id AND o.ordinal = l.ordinal AND o.outcome = 'new'
JOIN vault.message m ON m.client_id = $1 AND m.id = o.message_id
WHERE i.client_id = $1 AND i.identifier_id IN (SELECT n.id FROM vault.identifier n WHERE n.client_id = $1 AND n.contact_id = $2);
