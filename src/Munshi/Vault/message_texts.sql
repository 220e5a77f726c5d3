-- Messages with what they answer to, in the order of their turns.
-- $1 uuid    workspace
-- $2 uuid[]  messages
SELECT m.id, m.kind, m.turn, m.conversation_id, m.key_id, m.text_sealed,
    m.direction, m.author, m.at, CASE WHEN m.kind IN ('reply', 'list', 'buttons') THEN m.raw_sealed END,
    CASE WHEN m.kind = 'reply' THEN (SELECT r.message_id FROM vault.provider_reference r WHERE r.client_id = $1 AND r.reference = m.refers_to) END,
    EXISTS (SELECT FROM vault.revoked_message v WHERE v.client_id = $1 AND v.message_id = m.id AND v.direction = m.direction)
FROM vault.message m
WHERE m.client_id = $1 AND m.id = ANY ($2)
ORDER BY m.turn, m.id;
