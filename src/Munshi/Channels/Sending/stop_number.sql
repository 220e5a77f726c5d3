-- Stops a number, or notes the newest reason of one that is stopped. No row where its token was replaced since: then it is not known whether anything is wrong.
-- $1 uuid         workspace
-- $2 uuid         number
-- $3 int          Meta's code, or -1
-- $4 timestamptz  now
-- $5 timestamptz  when to ask first
-- $6 bytea        the sealed token that was refused
INSERT INTO channel.number_stop AS known (client_id, number_id, code, since, probe_at)
SELECT n.client_id, n.id, $3, $4, $5 FROM channel.number n
WHERE n.client_id = $1 AND n.id = $2 AND n.token_sealed = $6
ON CONFLICT (client_id, number_id) DO UPDATE SET code = excluded.code
RETURNING probes = 0 AND since = $4;
