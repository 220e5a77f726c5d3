-- The hand-off that a conversation is with people for: the newest, unless Munshi has answered since, or has since given the
-- conversation to people with a turn that was given up, of which there is no record. That takes two changes of owner at least.
-- $1 uuid  workspace
-- $2 uuid  conversation
SELECT h.id, h.reason, h.language, h.at, h.key_id, h.summary_sealed
FROM responder.hand_off h
JOIN vault.conversation c ON c.client_id = $1 AND c.id = $2
WHERE h.client_id = $1 AND h.conversation_id = $2
    AND NOT EXISTS (
        SELECT FROM responder.agent_run r
        WHERE r.client_id = $1 AND r.conversation_id = $2 AND r.reply_message_id IS NOT NULL AND r.at > h.at AND r.decision IN ('answer', 'menu'))
    AND (c.owner_epoch < h.owner_epoch + 2 OR NOT EXISTS (
        SELECT FROM work.dead_letter d
        JOIN vault.message m ON m.client_id = $1 AND m.id = d.subject
        WHERE d.client_id = $1 AND d.kind = 'responder.turn' AND d.dead_at > h.at AND m.conversation_id = $2))
ORDER BY h.at DESC
LIMIT 1;
