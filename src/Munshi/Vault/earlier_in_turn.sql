-- The customer's asking messages that nothing was answered to yet, before the one of the given turn, oldest first.
-- $1 uuid    workspace
-- $2 uuid    conversation
-- $3 bigint  turn
-- $4 int     how many at most
SELECT id, kind, turn, conversation_id, key_id, text_sealed
FROM (
    SELECT m.id, m.kind, m.turn, m.conversation_id, m.key_id, m.text_sealed, m.at
    FROM vault.message m
    WHERE m.client_id = $1 AND m.conversation_id = $2 AND m.direction = 'in' AND m.kind <> 'reaction' AND m.turn < $3
        AND m.turn > coalesce((
            SELECT max(o.turn) FROM vault.message o
            WHERE o.client_id = $1 AND o.conversation_id = $2 AND o.direction = 'out'
                AND NOT EXISTS (SELECT FROM vault.message_status s WHERE s.client_id = $1 AND s.message_id = o.id AND s.status = 'cancelled')), 0)
    ORDER BY m.at DESC, m.id DESC
    LIMIT $4
) newest
ORDER BY at, id;
