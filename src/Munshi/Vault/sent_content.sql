-- What a message of ours says and holds, sealed, and who wrote it.
-- $1 uuid  workspace
-- $2 uuid  message
SELECT m.conversation_id, m.author, m.kind, m.key_id, m.text_sealed, m.raw_sealed
FROM vault.message m
WHERE m.client_id = $1 AND m.id = $2 AND m.direction = 'out';
