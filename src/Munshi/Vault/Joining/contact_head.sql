-- What the contact of a conversation is called by, and whether it wants no automatic messages.
-- $1 uuid  workspace
-- $2 uuid  contact
SELECT n.id, n.name_sealed, n.key_id, p.id, p.value_sealed, p.key_id, k.opted_out_at IS NOT NULL
FROM vault.contact k
LEFT JOIN LATERAL (
    SELECT i.id, i.name_sealed, d.key_id FROM vault.identifier i
    JOIN vault.data_key d ON d.client_id = $1 AND d.identifier_id = i.id AND d.period = 0
    WHERE i.client_id = $1 AND i.contact_id = k.id AND i.name_sealed IS NOT NULL
    ORDER BY i.created_at DESC, i.id DESC LIMIT 1) n ON true
LEFT JOIN LATERAL (
    SELECT i.id, i.value_sealed, d.key_id FROM vault.identifier i
    JOIN vault.data_key d ON d.client_id = $1 AND d.identifier_id = i.id AND d.period = 0
    WHERE i.client_id = $1 AND i.contact_id = k.id AND i.kind = 'phone'
    ORDER BY i.created_at DESC, i.id DESC LIMIT 1) p ON true
WHERE k.client_id = $1 AND k.id = $2;
