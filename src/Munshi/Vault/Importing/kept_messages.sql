-- What is kept of a customer's chats in a span of time, in its order, with the time that was told of each; of our own messages that is the one at which they left.
-- What they wrote before they were separated from another stands in that one's conversation, and what the other wrote may stand in theirs.
-- $1 uuid         workspace
-- $2 uuid         contact
-- $3 timestamptz  from
-- $4 timestamptz  until, not included
WITH RECURSIVE near (contact_id) AS (
    SELECT $2::uuid
    UNION
    SELECT e.contact_id FROM near CROSS JOIN LATERAL (
        SELECT f.other_contact_id AS contact_id FROM vault.contact_event f WHERE f.client_id = $1 AND f.contact_id = near.contact_id
        UNION ALL
        SELECT g.contact_id FROM vault.contact_event g WHERE g.client_id = $1 AND g.other_contact_id = near.contact_id) e
)
SELECT m.id, m.conversation_id, m.kind, m.direction, m.author, m.source, m.key_id, m.text_sealed, m.at,
    coalesce(s.at, m.provider_at, m.at), m.text_sealed IS NULL AND m.raw_sealed IS NULL
FROM near
JOIN vault.conversation c ON c.client_id = $1 AND c.contact_id = near.contact_id
JOIN vault.message m ON m.client_id = $1 AND m.conversation_id = c.id AND m.at >= $3 AND m.at < $4
LEFT JOIN vault.message_status s ON s.client_id = $1 AND s.message_id = m.id AND s.status = 'sent' AND m.direction = 'out'
WHERE m.kind NOT IN ('reaction', 'edit', 'revoke', 'request_welcome')
    AND (SELECT i.contact_id FROM vault.identifier i WHERE i.client_id = $1 AND i.id = m.identifier_id) = $2
ORDER BY m.at, m.id;
