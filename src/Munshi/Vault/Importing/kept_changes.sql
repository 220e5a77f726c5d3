-- What was done to messages afterwards, oldest first; what came by an import that was taken back is known too.
-- $1 uuid    workspace
-- $2 uuid[]  messages
SELECT f.message_id, e.id, e.kind, e.key_id, e.text_sealed
FROM vault.provider_reference f
JOIN vault.message o ON o.client_id = $1 AND o.id = f.message_id AND o.id = ANY ($2)
JOIN vault.message e ON e.client_id = $1 AND e.refers_to = f.reference AND e.kind IN ('edit', 'revoke') AND e.direction = o.direction
WHERE f.client_id = $1 AND f.message_id = ANY ($2)
ORDER BY e.at, e.id;
