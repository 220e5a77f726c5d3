-- How whoever a message was written for is reached, the best first; none where that identifier is another contact's by now.
-- Their user id itself where people said that somebody is this contact too; else by number: the one that WhatsApp said theirs became,
-- then their own, then the one that came to the contact last.
-- $1 uuid  workspace
-- $2 uuid  contact
-- $3 uuid  identifier for which the message was written
WITH RECURSIVE near (contact_id) AS (
    SELECT $2::uuid
    UNION
    SELECT e.other_contact_id FROM near JOIN vault.contact_event e ON e.client_id = $1 AND e.contact_id = near.contact_id AND e.kind = 'merged'
), merged AS MATERIALIZED (
    SELECT e.id, e.at, e.identifier_ids, e.actor LIKE 'person:%' AS by_person
    FROM near JOIN vault.contact_event e ON e.client_id = $1 AND e.contact_id = near.contact_id AND e.kind = 'merged'
)
SELECT i.id, i.kind, i.value_sealed, k.key_id
FROM vault.identifier w
JOIN vault.identifier i ON i.client_id = $1 AND i.contact_id = $2
JOIN vault.data_key k ON k.client_id = $1 AND k.identifier_id = i.id AND k.period = 0
LEFT JOIN LATERAL (
    SELECT e.at, e.by_person FROM merged e
    WHERE (i.id = ANY (e.identifier_ids)) <> (w.id = ANY (e.identifier_ids)) AND e.at >= i.created_at AND e.at >= w.created_at
    ORDER BY e.at DESC, e.id DESC
    LIMIT 1) j ON true
WHERE w.client_id = $1 AND w.id = $3 AND w.contact_id = $2
ORDER BY w.kind = 'bsuid' AND i.id = w.id AND EXISTS (SELECT FROM merged e WHERE e.by_person) DESC,
    i.kind = 'phone' DESC,
    CASE WHEN w.kind = 'phone' AND i.kind = 'phone' AND i.id <> w.id AND j.by_person IS NOT TRUE THEN EXISTS (
        SELECT FROM vault.conversation c
        CROSS JOIN LATERAL (
            SELECT m.kind, m.at FROM vault.message m
            WHERE m.client_id = $1 AND m.conversation_id = c.id AND m.direction = 'in' AND m.identifier_id = $3
            ORDER BY m.at DESC, m.id DESC
            LIMIT 1) newest
        WHERE c.client_id = $1 AND c.contact_id = $2 AND newest.kind = 'system' AND newest.at <= coalesce(j.at, i.created_at)) ELSE false END DESC,
    i.id = w.id DESC, coalesce(j.at, i.created_at) DESC, i.id DESC;
