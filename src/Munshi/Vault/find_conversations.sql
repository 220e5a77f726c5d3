-- The newest conversations and what each contact is called by, to be looked through by name.
-- $1 uuid  workspace
-- $2 int   how many
SELECT n.id, n.name_sealed, n.key_id, p.id, p.value_sealed, p.key_id, c.id, c.last_at
FROM (
    SELECT e.id, e.contact_id, e.last_at
    FROM unnest('{open,snoozed,resolved}'::text[]) AS s (state)
    CROSS JOIN LATERAL (
        SELECT o.id, o.contact_id, o.last_at, o.shown_at FROM vault.conversation o
        WHERE o.client_id = $1 AND o.state = s.state
        ORDER BY o.shown_at DESC, o.id DESC
        LIMIT $2) e
    ORDER BY e.shown_at DESC, e.id DESC
    LIMIT $2
) c
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
