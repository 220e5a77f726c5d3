-- What was written in a span of time, by the key of the messages, whose ids begin with the time.
-- $1 uuid         workspace
-- $2 uuid         the least id of the span
-- $3 uuid         an id after it
-- $4 timestamptz  from
-- $5 timestamptz  to, not included
WITH written AS (
    SELECT m.direction, m.author FROM vault.message m
    WHERE m.client_id = $1 AND m.id >= $2 AND m.id < $3 AND m.received_at >= $4 AND m.received_at < $5
        AND m.source <> 'import' AND m.kind NOT IN ('reaction', 'edit', 'revoke', 'system', 'request_welcome')
        AND NOT EXISTS (
            SELECT FROM vault.message_status s
            WHERE m.direction = 'out' AND s.client_id = m.client_id AND s.message_id = m.id AND s.status IN ('cancelled', 'failed'))
)
SELECT
    count(*) FILTER (WHERE direction = 'in')::int,
    count(*) FILTER (WHERE direction = 'out' AND author LIKE 'program:%')::int,
    count(*) FILTER (WHERE direction = 'out' AND author LIKE 'person:%')::int,
    (SELECT count(*) FROM vault.conversation WHERE client_id = $1 AND state = 'open' AND owner_kind = 'waiting')::int
FROM written;
