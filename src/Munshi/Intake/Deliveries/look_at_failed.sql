-- What failed, oldest first from one of them on: whether it is of those asked for, and how large it is.
-- $1 uuid         workspace
-- $2 uuid         ids above this one
-- $3 text         kind
-- $4 text         reason
-- $5 timestamptz  failed until then
-- $6 int          how many at most
SELECT id, coalesce(kind = $3 AND reason = $4 AND settled_at <= $5, false), octet_length(body_sealed)
FROM intake.update
WHERE client_id = $1 AND state = 'failed' AND id > $2
ORDER BY id
LIMIT $6;
