-- A message's conversation, and the message some places after it, where there is one.
-- $1 uuid  workspace
-- $2 uuid  message
-- $3 int   how many places
SELECT m.conversation_id, t.at, t.id
FROM vault.message m
LEFT JOIN LATERAL (
    SELECT l.at, l.id FROM vault.message l
    WHERE l.client_id = $1 AND l.conversation_id = m.conversation_id AND (l.at, l.id) > (m.at, m.id)
        AND (l.source <> 'import' OR NOT EXISTS (SELECT FROM vault.withdrawn_message w WHERE w.client_id = $1 AND w.message_id = l.id))
    ORDER BY l.at, l.id
    OFFSET $3 - 1 LIMIT 1) t ON true
WHERE m.client_id = $1 AND m.id = $2;
