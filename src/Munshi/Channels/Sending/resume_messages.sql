-- Messages that waited for a stopped number, or behind one that did, go on in the order in which they were written; those that a worker holds at this moment go on by themselves.
-- $1 uuid         workspace
-- $2 uuid         number
-- $3 timestamptz  now
-- $4 int          how many
UPDATE work.job j SET run_at = $3::timestamptz - ($4 - waiting.place) * interval '1 microsecond', last_error = NULL
FROM (
    SELECT client_id, id, row_number() OVER (ORDER BY created_at, message_id) AS place
    FROM (
        SELECT w.client_id, w.id, o.created_at, o.message_id FROM channel.outbox o
        JOIN work.job w ON w.client_id = o.client_id AND w.subject = o.message_id AND w.kind = 'channel.send' AND w.dead_at IS NULL
        WHERE o.client_id = $1 AND o.number_id = $2 AND o.state = 'queued' AND w.lease IS NULL AND (w.last_error LIKE 'send.stopped %' OR w.last_error = 'send.behind')
        ORDER BY o.created_at, o.message_id
        LIMIT $4
        FOR UPDATE OF w SKIP LOCKED
    ) AS locked
) AS waiting
WHERE j.client_id = waiting.client_id AND j.id = waiting.id;
