-- Of these messages, those that their writer deleted for everyone, or that are new wordings of one that was; and when.
-- $1 uuid    workspace
-- $2 uuid[]  messages
SELECT m.id, min(e.at)
FROM vault.message m
CROSS JOIN LATERAL (
    SELECT m.id, m.direction
    UNION ALL
    SELECT t.id, t.direction FROM vault.provider_reference r
    JOIN vault.message t ON t.client_id = $1 AND t.id = r.message_id
    WHERE r.client_id = $1 AND r.reference = m.refers_to AND m.kind = 'edit') o
JOIN vault.provider_reference f ON f.client_id = $1 AND f.message_id = o.id
JOIN vault.message e ON e.client_id = $1 AND e.refers_to = f.reference AND e.kind IN ('edit', 'revoke') AND e.kind = 'revoke' AND e.direction = o.direction
WHERE m.client_id = $1 AND m.id = ANY ($2)
    AND (e.source <> 'import' OR NOT EXISTS (SELECT FROM vault.withdrawn_message w WHERE w.client_id = $1 AND w.message_id = e.id))
GROUP BY m.id;
