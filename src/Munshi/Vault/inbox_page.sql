-- One page of the inbox, newest first: each conversation with its last message and what its contact is called by.
-- $1 uuid         workspace
-- $2 text         all, waiting (for a person) or mine (answered by $3)
-- $3 uuid         the viewer
-- $4 timestamptz  shown_at of the row before the page; NULL at the top
-- $5 uuid         id of that row
-- $6 int          how many
-- $7 text         open, snoozed or resolved
-- $8 uuid         a label; NULL for all, whatever they wear
WITH page AS (
    (SELECT * FROM vault.conversation c
    WHERE $2 = 'all' AND $8::uuid IS NULL AND c.client_id = $1 AND c.state = $7
        AND (c.shown_at, c.id) < (coalesce($4, 'infinity'::timestamptz), coalesce($5, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
    ORDER BY c.shown_at DESC, c.id DESC
    LIMIT $6)
    UNION ALL
    (SELECT * FROM vault.conversation c
    WHERE $2 = 'waiting' AND $8::uuid IS NULL AND c.client_id = $1 AND c.state = $7 AND c.owner_kind = 'waiting'
        AND (c.shown_at, c.id) < (coalesce($4, 'infinity'::timestamptz), coalesce($5, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
    ORDER BY c.shown_at DESC, c.id DESC
    LIMIT $6)
    UNION ALL
    (SELECT * FROM vault.conversation c
    WHERE $2 = 'mine' AND $8::uuid IS NULL AND c.client_id = $1 AND c.state = $7 AND c.owner_kind = 'person' AND c.owner_person_id = $3
        AND (c.shown_at, c.id) < (coalesce($4, 'infinity'::timestamptz), coalesce($5, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
    ORDER BY c.shown_at DESC, c.id DESC
    LIMIT $6)
    UNION ALL
    (SELECT c.* FROM vault.conversation_label l
    JOIN vault.conversation c ON c.client_id = $1 AND c.id = l.conversation_id
    WHERE $8::uuid IS NOT NULL AND l.client_id = $1 AND l.label_id = $8::uuid AND l.state = $7 AND l.removed_at IS NULL
        AND (l.shown_at, l.conversation_id) < (coalesce($4, 'infinity'::timestamptz), coalesce($5, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
        AND ($2 = 'all' OR ($2 = 'waiting' AND c.owner_kind = 'waiting') OR ($2 = 'mine' AND c.owner_kind = 'person' AND c.owner_person_id = $3))
    ORDER BY l.shown_at DESC, l.conversation_id DESC
    LIMIT $6)
)
SELECT n.id, n.name_sealed, n.key_id, p.id, p.value_sealed, p.key_id,
    c.id, c.last_at, c.inbound_count - c.read_count, c.window_from, c.owner_kind, c.owner_person_id, k.opted_out_at IS NOT NULL,
    m.id, m.kind, m.author, m.key_id, m.text_sealed, EXISTS (SELECT FROM vault.revoked_message v WHERE v.client_id = $1 AND v.message_id = m.id AND v.direction = m.direction),
    c.snoozed_until, c.label_ids, c.shown_at, c.woken_at IS NOT NULL AND c.woken_at >= c.last_at
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
ORDER BY c.shown_at DESC, c.id DESC;
