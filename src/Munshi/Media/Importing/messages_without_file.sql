-- Those of some messages that stand without a file.
-- $1 uuid    workspace
-- $2 uuid[]  messages
SELECT m.id, m.conversation_id, m.key_id, c.number_id, coalesce(m.provider_at, m.at)
FROM vault.message m
JOIN vault.conversation c ON c.client_id = $1 AND c.id = m.conversation_id
WHERE m.client_id = $1 AND m.id = ANY ($2)
    AND NOT EXISTS (SELECT FROM vault.media f WHERE f.client_id = $1 AND f.message_id = m.id);
