-- A greeting that was withdrawn with its answer has not been said.
-- $1 uuid  workspace
-- $2 uuid  conversation
UPDATE vault.conversation c SET greeted_at = NULL
WHERE c.client_id = $1 AND c.id = $2 AND c.greeted_at IS NOT NULL
    AND NOT EXISTS (
        SELECT FROM channel.outbox o
        WHERE o.client_id = $1 AND o.conversation_id = $2 AND o.withdrawable AND o.turn IS NOT NULL AND o.state <> 'cancelled');
