-- What was said in a conversation before the end of a turn, oldest first; what was withdrawn or failed was not said, and what is somebody's who is another contact by now is not told.
-- $1 uuid    workspace
-- $2 uuid    conversation
-- $3 bigint  turn
-- $4 int     how many at most
-- $5 uuid    one more message of the conversation that is wanted however old it is; may be NULL
SELECT m.id, m.kind, m.turn, m.conversation_id, m.key_id, m.text_sealed,
    m.direction, m.author, m.at, CASE WHEN m.kind IN ('reply', 'list', 'buttons') THEN m.raw_sealed END, r.message_id,
    EXISTS (SELECT FROM vault.revoked_message v WHERE v.client_id = $1 AND v.message_id = m.id AND v.direction = m.direction)
FROM (
    (SELECT t.* FROM vault.message t
    WHERE t.client_id = $1 AND t.conversation_id = $2 AND t.kind NOT IN ('reaction', 'edit', 'revoke', 'system', 'request_welcome') AND t.turn <= $3
        AND (SELECT i.contact_id FROM vault.identifier i WHERE i.client_id = $1 AND i.id = t.identifier_id)
            = (SELECT c.contact_id FROM vault.conversation c WHERE c.client_id = $1 AND c.id = $2)
        AND (t.source <> 'import' OR NOT EXISTS (SELECT FROM vault.withdrawn_message w WHERE w.client_id = $1 AND w.message_id = t.id))
        AND NOT EXISTS (
            SELECT FROM vault.message_status s
            WHERE s.client_id = $1 AND s.message_id = t.id AND s.status IN ('cancelled', 'failed') AND t.direction = 'out')
    ORDER BY t.at DESC, t.id DESC
    LIMIT $4)
    UNION
    SELECT t.* FROM vault.message t WHERE t.client_id = $1 AND t.conversation_id = $2 AND t.id = $5
) m
LEFT JOIN vault.provider_reference r ON r.client_id = $1 AND r.reference = m.refers_to AND m.kind = 'reply'
ORDER BY m.turn, m.direction, m.at, m.id;
