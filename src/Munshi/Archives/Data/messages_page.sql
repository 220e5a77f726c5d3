-- A workspace's messages in the order of their ids, each with what it refers to.
-- $1 uuid  workspace
-- $2 uuid  the message before the page
-- $3 int   how many
SELECT m.id, m.conversation_id, m.identifier_id, m.direction, m.author, m.kind, m.source, m.turn, m.at, m.provider_at, m.received_at,
    m.key_id, m.text_sealed, m.raw_sealed, r.message_id,
    m.source = 'import' AND EXISTS (SELECT FROM vault.withdrawn_message w WHERE w.client_id = $1 AND w.message_id = m.id)
FROM (SELECT * FROM vault.message WHERE client_id = $1 AND id > $2 ORDER BY id LIMIT $3) m
LEFT JOIN vault.provider_reference r ON r.client_id = $1 AND r.reference = m.refers_to
ORDER BY m.id;
