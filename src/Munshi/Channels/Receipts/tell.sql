-- Causes a job, unless one like it waits already.
-- $1 uuid         workspace
-- $2 uuid         job
-- $3 text         kind
-- $4 uuid         conversation
-- $5 timestamptz  now
INSERT INTO work.job (client_id, id, kind, subject, created_at, run_at, lane)
SELECT $1, $2, $3, $4, $5, $5, 0
WHERE NOT EXISTS (SELECT FROM work.job j WHERE j.client_id = $1 AND j.subject = $4 AND j.kind = $3 AND j.lease IS NULL AND j.dead_at IS NULL);
