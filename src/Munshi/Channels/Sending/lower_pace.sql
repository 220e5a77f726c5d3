-- Meta says that a number sends too fast: it pauses, and goes on at half its pace. Of several refusals within a second one counts.
-- $1 uuid  workspace
-- $2 uuid  number
-- $3 double precision  seconds to pause
UPDATE channel.number_pace p SET
    lowered_to = greatest(1, channel.pace(p) / 2),
    lowered_at = clock_timestamp(),
    held_until = greatest(p.held_until, clock_timestamp() + interval '1 second' * $3)
WHERE p.client_id = $1 AND p.number_id = $2
    AND (p.lowered_at IS NULL OR p.lowered_at < clock_timestamp() - interval '1 second' OR p.lowered_at > clock_timestamp());
