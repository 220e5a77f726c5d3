-- What customers did to messages of theirs afterwards, oldest first.
-- $1 uuid    workspace
-- $2 uuid[]  messages
SELECT f.message_id, e.id, e.kind, e.at, e.key_id, e.text_sealed
FROM vault.provider_reference f
JOIN vault.message o ON o.client_id = $1 AND o.id = f.message_id AND o.id = ANY ($2) AND o.direction = 'in'
JOIN vault.message e ON e.client_id = $1 AND e.refers_to = f.reference AND e.kind IN ('edit', 'revoke')
WHERE f.client_id = $1 AND f.message_id = ANY ($2)
ORDER BY e.at, e.id;
