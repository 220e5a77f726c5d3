-- Moves conversations for their new messages. A late one does not push its conversation up.
-- $1 uuid          workspace
-- $2 uuid[]        conversations
-- $3 uuid[]        the newest of the messages of each
-- $4 timestamptz[] where that stands
-- $5 bigint[]      the new count of customer messages
-- $6 timestamptz[] the new start of the 24-hour window
UPDATE vault.conversation c
SET last_message_id = CASE WHEN t.at >= c.last_at THEN t.message_id ELSE c.last_message_id END,
    last_at = greatest(c.last_at, t.at), inbound_count = t.inbound_count, window_from = t.window_from
FROM unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::bigint[], $6::timestamptz[]) AS t (id, message_id, at, inbound_count, window_from)
WHERE c.client_id = $1 AND c.id = ANY ($2) AND c.id = t.id;
