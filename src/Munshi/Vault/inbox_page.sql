-- One page of the inbox, newest first: each conversation with its last message and what its contact is called by.
-- $1 uuid         workspace
-- $2 text         all, waiting (for a person) or mine (answered by $3)
-- $3 uuid         the viewer
-- $4 timestamptz  last_at of the row before the page; NULL at the top
-- $5 uuid         id of that row
-- $6 int          how many
WITH page AS (
    (SELECT * FROM vault.conversation c
    WHERE $2 = 'all' AND c.client_id = $1
        AND (c.last_at, c.id) < (coalesce($4, 'infinity'::timestamptz), coalesce($5, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
    ORDER BY c.last_at DESC, c.id DESC
    LIMIT $6)
    UNION ALL
    (SELECT * FROM vault.conversation c
    WHERE $2 = 'waiting' AND c.client_id = $1 AND c.owner_kind = 'waiting'
        AND (c.last_at, c.id) < (coalesce($4, 'infinity'::timestamptz), coalesce($5, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
    ORDER BY c.last_at DESC, c.id DESC
    LIMIT $6)
    UNION ALL
    (SELECT * FROM vault.conversation c
    WHERE $2 = 'mine' AND c.client_id = $1 AND c.owner_kind = 'person' AND c.owner_person_id = $3
        AND (c.last_at, c.id) < (coalesce($4, 'infinity'::timestamptz), coalesce($5, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
    ORDER BY c.last_at DESC, c.id DESC
    LIMIT $6)
)
SELECT n.id, n.name_sealed, n.key_id, p.id, p.value_sealed, p.key_id,
    c.id, c.last_at, c.inbound_count - c.read_count, c.window_from, c.owner_kind, c.owner_person_id, k.opted_out_at IS NOT NULL,
    m.id, m.kind, m.author, m.key_id, m.text_sealed, EXISTS (SELECT FROM vault.revoked_message v WHERE v.client_id = $1 AND v.message_id = m.id AND v.direction = m.direction)
FROM page c
JOIN vault.contact k ON k.client_id = $1 AND k.id = c.contact_id
LEFT JOIN vault.message m ON m.client_id = $1 AND m.id = c.last_message_id
    AND (m.source <> 'import' OR NOT EXISTS (SELECT FROM vault.withdrawn_message w WHERE w.client_id = $1 AND w.message_id = m.id))
LEFT JOIN LATERAL (
    SELECT i.id, i.name_sealed, d.key_id FROM vault.identifier i
    JOIN vault.data_key d ON d.client_id = $1 AND d.identifier_id = i.id AND d.period = 0
    WHERE i.client_id = $1 AND i.contact_id = c.contact_id AND i.name_sealed IS NOT NULL
    ORDER BY i.created_at DESC, i.id DESC LIMIT 1) n ON true
LEFT JOIN LATERAL (
    SELECT i.id, i.value_sealed, d.key_id FROM vault.identifier i
    JOIN vault.data_key d ON d.client_id = $1 AND d.identifier_id = i.id AND d.period = 0
    WHERE i.client_id = $1 AND i.contact_id = c.contact_id AND i.kind = 'phone'
    ORDER BY i.created_at DESC, i.id DESC LIMIT 1) p ON true
ORDER BY c.last_at DESC, c.id DESC;
