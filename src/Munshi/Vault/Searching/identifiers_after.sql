-- A workspace's identifiers in the order in which they came, with what their people are called.
-- $1 uuid  workspace
-- $2 uuid  the identifier before the page
-- $3 int   how many
SELECT i.id, i.kind, i.value_sealed, i.name_sealed, d.key_id
FROM vault.identifier i
JOIN vault.data_key d ON d.client_id = $1 AND d.identifier_id = i.id AND d.period = 0
WHERE i.client_id = $1 AND i.id > $2
ORDER BY i.id
LIMIT $3;
