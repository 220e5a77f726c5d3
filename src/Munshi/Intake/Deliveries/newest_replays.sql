-- $1 uuid  workspace
-- $2 int   how many
SELECT kind, reason, asked_at, replayed, unopened, ended_at, given_up
FROM intake.replay
WHERE client_id = $1
ORDER BY id DESC
LIMIT $2;
