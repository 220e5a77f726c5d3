-- One row of the outbox, locked until the transaction ends, with its message, what holds back its number or its customer, and whether spending is limited.
-- $1 uuid  workspace
-- $2 uuid  message
SELECT o.state, o.attempts, o.withdrawable, o.owner_epoch, o.turn, o.number_id, o.conversation_id, m.identifier_id, o.created_at,
    o.bulk, m.kind, s.code, s.probe_at, p.free_at, k.micros IS NOT NULL
FROM channel.outbox o
JOIN vault.message m ON m.client_id = o.client_id AND m.id = o.message_id
LEFT JOIN channel.number_stop s ON s.client_id = o.client_id AND s.number_id = o.number_id
LEFT JOIN channel.pair_pace p ON p.client_id = o.client_id AND p.conversation_id = o.conversation_id
LEFT JOIN channel.cost_cap k ON k.client_id = o.client_id
WHERE o.client_id = $1 AND o.message_id = $2
FOR UPDATE OF o;
