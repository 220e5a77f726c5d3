-- The identifiers asked for, and the others of their contacts, each with its identity key.
-- $1 uuid   workspace
-- $2 bytea  look-up (HMAC of the value), 32 bytes
-- $3 bytea  another, or the same again
WITH asked AS (
    SELECT DISTINCT contact_id FROM vault.identifier WHERE client_id = $1 AND kind IN ('bsuid', 'phone') AND lookup IN ($2, $3) -- each kind, so that the unique index leads to them
)
SELECT i.id, i.contact_id, CASE WHEN i.lookup IN ($2, $3) THEN i.lookup END, i.name_sealed, k.key_id, i.kind
FROM asked a
JOIN vault.identifier i ON i.client_id = $1 AND i.contact_id = a.contact_id
JOIN vault.data_key k ON k.client_id = $1 AND k.identifier_id = i.id AND k.period = 0
ORDER BY i.created_at, i.id;
