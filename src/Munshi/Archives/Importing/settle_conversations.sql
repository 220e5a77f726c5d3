-- Conversations of an archive once their messages are here: each shows its newest message, says in which one it goes on, and stands where it came back.
-- $1 uuid    workspace
-- $2 uuid[]  conversations
-- $3 uuid[]  in which each goes on; NULL where it is as it stands, as it is too where that is no other of the customer's
UPDATE vault.conversation c
SET last_message_id = coalesce(n.id, c.last_message_id),
    superseded_by = CASE WHEN c.superseded_by IS NOT NULL THEN coalesce(
        (SELECT g.id FROM vault.conversation g WHERE g.client_id = $1 AND g.id = t.goes_on_in AND g.contact_id = c.contact_id), c.superseded_by) END,
    woken_at = coalesce(w.at, c.woken_at)
FROM unnest($2::uuid[], $3::uuid[]) AS t (id, goes_on_in)
LEFT JOIN LATERAL (
    SELECT m.id FROM vault.message m
    WHERE m.client_id = $1 AND m.conversation_id = t.id AND m.kind NOT IN ('reaction', 'edit', 'revoke')
        AND (m.source <> 'import' OR NOT EXISTS (SELECT FROM vault.withdrawn_message v WHERE v.client_id = $1 AND v.message_id = m.id))
    ORDER BY m.at DESC, m.id DESC
    LIMIT 1) n ON true
LEFT JOIN LATERAL (
    SELECT max(e.at) AS at FROM vault.conversation_event e
    WHERE e.client_id = $1 AND e.conversation_id = t.id AND e.kind = 'woken') w ON true
WHERE c.client_id = $1 AND c.id = t.id;
