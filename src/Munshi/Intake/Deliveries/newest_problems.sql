-- $1 uuid  workspace
-- $2 int   how many
SELECT reason, update_count, received_at, sorted_at, released_count
FROM intake.delivery_problem
WHERE client_id = $1
ORDER BY delivery_id DESC, reason
LIMIT $2;
