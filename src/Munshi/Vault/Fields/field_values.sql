-- What is noted now of whoever a conversation is with, under whichever of their identifiers; the newest of each field.
-- $1 uuid  workspace
-- $2 uuid  conversation
SELECT DISTINCT ON (v.field_id) v.field_id, v.id, v.key_id, v.value_sealed
FROM vault.conversation c
JOIN vault.identifier i ON i.client_id = $1 AND i.contact_id = c.contact_id
JOIN vault.field_value v ON v.client_id = $1 AND v.identifier_id = i.id
WHERE c.client_id = $1 AND c.id = $2
ORDER BY v.field_id, v.at DESC, v.id DESC;
