-- Identifiers, and those that messages are from or to, with what their people are called.
-- $1 uuid    workspace
-- $2 uuid[]  identifiers
-- $3 uuid[]  messages
SELECT i.id, i.kind, i.value_sealed, i.name_sealed, d.key_id
FROM (
    SELECT unnest($2::uuid[]) AS id
    UNION
    SELECT m.identifier_id FROM vault.message m WHERE m.client_id = $1 AND m.id = ANY ($3)
) wanted
JOIN vault.identifier i ON i.client_id = $1 AND i.id = wanted.id
JOIN vault.data_key d ON d.client_id = $1 AND d.identifier_id = i.id AND d.period = 0;
