-- One row of the outbox, locked until the transaction ends, with its message.
-- $1 uuid  workspace
-- $2 uuid  message
SELECT o.state, o.attempts, o.withdrawable, o.owner_epoch, o.turn, o.number_id, o.conversation_id, m.identifier_id, o.created_at
FROM channel.outbox o
JOIN vault.message m ON m.client_id = o.client_id AND m.id = o.message_id
WHERE o.client_id = $1 AND o.message_id = $2
FOR UPDATE OF o;
