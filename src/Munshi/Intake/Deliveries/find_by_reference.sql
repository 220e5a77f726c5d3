-- The updates that a provider's id names, newest first.
-- $1 uuid     workspace
-- $2 uuid[]   intake keys
-- $3 bytea[]  the id's reference under each
-- $4 int      how many at most
SELECT u.id, u.kind, u.state, u.reason, u.received_at, u.settled_at, u.replays, u.replayed_at, u.became
FROM unnest($2::uuid[], $3::bytea[]) AS wanted (key_id, reference)
JOIN intake.update u ON u.client_id = $1 AND u.key_id = wanted.key_id AND u.reference = wanted.reference AND u.reference IS NOT NULL
ORDER BY u.id DESC
LIMIT $4;
