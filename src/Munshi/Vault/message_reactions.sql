-- The newest reaction of the customer, and of the business, to each of the messages; one without an emoji was taken back. One of ours that did not leave is none.
-- $1 uuid    workspace
-- $2 uuid[]  messages
SELECT DISTINCT ON (f.message_id, CASE WHEN r.direction = 'out' THEN '' ELSE r.author END) f.message_id, r.id, r.author, r.key_id, r.text_sealed
FROM vault.provider_reference f
JOIN vault.message r ON r.client_id = $1 AND r.refers_to = f.reference AND r.kind = 'reaction'
WHERE f.client_id = $1 AND f.message_id = ANY ($2)
    AND NOT (r.direction = 'out' AND EXISTS (
        SELECT FROM vault.current_status s WHERE s.client_id = $1 AND s.message_id = r.id AND s.status IN ('failed', 'cancelled')))
ORDER BY f.message_id, CASE WHEN r.direction = 'out' THEN '' ELSE r.author END, r.at DESC, r.id DESC;
