-- When the oldest message that must leave before this one is tried next; no row where none is left.
-- What its gate would withdraw holds nobody up, unless it is leaving at this moment; what is in bulk holds up nothing else.
-- $1 uuid     workspace
-- $2 uuid     conversation
-- $3 uuid     message
-- $4 bigint   the conversation's owner epoch
-- $5 bigint   the customer's messages in it
-- $6 boolean  whether the contact opted out
SELECT coalesce(j.run_at, o.created_at)
FROM channel.outbox own
JOIN channel.outbox o ON o.client_id = own.client_id AND o.conversation_id = $2 AND o.state IN ('queued', 'sending')
    AND (o.created_at, o.message_id) < (own.created_at, own.message_id) AND (own.bulk OR NOT o.bulk)
    AND (o.state = 'sending' OR NOT (o.withdrawable AND (o.owner_epoch <> $4 OR coalesce(o.turn < $5, false) OR $6)))
LEFT JOIN work.job j ON j.client_id = o.client_id AND j.subject = o.message_id AND j.kind = 'channel.send'
WHERE own.client_id = $1 AND own.message_id = $3
ORDER BY o.created_at, o.message_id
LIMIT 1;
