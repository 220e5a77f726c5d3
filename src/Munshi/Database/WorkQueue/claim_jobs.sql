-- Claims due jobs of any workspace, oldest first, passing over those that another worker is claiming.
-- $1 uuid         lease
-- $2 timestamptz  leased until
-- $3 timestamptz  now
-- $4 int          how many at most
WITH due AS MATERIALIZED (
    SELECT client_id, id FROM work.job
    WHERE dead_at IS NULL AND run_at <= $3 AND (lease IS NULL OR leased_until < $3)
    ORDER BY run_at
    LIMIT $4
    FOR UPDATE SKIP LOCKED
)
UPDATE work.job j SET lease = $1, leased_until = $2, attempts = j.attempts + 1
FROM due
WHERE j.client_id = due.client_id AND j.id = due.id
RETURNING j.client_id, j.id, j.kind, j.attempts;
