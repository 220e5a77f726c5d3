-- The identifiers asked for, and the others of their contacts, each with its identity key.
-- $1 uuid     workspace
-- $2 text[]   their kinds
-- $3 bytea[]  their look-ups (HMACs of the values), 32 bytes each
WITH asked AS (
    SELECT DISTINCT i.contact_id
    FROM unnest($2::text[], $3::bytea[]) AS wanted (kind, lookup)
    JOIN vault.identifier i ON i.client_id = $1 AND i.kind = wanted.kind AND i.lookup = wanted.lookup
)
SELECT i.id, i.contact_id, i.lookup, i.name_sealed, k.key_id, i.kind
FROM asked a
JOIN vault.identifier i ON i.client_id = $1 AND i.contact_id = a.contact_id
JOIN vault.data_key k ON k.client_id = $1 AND k.identifier_id = i.id AND k.period = 0
ORDER BY i.created_at, i.id;
