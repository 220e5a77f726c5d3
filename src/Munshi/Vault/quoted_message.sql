-- A customer's message that may be quoted or reacted to: received through the channel, not deleted by them, and of nobody who is another contact by now.
-- $1 uuid  workspace
-- $2 uuid  conversation
-- $3 uuid  message
SELECT m.key_id, m.raw_sealed, r.reference
FROM vault.message m
JOIN vault.conversation c ON c.client_id = $1 AND c.id = m.conversation_id
JOIN vault.identifier i ON i.client_id = $1 AND i.id = m.identifier_id AND i.contact_id = c.contact_id
JOIN vault.provider_reference r ON r.client_id = m.client_id AND r.message_id = m.id
WHERE m.client_id = $1 AND m.conversation_id = $2 AND m.id = $3 AND m.direction = 'in' AND m.source = 'webhook' AND m.raw_sealed IS NOT NULL
    AND NOT EXISTS (SELECT FROM vault.revoked_message v WHERE v.client_id = $1 AND v.message_id = m.id)
LIMIT 1;
