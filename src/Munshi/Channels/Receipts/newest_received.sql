-- The customer's newest message of the last 30 days that can be marked as read, and the number it came to; none while the number is stopped.
-- $1 uuid         workspace
-- $2 uuid         conversation
-- $3 timestamptz  30 days ago
SELECT c.number_id, m.id, m.key_id, m.raw_sealed
FROM vault.conversation c
JOIN LATERAL (
    SELECT t.id, t.key_id, t.raw_sealed FROM vault.message t
    WHERE t.client_id = $1 AND t.conversation_id = $2 AND t.direction = 'in' AND t.source = 'webhook' AND t.raw_sealed IS NOT NULL AND t.at > $3
        AND t.kind NOT IN ('reaction', 'edit', 'revoke', 'system', 'request_welcome', 'unsupported')
    ORDER BY t.at DESC, t.id DESC
    LIMIT 1
) m ON true
WHERE c.client_id = $1 AND c.id = $2 AND c.number_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM channel.number_stop s WHERE s.client_id = $1 AND s.number_id = c.number_id);
