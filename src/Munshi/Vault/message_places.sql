-- Where messages stand, named by their own ids or by those of reports about them.
-- $1 uuid    workspace
-- $2 uuid[]  ids
SELECT m.id, m.id, m.conversation_id, m.key_id
FROM vault.message m WHERE m.client_id = $1 AND m.id = ANY ($2)
UNION ALL
SELECT s.id, m.id, m.conversation_id, m.key_id
FROM vault.message_status s
JOIN vault.message m ON m.client_id = $1 AND m.id = s.message_id
WHERE s.client_id = $1 AND s.id = ANY ($2);
