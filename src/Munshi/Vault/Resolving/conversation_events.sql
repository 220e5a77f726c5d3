-- What was done with a conversation as a whole, in a span of its thread; the newest first.
-- $1 uuid         workspace
-- $2 uuid         conversation
-- $3 timestamptz  from this time on
-- $4 timestamptz  before this time; NULL for no end
-- $5 int          how many
SELECT e.id, e.at, e.kind, e.actor, e.until
FROM vault.conversation_event e
WHERE e.client_id = $1 AND e.conversation_id = $2 AND e.at >= $3 AND e.at < coalesce($4, 'infinity'::timestamptz)
ORDER BY e.at DESC, e.id DESC
LIMIT $5;
