-- Claims due jobs of any workspace, oldest first, passing over those that another worker is claiming. Each lane is read by itself.
-- $1 uuid         lease
-- $2 timestamptz  leased until
-- $3 timestamptz  now
-- $4 int          how many at most
-- $5 text[]       kinds that are done many together
-- $6 int          how many at most of the other kinds
-- $7 int          how many in bulk besides
WITH due AS MATERIALIZED (
    SELECT client_id, id, kind, run_at FROM work.job
    WHERE dead_at IS NULL AND lane = 0 AND run_at <= $3 AND (lease IS NULL OR leased_until < $3)
    ORDER BY run_at
    LIMIT $4
    FOR UPDATE SKIP LOCKED
), bulk AS MATERIALIZED (
    SELECT client_id, id, run_at FROM work.job
    WHERE dead_at IS NULL AND lane = 1 AND run_at <= $3 AND (lease IS NULL OR leased_until < $3)
    ORDER BY run_at
    LIMIT $7
    FOR UPDATE SKIP LOCKED
), chosen AS (
    SELECT client_id, id, run_at FROM (
        SELECT client_id, id, run_at, kind = ANY ($5) AS grouped, row_number() OVER (PARTITION BY kind = ANY ($5) ORDER BY run_at) AS place FROM due
    ) AS placed
    WHERE grouped OR place <= $6
    UNION ALL
    SELECT client_id, id, run_at FROM bulk
), claimed AS (
    UPDATE work.job j SET lease = $1, leased_until = $2, attempts = j.attempts + 1
    FROM chosen
    WHERE j.client_id = chosen.client_id AND j.id = chosen.id
    RETURNING j.client_id, j.id, j.kind, j.attempts, j.lane, chosen.run_at
)
SELECT client_id, id, kind, attempts, lane = 1 FROM claimed ORDER BY lane, run_at, id;
