-- The newest reaction of each author to each of the messages; one without an emoji was taken back.
-- $1 uuid    workspace
-- $2 uuid[]  messages
SELECT DISTINCT ON (f.message_id, r.author) f.message_id, r.id, r.author, r.key_id, r.text_sealed
FROM vault.provider_reference f
JOIN vault.message r ON r.client_id = $1 AND r.refers_to = f.reference AND r.kind = 'reaction'
WHERE f.client_id = $1 AND f.message_id = ANY ($2)
ORDER BY f.message_id, r.author, r.at DESC, r.id DESC;
