-- The intake keys under which updates of a workspace can be found again, each once, step by step through the index.
-- $1 uuid  workspace
-- $2 int   how many at most
WITH RECURSIVE key AS (
    (SELECT u.key_id FROM intake.update u WHERE u.client_id = $1 AND u.reference IS NOT NULL ORDER BY u.key_id LIMIT 1)
    UNION ALL
    SELECT (SELECT u.key_id FROM intake.update u WHERE u.client_id = $1 AND u.reference IS NOT NULL AND u.key_id > key.key_id ORDER BY u.key_id LIMIT 1)
    FROM key WHERE key.key_id IS NOT NULL
)
SELECT key_id FROM key WHERE key_id IS NOT NULL LIMIT $2;
