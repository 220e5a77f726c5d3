-- What is kept of a customer's chats in a span of time, in its order, with the time that was told of each; of our own messages that is the one at which they left.
-- $1 uuid         workspace
-- $2 uuid         contact
-- $3 timestamptz  from
-- $4 timestamptz  until, not included
SELECT m.id, m.conversation_id, m.kind, m.direction, m.author, m.source, m.key_id, m.text_sealed, m.at,
    coalesce(s.at, m.provider_at, m.at)
FROM vault.conversation c
JOIN vault.message m ON m.client_id = $1 AND m.conversation_id = c.id AND m.at >= $3 AND m.at < $4
LEFT JOIN vault.message_status s ON s.client_id = $1 AND s.message_id = m.id AND s.status = 'sent' AND m.direction = 'out'
WHERE c.client_id = $1 AND c.contact_id = $2 AND m.kind NOT IN ('reaction', 'edit', 'revoke', 'request_welcome')
ORDER BY m.at, m.id;
