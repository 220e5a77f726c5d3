-- Moves the conversation of an import to the newest message that is shown of it; where there is none, it stays.
-- $1 uuid  workspace
-- $2 uuid  import
UPDATE vault.conversation c SET last_message_id = n.id, last_at = n.at
FROM vault.import i
CROSS JOIN LATERAL (
    SELECT m.id, m.at FROM vault.message m
    WHERE m.client_id = $1 AND m.conversation_id = i.conversation_id AND m.kind NOT IN ('reaction', 'edit', 'revoke')
        AND (m.source <> 'import' OR NOT EXISTS (SELECT FROM vault.withdrawn_message w WHERE w.client_id = $1 AND w.message_id = m.id))
    ORDER BY m.at DESC, m.id DESC
    LIMIT 1) n
WHERE i.client_id = $1 AND i.id = $2 AND c.client_id = $1 AND c.id = i.conversation_id
RETURNING c.id;
