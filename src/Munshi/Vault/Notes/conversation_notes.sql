-- The notes of a span of a conversation's thread, the newest first, and who deleted them.
-- $1 uuid         workspace
-- $2 uuid         conversation
-- $3 timestamptz  from this time on
-- $4 timestamptz  before this time; NULL for no end
-- $5 int          how many
SELECT n.id, n.at, n.person_id, n.key_id, CASE WHEN r.note_id IS NULL THEN n.text_sealed END, r.person_id
FROM vault.note n
LEFT JOIN vault.note_removal r ON r.client_id = $1 AND r.note_id = n.id
WHERE n.client_id = $1 AND n.conversation_id = $2 AND n.at >= $3 AND n.at < coalesce($4, 'infinity'::timestamptz)
ORDER BY n.at DESC, n.id DESC
LIMIT $5;
