-- The conversations that go on of the people whom identifiers name, the newest first.
-- $1 uuid    workspace
-- $2 uuid[]  identifiers
SELECT w.id, c.id
FROM vault.identifier w
JOIN vault.conversation c ON c.client_id = $1 AND c.contact_id = w.contact_id AND c.superseded_by IS NULL
WHERE w.client_id = $1 AND w.id = ANY ($2)
ORDER BY c.last_at DESC, c.id DESC;
