-- Munshi's replies in a conversation, newest first: the latest ones, and those of certain messages.
-- $1 uuid         workspace
-- $2 uuid         conversation
-- $3 timestamptz  since
-- $4 int          how many of those at most
-- $5 uuid[]       messages
(SELECT r.reply_message_id, r.message_id, r.decision, r.sources, r.at
FROM responder.agent_run r
WHERE r.client_id = $1 AND r.conversation_id = $2 AND r.reply_message_id IS NOT NULL AND r.at > $3
ORDER BY r.at DESC
LIMIT $4)
UNION
SELECT r.reply_message_id, r.message_id, r.decision, r.sources, r.at
FROM responder.agent_run r
WHERE r.client_id = $1 AND r.conversation_id = $2 AND r.reply_message_id = ANY ($5)
ORDER BY 5 DESC;
