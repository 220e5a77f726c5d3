-- The newest hand-off of a conversation, unless Munshi has answered since.
-- $1 uuid  workspace
-- $2 uuid  conversation
SELECT h.id, h.reason, h.language, h.at, h.key_id, h.summary_sealed
FROM responder.hand_off h
WHERE h.client_id = $1 AND h.conversation_id = $2
    AND NOT EXISTS (
        SELECT FROM responder.agent_run r
        WHERE r.client_id = $1 AND r.conversation_id = $2 AND r.reply_message_id IS NOT NULL AND r.at > h.at AND r.decision IN ('answer', 'menu'))
ORDER BY h.at DESC
LIMIT 1;
