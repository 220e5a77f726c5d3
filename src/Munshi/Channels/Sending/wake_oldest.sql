-- The oldest messages that wait for a stopped number are tried at once: the first of them to pass its gates asks for all.
-- $1 uuid         workspace
-- $2 uuid         number
-- $3 timestamptz  now
-- $4 int          how many
UPDATE work.job j SET run_at = $3
FROM (
    SELECT w.client_id, w.id FROM channel.outbox o
    JOIN work.job w ON w.client_id = o.client_id AND w.subject = o.message_id AND w.kind = 'channel.send' AND w.dead_at IS NULL
    WHERE o.client_id = $1 AND o.number_id = $2 AND o.state = 'queued' AND w.lease IS NULL AND w.run_at > $3
    ORDER BY o.created_at, o.message_id
    LIMIT $4
) AS oldest
WHERE j.client_id = oldest.client_id AND j.id = oldest.id AND j.lease IS NULL;
