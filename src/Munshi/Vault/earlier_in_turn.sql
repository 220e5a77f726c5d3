-- The customer's asking messages that nothing was answered to yet, before the one of the given turn, oldest first; none of somebody who is another contact by now.
-- $1 uuid    workspace
-- $2 uuid    conversation
-- $3 bigint  turn
-- $4 int     how many at most
SELECT newest.id, newest.kind, newest.turn, newest.conversation_id, newest.key_id, newest.text_sealed,
    newest.direction, newest.author, newest.at, CASE WHEN newest.kind IN ('reply', 'list', 'buttons') THEN newest.raw_sealed END, r.message_id,
    EXISTS (SELECT FROM vault.revoked_message v WHERE v.client_id = $1 AND v.message_id = newest.id AND v.direction = newest.direction)
FROM (
    SELECT m.*
    FROM vault.message m
    WHERE m.client_id = $1 AND m.conversation_id = $2 AND m.direction = 'in' AND m.kind NOT IN ('reaction', 'edit', 'revoke', 'system', 'request_welcome') AND m.turn < $3
        AND (SELECT i.contact_id FROM vault.identifier i WHERE i.client_id = $1 AND i.id = m.identifier_id)
            = (SELECT c.contact_id FROM vault.conversation c WHERE c.client_id = $1 AND c.id = $2)
        AND m.turn > coalesce((
            SELECT max(o.turn) FROM vault.message o
            WHERE o.client_id = $1 AND o.conversation_id = $2 AND o.direction = 'out'
                AND NOT EXISTS (SELECT FROM vault.message_status s WHERE s.client_id = $1 AND s.message_id = o.id AND s.status = 'cancelled')), 0)
    ORDER BY m.at DESC, m.id DESC
    LIMIT $4
) newest
LEFT JOIN vault.provider_reference r ON r.client_id = $1 AND r.reference = newest.refers_to AND newest.kind = 'reply'
ORDER BY newest.at, newest.id;
