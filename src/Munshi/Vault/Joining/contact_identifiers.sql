-- The identifiers of a contact, and others by their ids; the oldest first.
-- $1 uuid    workspace
-- $2 uuid    contact
-- $3 uuid[]  others
SELECT i.id, i.kind, i.value_sealed, d.key_id, i.created_at, i.contact_id = $2
FROM (
    SELECT a.* FROM vault.identifier a WHERE a.client_id = $1 AND a.contact_id = $2
    UNION ALL
    SELECT b.* FROM vault.identifier b WHERE b.client_id = $1 AND b.id = ANY ($3) AND b.contact_id <> $2) i
JOIN vault.data_key d ON d.client_id = $1 AND d.identifier_id = i.id AND d.period = 0
ORDER BY i.created_at, i.id;
