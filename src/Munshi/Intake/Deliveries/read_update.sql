-- One update, and how many its delivery has of this workspace.
-- $1 uuid  workspace
-- $2 uuid  the update
SELECT u.id, u.kind, u.state, u.reason, u.received_at, u.settled_at, u.replays, u.replayed_at, u.became,
    u.key_id, u.body_sealed, u.ordinal, u.sorted_at,
    (SELECT count(*)::int FROM intake.update d WHERE d.client_id = $1 AND d.delivery_id = u.delivery_id)
FROM intake.update u
WHERE u.client_id = $1 AND u.id = $2;
