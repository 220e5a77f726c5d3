-- One conversation and what its contact is called by.
-- $1 uuid  workspace
-- $2 uuid  conversation
SELECT n.id, n.name_sealed, n.key_id, p.id, p.value_sealed, p.key_id,
    c.inbound_count, c.read_count, c.window_from, c.owner_kind, c.owner_person_id, c.owner_epoch, k.opted_out_at IS NOT NULL, c.number_id, c.superseded_by,
    (SELECT e.id FROM vault.conversation e WHERE e.client_id = $1 AND e.superseded_by = c.id ORDER BY e.last_at DESC, e.id DESC LIMIT 1),
    coalesce((SELECT m.choice = 'stop' FROM vault.identifier i
        JOIN vault.marketing_choice m ON m.client_id = $1 AND m.identifier_id = i.id AND m.number_id = c.number_id AND m.choice <> 'unknown'
        WHERE i.client_id = $1 AND i.contact_id = c.contact_id
        ORDER BY m.at DESC, m.choice DESC LIMIT 1), false),
    c.state, c.snoozed_until, c.label_ids,
    EXISTS (SELECT FROM vault.contact_event e WHERE e.client_id = $1 AND e.contact_id = c.contact_id)
        OR EXISTS (SELECT FROM vault.contact_event e WHERE e.client_id = $1 AND e.other_contact_id = c.contact_id)
FROM vault.conversation c
JOIN vault.contact k ON k.client_id = $1 AND k.id = c.contact_id
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
WHERE c.client_id = $1 AND c.id = $2;
