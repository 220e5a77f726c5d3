-- A conversation's messages in order, reactions, edits and deletions among them, each with what became of it and what it refers to; none of an import that was taken back.
-- The first columns are those of conversation_messages.sql; what a message quotes is named, its words are not read.
-- $1 uuid         workspace
-- $2 uuid         conversation
-- $3 timestamptz  at of the message before; NULL for the first ones
-- $4 uuid         id of that message
-- $5 timestamptz  at of the last message
-- $6 uuid         id of the last message
-- $7 int          how many
SELECT m.id, m.direction, m.author, m.kind, m.turn, m.at, m.key_id, m.text_sealed,
    NULL::uuid, NULL::uuid, NULL::bytea,
    s.status, s.error_code, s.reason,
    CASE WHEN m.source IN ('webhook', 'echo', 'history', 'standby') OR (m.kind IN ('list', 'buttons', 'link', 'image', 'video', 'audio', 'document', 'sticker') AND m.direction = 'out') THEN m.raw_sealed END,
    m.source, false, false,
    q.id, q.at
FROM (
    SELECT * FROM vault.message t
    WHERE t.client_id = $1 AND t.conversation_id = $2
        AND (t.at, t.id) > (coalesce($3, '-infinity'::timestamptz), coalesce($4, '00000000-0000-0000-0000-000000000000'::uuid))
        AND (t.at, t.id) <= ($5, $6)
        AND (t.source <> 'import' OR NOT EXISTS (SELECT FROM vault.withdrawn_message w WHERE w.client_id = $1 AND w.message_id = t.id))
    ORDER BY t.at, t.id
    LIMIT $7
) m
LEFT JOIN vault.provider_reference r ON r.client_id = $1 AND r.reference = m.refers_to
LEFT JOIN vault.message q ON q.client_id = $1 AND q.id = r.message_id
    AND (q.source <> 'import' OR NOT EXISTS (SELECT FROM vault.withdrawn_message w WHERE w.client_id = $1 AND w.message_id = q.id))
LEFT JOIN LATERAL (
    SELECT c.status, c.error_code, c.reason FROM vault.current_status c
    WHERE c.client_id = $1 AND c.message_id = m.id AND m.direction = 'out') s ON true
ORDER BY m.at, m.id;
