-- One message with what it answers to.
-- $1 uuid  workspace
-- $2 uuid  message
SELECT m.id, m.kind, m.turn, m.conversation_id, m.key_id, m.text_sealed,
    m.direction, m.author, m.at, CASE WHEN m.kind IN ('reply', 'list', 'buttons') THEN m.raw_sealed END, r.message_id,
    EXISTS (SELECT FROM vault.revoked_message v WHERE v.client_id = $1 AND v.message_id = m.id AND v.direction = m.direction)
FROM vault.message m
LEFT JOIN vault.provider_reference r ON r.client_id = $1 AND r.reference = m.refers_to AND m.kind = 'reply'
WHERE m.client_id = $1 AND m.id = $2;
