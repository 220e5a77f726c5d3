-- Takes the next slots of a number's pace for this process, those of a tenth of a second and at least one.
-- Times are the database's own, so that the clocks of the processes do not matter; one that lies too far ahead was written before the clock was put back.
-- Answers with the first slot in seconds from now, how many there are, and the seconds between two.
-- $1 uuid  workspace
-- $2 uuid  number
WITH now AS MATERIALIZED (
    SELECT clock_timestamp() AS at
), known AS MATERIALIZED (
    SELECT p.next_at, p.held_until, channel.pace(p) AS pace, greatest(1, floor(channel.pace(p) / 10))::int AS slots
    FROM channel.number_pace p WHERE p.client_id = $1 AND p.number_id = $2
    FOR UPDATE
), taken AS MATERIALIZED (
    SELECT greatest(
            CASE WHEN known.next_at > now.at + interval '10 seconds' THEN now.at ELSE known.next_at END,
            now.at,
            CASE WHEN known.held_until > now.at THEN least(known.held_until, now.at + interval '15 minutes') END) AS first_at,
        known.slots, known.pace
    FROM known, now
), moved AS (
    UPDATE channel.number_pace p SET next_at = taken.first_at + interval '1 second' * (taken.slots / taken.pace)
    FROM taken WHERE p.client_id = $1 AND p.number_id = $2
    RETURNING 1
)
SELECT extract(epoch FROM taken.first_at - clock_timestamp())::double precision, taken.slots, 1 / taken.pace FROM taken, moved;
