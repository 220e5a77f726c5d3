-- The messages that these were done to.
-- $1 uuid    workspace
-- $2 uuid[]  messages
SELECT f.message_id
FROM vault.message e
JOIN vault.provider_reference f ON f.client_id = $1 AND f.reference = e.refers_to
WHERE e.client_id = $1 AND e.id = ANY ($2) AND e.kind IN ('edit', 'revoke');
