-- Every message that was edited or deleted afterwards.
-- $1 uuid  workspace
SELECT DISTINCT f.message_id
FROM vault.message e
JOIN vault.provider_reference f ON f.client_id = $1 AND f.reference = e.refers_to
WHERE e.client_id = $1 AND e.kind IN ('edit', 'revoke');
