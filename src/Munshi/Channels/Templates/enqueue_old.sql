-- A job for each number whose account is known and whose templates were not asked for since a time, unless one waits already.
-- $1 uuid         workspace
-- $2 text         kind of the job
-- $3 timestamptz  now
-- $4 timestamptz  not asked since
INSERT INTO work.job (client_id, id, kind, subject, created_at, run_at)
SELECT $1, gen_random_uuid(), $2, n.id, $3, $3
FROM channel.number n
WHERE n.client_id = $1 AND n.waba_id_sealed IS NOT NULL
    AND NOT EXISTS (SELECT FROM channel.template t WHERE t.client_id = $1 AND t.number_id = n.id AND t.refreshed_at > $4)
    AND NOT EXISTS (SELECT FROM work.job j WHERE j.client_id = $1 AND j.subject = n.id AND j.kind = $2 AND j.dead_at IS NULL);
