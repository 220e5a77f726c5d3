-- What whoever wrote a message has written after it, oldest first.
-- $1 uuid    workspace
-- $2 uuid    conversation
-- $3 bigint  turn
-- $4 int     how many at most
-- $5 uuid    the message
SELECT m.id, m.kind, m.turn, m.conversation_id, m.key_id, m.text_sealed,
    m.direction, m.author, m.at, CASE WHEN m.kind IN ('reply', 'list', 'buttons') THEN m.raw_sealed END, r.message_id,
    EXISTS (SELECT FROM vault.revoked_message v WHERE v.client_id = $1 AND v.message_id = m.id AND v.direction = m.direction)
FROM vault.message m
LEFT JOIN vault.provider_reference r ON r.client_id = $1 AND r.reference = m.refers_to AND m.kind = 'reply'
WHERE m.client_id = $1 AND m.conversation_id = $2 AND m.direction = 'in' AND m.kind NOT IN ('reaction', 'edit', 'revoke', 'system', 'request_welcome') AND m.turn > $3
    AND (SELECT i.contact_id FROM vault.identifier i WHERE i.client_id = $1 AND i.id = m.identifier_id)
        = (SELECT j.contact_id FROM vault.message w JOIN vault.identifier j ON j.client_id = $1 AND j.id = w.identifier_id WHERE w.client_id = $1 AND w.id = $5)
ORDER BY m.turn
LIMIT $4;
