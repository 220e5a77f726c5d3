-- One page of a conversation, newest first: each message with what it quotes and what became of it.
-- A reaction to a message that stands in the vault is no message of its own, nor is what was done to one; see message_reactions.sql and message_changes.sql.
-- $1 uuid         workspace
-- $2 uuid         conversation
-- $3 timestamptz  at of the message after the page; NULL for the newest page
-- $4 uuid         id of that message
-- $5 int          how many
SELECT m.id, m.direction, m.author, m.kind, m.turn, m.at, m.key_id, m.text_sealed,
    q.id, q.key_id, q.text_sealed,
    s.status, s.error_code, s.reason,
    CASE WHEN m.source IN ('webhook', 'echo', 'history', 'standby') OR (m.kind IN ('list', 'buttons', 'link', 'image', 'video', 'audio', 'document', 'sticker') AND m.direction = 'out') THEN m.raw_sealed END,
    m.source, EXISTS (SELECT FROM vault.revoked_message v WHERE v.client_id = $1 AND v.message_id = q.id AND v.direction = q.direction),
    (SELECT i.contact_id FROM vault.identifier i WHERE i.client_id = $1 AND i.id = m.identifier_id)
        <> (SELECT c.contact_id FROM vault.conversation c WHERE c.client_id = $1 AND c.id = $2)
FROM (
    SELECT * FROM vault.message t
    WHERE t.client_id = $1 AND t.conversation_id = $2
        AND (t.at, t.id) < (coalesce($3, 'infinity'::timestamptz), coalesce($4, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
        AND NOT (t.kind IN ('reaction', 'edit', 'revoke') AND EXISTS (
            SELECT FROM vault.provider_reference f WHERE f.client_id = $1 AND f.reference = t.refers_to))
        AND (t.source <> 'import' OR NOT EXISTS (SELECT FROM vault.withdrawn_message w WHERE w.client_id = $1 AND w.message_id = t.id))
    ORDER BY t.at DESC, t.id DESC
    LIMIT $5
) m
LEFT JOIN vault.provider_reference r ON r.client_id = $1 AND r.reference = m.refers_to AND m.kind NOT IN ('reaction', 'edit', 'revoke')
LEFT JOIN vault.message q ON q.client_id = $1 AND q.id = r.message_id
LEFT JOIN LATERAL (
    SELECT c.status, c.error_code, c.reason FROM vault.current_status c
    WHERE c.client_id = $1 AND c.message_id = m.id AND m.direction = 'out') s ON true
ORDER BY m.at DESC, m.id DESC;
