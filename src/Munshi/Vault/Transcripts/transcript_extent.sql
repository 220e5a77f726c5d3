-- How many messages a conversation shows, and where the last one stands.
-- $1 uuid  workspace
-- $2 uuid  conversation
SELECT (
        SELECT count(*) FROM vault.message m
        WHERE m.client_id = $1 AND m.conversation_id = c.id
            AND (m.source <> 'import' OR NOT EXISTS (SELECT FROM vault.withdrawn_message w WHERE w.client_id = $1 AND w.message_id = m.id))), l.at, l.id
FROM vault.conversation c
LEFT JOIN LATERAL (
    SELECT m.at, m.id FROM vault.message m
    WHERE m.client_id = $1 AND m.conversation_id = c.id
        AND (m.source <> 'import' OR NOT EXISTS (SELECT FROM vault.withdrawn_message w WHERE w.client_id = $1 AND w.message_id = m.id))
    ORDER BY m.at DESC, m.id DESC LIMIT 1) l ON true
WHERE c.client_id = $1 AND c.id = $2;
