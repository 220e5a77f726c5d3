-- What is kept of a conversation between the first and the last message that an import saw, and is not in its file: deleted on that phone alone, or left out by it. A page in their order.
-- $1 uuid         workspace
-- $2 uuid         import
-- $3 timestamptz  the time after which the page begins
-- $4 uuid         and of that time the message
-- $5 int          how many
WITH span AS MATERIALIZED (
    SELECT i.conversation_id, min(m.at) AS first_at, max(m.at) AS last_at
    FROM vault.import i
    JOIN vault.observation o ON o.client_id = $1 AND o.import_id = i.id AND o.outcome <> 'changed'
    JOIN vault.message m ON m.client_id = $1 AND m.id = o.message_id AND m.conversation_id = i.conversation_id AND m.kind NOT IN ('edit', 'revoke')
    WHERE i.client_id = $1 AND i.id = $2
    GROUP BY i.conversation_id
)
SELECT m.id, m.kind, m.at
FROM span
JOIN vault.message m ON m.client_id = $1 AND m.conversation_id = span.conversation_id AND m.at >= span.first_at AND m.at <= span.last_at
WHERE (m.at, m.id) > ($3, $4) AND m.kind NOT IN ('reaction', 'edit', 'revoke', 'request_welcome')
    AND NOT EXISTS (SELECT FROM vault.observation o WHERE o.client_id = $1 AND o.message_id = m.id AND o.import_id = $2)
    AND NOT EXISTS (SELECT FROM vault.withdrawn_message w WHERE w.client_id = $1 AND w.message_id = m.id)
ORDER BY m.at, m.id
LIMIT $5;
