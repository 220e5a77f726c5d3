-- Takes the turn to ask whether a stopped number may send again; of several at once, one gets it. The pause to the next turn grows from 1 to 15 minutes.
-- A turn further away than that was written by a clock that has been put back since.
-- $1 uuid         workspace
-- $2 uuid         number
-- $3 timestamptz  now
UPDATE channel.number_stop
SET probes = probes + 1, probe_at = $3 + least(interval '15 minutes', interval '1 minute' * 2 ^ least(probes + 1, 8))
WHERE client_id = $1 AND number_id = $2 AND (probe_at <= $3 OR probe_at > $3 + interval '15 minutes')
RETURNING probes;
