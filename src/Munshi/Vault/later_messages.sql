-- What the customer has written after a turn, oldest first.
-- $1 uuid    workspace
-- $2 uuid    conversation
-- $3 bigint  turn
-- $4 int     how many at most
SELECT m.id, m.kind, m.turn, m.conversation_id, m.key_id, m.text_sealed,
    m.direction, m.author, m.at, CASE WHEN m.kind IN ('reply', 'list', 'buttons') THEN m.raw_sealed END, r.message_id,
    EXISTS (SELECT FROM vault.revoked_message v WHERE v.client_id = $1 AND v.message_id = m.id AND v.direction = m.direction)
FROM vault.message m
LEFT JOIN vault.provider_reference r ON r.client_id = $1 AND r.reference = m.refers_to AND m.kind = 'reply'
WHERE m.client_id = $1 AND m.conversation_id = $2 AND m.direction = 'in' AND m.kind NOT IN ('reaction', 'edit', 'revoke', 'system', 'request_welcome') AND m.turn > $3
ORDER BY m.turn
LIMIT $4;
