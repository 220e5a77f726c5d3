-- The newest updates that failed, counted by kind and reason.
-- $1 uuid  workspace
-- $2 int   how many are counted
SELECT kind, reason, count(*)::int
FROM (
    SELECT kind, reason FROM intake.update
    WHERE client_id = $1 AND state = 'failed' AND reason IS NOT NULL
    ORDER BY id DESC
    LIMIT $2
) AS failed
GROUP BY kind, reason
ORDER BY count(*) DESC, kind, reason;
