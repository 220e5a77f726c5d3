-- The job of an update: a dead one by its subject, one that waits by its id, which begins with the millisecond of its enqueuing.
-- $1 uuid  workspace
-- $2 uuid  the update
-- $3 uuid  ids not below this one
-- $4 uuid  and below this one
SELECT attempts, run_at, dead_at, last_error FROM work.job
WHERE client_id = $1 AND subject = $2 AND kind = 'intake.update' AND dead_at IS NOT NULL
UNION ALL
SELECT attempts, run_at, dead_at, last_error FROM work.job
WHERE client_id = $1 AND subject = $2 AND kind = 'intake.update' AND dead_at IS NULL AND id >= $3 AND id < $4
LIMIT 1;
