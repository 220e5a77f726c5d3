-- How whoever a message was written for is reached; none where that identifier is another contact's by now.
-- First the number that WhatsApp told after their last message, then their own, then the contact's newest: a contact whom people joined has several numbers.
-- $1 uuid  workspace
-- $2 uuid  contact
-- $3 uuid  identifier for which the message was written
-- $4 uuid  conversation
SELECT i.id, i.kind, i.value_sealed, k.key_id
FROM vault.identifier w
JOIN vault.identifier i ON i.client_id = $1 AND i.contact_id = $2
JOIN vault.data_key k ON k.client_id = $1 AND k.identifier_id = i.id AND k.period = 0
LEFT JOIN LATERAL (
    SELECT e.at, e.actor LIKE 'person:%' AS by_person FROM vault.contact_event e
    WHERE e.client_id = $1 AND e.contact_id = $2 AND e.kind = 'merged' AND i.id = ANY (e.identifier_ids)
    ORDER BY e.at DESC, e.id DESC
    LIMIT 1) j ON true
WHERE w.client_id = $1 AND w.id = $3 AND w.contact_id = $2
ORDER BY i.kind = 'phone' DESC,
    CASE WHEN i.id = w.id OR j.by_person THEN false ELSE coalesce(j.at, i.created_at) > coalesce((
        SELECT m.at FROM vault.message m
        WHERE m.client_id = $1 AND m.conversation_id = $4 AND m.direction = 'in' AND m.identifier_id = $3 AND m.kind <> 'system'
        ORDER BY m.at DESC, m.id DESC
        LIMIT 1), w.created_at) END DESC,
    i.id = w.id DESC, i.created_at DESC, i.id DESC;
